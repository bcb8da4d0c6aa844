/// Finds keys by names other than their own.
package struct KeyIndex: Sendable {
  fileprivate var byName: [String: [KeyDescription]] = [:]
  fileprivate var byAlias: [String: [KeyDescription]] = [:]
  fileprivate var byFormerName: [String: [KeyDescription]] = [:]

  /// An index of all keys.
  package init(_ keys: [KeyDescription]) {
    for key in keys {
      if !key.path.contains("[]") { byName[key.name, default: []].append(key) }
      for alias in key.aliases { byAlias[Self.plain(alias), default: []].append(key) }
      for name in key.formerNames { byFormerName[name, default: []].append(key) }
    }
  }

  /// `batch_size`, `batchSize` and `batch-size` are the same.
  fileprivate static func plain(_ text: String) -> String { text.lowercased().filter { $0 != "_" && $0 != "-" } }
}

/// The answer to a user who writes another tool's name of a key.
package struct KeyAdvice: Sendable {
  /// All keys of the config.
  private let index: @Sendable () -> KeyIndex

  /// - Parameter index: all keys; only called after a mistake.
  package init(_ index: @escaping @Sendable () -> KeyIndex) { self.index = index }

  /// The intended key, for a name that its object does not have.
  ///
  /// - Returns: what is wrong with the name, and the right way to write it; nil if the name is unknown.
  func advice(
    on member: ConfigNode.Member, in section: String?, fromCommandLine: Bool
  ) -> (message: String, remedy: String)? {
    let (name, index) = (member.key, index())
    guard name.utf8.count <= 100 else { return nil }
    func remedy(_ key: KeyDescription) -> String { Self.example(key, member.node, fromCommandLine) }
    if let key = index.byFormerName[name]?.first(where: { $0.parent == section }) {
      return ("is now called \(key.name)", remedy(key))
    }
    if let key = nearest(index.byAlias[KeyIndex.plain(name)], section) {
      return ("unknown key — it is \(key.path) here", remedy(key))
    }
    if let key = nearest(index.byName[name], section), key.parent != section {
      return ("unknown key here — it is \(key.path)", remedy(key))
    }
    return nil
  }

  /// The intended key, seen from a section: first one within it, then one nearer the top.
  private func nearest(_ keys: [KeyDescription]?, _ section: String?) -> KeyDescription? {
    func distance(_ key: KeyDescription) -> Int {
      let depth = key.path.split(separator: ".").count
      return section.map { key.path.hasPrefix($0 + ".") } ?? true ? depth : depth + 100
    }
    return keys?.min { distance($0) < distance($1) }
  }

  /// How to write a key with the given value, if it accepts that.
  private static func example(_ key: KeyDescription, _ node: ConfigNode, _ isFromCommandLine: Bool) -> String {
    let value = key.accepts(node) ? node : key.exampleValue
    return "write " + (isFromCommandLine ? key.override(value) : key.member(value))
  }
}

extension KeyDescription {
  /// The path of the object that holds the key; nil for the top.
  package var parent: String? { path == name ? nil : String(path.dropLast(name.count + 1)) }

  /// Whether a value has its shape.
  package func accepts(_ node: ConfigNode) -> Bool { shape.accepts(node) }

  /// A value for an example: the default, or another allowed one.
  package var exampleValue: ConfigNode {
    if let standard, shape.accepts(standard), standard != .array([]), standard != .object([]) { return standard }
    return shape.example
  }

  /// `"training": { "optimizer": { "learningRate": 0.01 } }`.
  package func member(_ value: ConfigNode) -> String {
    let text = (try? JSONWriter.text(of: value, style: .compact)) ?? ""
    var line = text
    for part in path.split(separator: ".").reversed() {
      let isList = part.hasSuffix("[]")
      let name = isList ? part.dropLast(2) : part
      line = "\"\(name)\": " + (isList ? "[\(line)]" : line)
      if part != path.split(separator: ".").first ?? part { line = "{ \(line) }" }
    }
    return line
  }

  /// `--set training.optimizer.learningRate=0.01`.
  package func override(_ value: ConfigNode) -> String {
    let text = value.stringValue ?? (try? JSONWriter.text(of: value, style: .compact)) ?? ""
    return "--set \(path)=\(text)"
  }
}

extension ValueShape {
  /// Whether a value is of this shape.
  package func accepts(_ node: ConfigNode) -> Bool {
    switch self {
    case .integer(let range): node.intValue.map(range.contains) ?? false
    case .number(let range): node.doubleValue.map(range.contains) ?? false
    case .bool: node.boolValue != nil
    case .text, .path: node.stringValue != nil
    case .choice(let names): node.stringValue.map(names.contains) ?? false
    case .column: node.intValue != nil || node.stringValue.map { !$0.isEmpty } ?? false
    case .list(let element): node.elements.map { $0.allSatisfy(element.accepts) } ?? false
    case .numbersByName(let range):
      node.members.map { $0.allSatisfy { $0.node.doubleValue.map(range.contains) ?? false } } ?? false
    case .object: node.members != nil
    case .objects: node.elements?.allSatisfy { $0.members != nil } ?? false
    case .either(let shapes): shapes.contains { $0.accepts(node) }
    case .any: true
    }
  }

  /// A value of this shape.
  var example: ConfigNode {
    switch self {
    case .integer(let range): .integer(range.contains(1) ? 1 : range.lowerBound)
    case .number(let range): .real(range.example)
    case .bool: true
    case .text: "…"
    case .path: "file"
    case .choice(let names): .string(names.first ?? "")
    case .column: 0
    case .list(let element): .array([element.example])
    case .numbersByName: ["name": 2]
    case .object: .object([])
    case .objects: .array([])
    case .either(let shapes): shapes.first?.example ?? .null
    case .any: .null
    }
  }
}

extension NumberRange {
  /// A number of the range.
  fileprivate var example: Double {
    for number in [0.1, 1, 0.5] where contains(number) { return number }
    return lower.isFinite ? lower : 0
  }
}
