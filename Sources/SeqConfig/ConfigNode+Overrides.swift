public import SeqCore

extension ConfigNode {
  /// Replaces or adds the values that the command line gives, such as `training.epochs=5` or `model.cell=gru`.
  ///
  /// A value that is valid JSON is read as JSON (`false`, `[1, 2]`, `"5"`); any other value is a text. Missing objects
  /// are added. Write a key that contains a dot in double quotes: `classWeights."."=2`. Later overrides win.
  ///
  /// - Throws: one `usage` error that lists every invalid override; the tree is then only partly changed.
  public mutating func apply(overrides: [String]) throws(SeqError) {
    var problems: [SeqError.Diagnostic] = []
    for override in overrides {
      do throws(SeqError) { try apply(Override(override)) } catch { problems += error.diagnostics }
    }
    if !problems.isEmpty { throw SeqError(.usage, problems) }
  }

  private mutating func apply(_ override: Override) throws(SeqError) {
    try set(override.keys[...], parent: nil, override)
  }

  private mutating func set(_ keys: ArraySlice<String>, parent: String?, _ override: Override) throws(SeqError) {
    guard let key = keys.first else {
      self = override.node
      return
    }
    if isNull { self = ConfigNode(.object([]), at: override.place) }
    guard case .object(var members) = content else {
      let place = Place(file: override.place.file, path: parent)
      throw SeqError(.usage, "expected an object, found \(description)", at: place)
    }
    let index = members.firstIndex { $0.key == key } ?? members.count
    if index == members.count {
      members.append(Member(key: key, keyPlace: override.place, node: ConfigNode(.null, at: override.place)))
    }
    try members[index].node.set(keys.dropFirst(), parent: ConfigPath.appending(key: key, to: parent), override)
    content = .object(members)
  }
}

/// One `key.key=value` of the command line.
private struct Override {
  let keys: [String]
  let node: ConfigNode
  let place: Place

  init(_ text: String) throws(SeqError) {
    place = .file("--set " + text.shortened(to: 100))
    var rest = text[...]
    var keys: [String] = []
    repeat {
      if !keys.isEmpty { rest.removeFirst() }
      try keys.append(Self.key(&rest, place))
    } while rest.first == "."
    guard rest.first == "=" else {
      let written = text.shortened(to: 100)
      throw SeqError(
        .usage, "expected key=value, found no \"=\"", at: place, remedy: "write --set \(written)=VALUE")
    }
    self.keys = keys
    node = Self.value(String(rest.dropFirst()), place)
  }

  /// Takes one key, quoted or not, off the front.
  private static func key(_ rest: inout Substring, _ place: Place) throws(SeqError) -> String {
    if rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") {
      let key = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
      return String(key)
    }
    let key = rest.prefix { $0 != "." && $0 != "=" }
    if key.isEmpty {
      let before = rest.isEmpty ? "the end" : "\"\(rest.prefix(1))\""
      throw SeqError(.usage, "expected a key before \(before), found none", at: place)
    }
    rest = rest[key.endIndex...]
    return String(key)
  }

  private static func value(_ text: String, _ place: Place) -> ConfigNode {
    do throws(SeqError) { return try ConfigNode(json: text).placed(at: place) } catch {
      return ConfigNode(.string(text), at: place)
    }
  }
}

extension ConfigNode {
  /// The tree, with this place for all its nodes and keys.
  fileprivate func placed(at place: Place) -> ConfigNode {
    switch content {
    case .array(let elements): ConfigNode(.array(elements.map { $0.placed(at: place) }), at: place)
    case .object(let members):
      ConfigNode(
        .object(members.map { Member(key: $0.key, keyPlace: place, node: $0.node.placed(at: place)) }), at: place)
    default: ConfigNode(content, at: place)
    }
  }
}
