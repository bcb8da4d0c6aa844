import SeqConfig
import SeqCore
import SeqRecords

/// One object of a JSON-lines file, read as a record.
///
/// Annotation tools are recognised by the shape of their objects: see `JSONObject+Label.swift` and
/// `JSONObject+Spans.swift`.
struct JSONObject {
  let root: ConfigNode
  let members: [ConfigNode.Member]
  let keys: JSONKeys
  let options: ReadingOptions

  /// - Throws: `.data` if it is not an object.
  init(_ root: ConfigNode, keys: JSONKeys, options: ReadingOptions) throws(SeqError) {
    let root = try LabelStudioTask(root)?.flattened(keys, options) ?? root
    guard let members = root.members else { throw .data("expected an object, found \(root)", at: root.place) }
    (self.root, self.members, self.keys, self.options) = (root, members, keys, options)
  }

  /// The value of a key; nil if it is absent or null.
  func value(_ key: String?) -> ConfigNode? {
    guard let key, let node = members.first(where: { $0.key == key })?.node, !node.isNull else { return nil }
    return node
  }

  /// A text that may be absent.
  func text(_ role: JSONKeys.Role) throws(SeqError) -> String? {
    guard let node = value(keys[role]) else { return nil }
    guard let text = node.stringValue else {
      throw .data("\(keys.name(role)): expected a string, found \(node)", at: node.place)
    }
    return text
  }

  /// A required text.
  func required(_ role: JSONKeys.Role) throws(SeqError) -> String {
    if let text = try text(role) { return text }
    throw missing(keys.name(role))
  }

  /// The error for a missing key.
  func missing(_ key: String) -> SeqError {
    .data("no \"\(key)\"" + didYouMean(key, among: members.map(\.key)), at: root.place)
  }

  /// The tokens: strings, or objects with a `text`, as in Prodigy and spaCy.
  func tokens() throws(SeqError) -> [String]? {
    guard let key = keys[.token], let node = value(key) else { return nil }
    return try texts(node, key) { $0.stringValue ?? $0["text"]?.stringValue }
  }

  private func texts(
    _ node: ConfigNode, _ key: String, _ text: (ConfigNode) -> String?
  ) throws(SeqError) -> [String] {
    guard let elements = node.elements else {
      throw .data("\(key): expected an array of strings, found \(node)", at: node.place)
    }
    var texts: [String] = []
    texts.reserveCapacity(elements.count)
    for element in elements {
      guard let text = text(element) else {
        throw .data("\(key): expected a string, found \(element)", at: element.place)
      }
      texts.append(text)
    }
    return texts
  }

  /// The key of the tags. As in Hugging Face's data sets, it may also be a key that ends in `_tags`, if there is only
  /// one.
  var tagsKey: String? {
    if let key = keys[.tag], value(key) != nil || keys.isGiven(.tag) { return key }
    return numberedTagKeys.count == 1 ? numberedTagKeys[0] : nil
  }

  /// Keys of lists whose names end in `_tags`.
  var numberedTagKeys: [String] {
    members.filter { $0.key.hasSuffix("_tags") && $0.node.elements != nil && !keys.isTaken($0.key) }.map(\.key)
  }

  /// The tags, one per token: names, or numbers of names.
  func tags(for tokens: [String]?) throws(SeqError) -> [String]? {
    guard let key = tagsKey, let node = value(key) else { return nil }
    let isNumbered = node.elements?.first?.isNumber ?? false
    let tags = try isNumbered ? names(of: node, key) : texts(node, key, \.stringValue)
    guard let tokens else { throw .data("\"\(key)\" without \"\(keys.name(.token))\"", at: node.place) }
    guard tags.count == tokens.count else {
      throw .data("\(key): \(tags.count), but there are \(tokens.count) tokens", at: node.place)
    }
    for (i, text) in tokens.enumerated() where text.isEmpty || tags[i].isEmpty {
      throw .data("token \(i) or its tag is empty", at: node.elements?[i].place ?? node.place)
    }
    return tags
  }

  private func names(of node: ConfigNode, _ key: String) throws(SeqError) -> [String] {
    let names = options.tagNames
    if names.isEmpty {
      throw .data("\(key): numbers whose names are unknown", at: node.place, remedy: options.naming.tagNames)
    }
    var tags: [String] = []
    for element in node.elements ?? [] {
      guard let number = element.intValue, names.indices.contains(number) else {
        throw .data("\(key): expected a number from 0 to \(names.count - 1), found \(element)", at: element.place)
      }
      tags.append(names[number])
    }
    return tags
  }

  /// The values of further keys for each token; nil if none are wanted.
  func features(for tokens: [String]?) throws(SeqError) -> [[String]]? {
    if keys.features.isEmpty { return nil }
    guard let tokens else {
      throw .data("no \"\(keys.name(.token))\", which \"\(keys.features[0])\" is about", at: root.place)
    }
    var features: [[String]] = []
    for key in keys.features {
      guard let node = value(key) else { throw missing(key) }
      let values = try texts(node, key, \.stringValue)
      guard values.count == tokens.count else {
        throw .data("\(key): \(values.count), but there are \(tokens.count) tokens", at: node.place)
      }
      features.append(values)
    }
    return features
  }

  /// The members that have no role, as JSON.
  func otherFields() throws(SeqError) -> [RecordField] {
    try fields(besides: keys.all + [tagsKey, spansKey, labelKey].compactMap(\.self))
  }

  /// The members, as JSON.
  /// - Parameter others: keys to leave out.
  func fields(besides others: [String]) throws(SeqError) -> [RecordField] {
    var fields: [RecordField] = []
    for member in members where !others.contains(member.key) {
      if let text = member.node.stringValue {
        fields.append(RecordField(name: member.key, value: text))
      } else {
        let json = try JSONWriter.text(of: member.node, style: .compact)
        fields.append(RecordField(name: member.key, value: json, isJSON: true))
      }
    }
    return fields
  }
}

extension ConfigNode {
  /// A text, or a number, true or false as written.
  var scalarText: String? {
    switch content {
    case .string(let text): text
    case .integer(let number): String(number)
    case .real(let number): JSONWriter.number(number)
    case .digits(let digits): digits
    case .bool(let flag): flag ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  /// Whether it is a number.
  var isNumber: Bool {
    switch content {
    case .integer, .real, .digits: true
    case .null, .bool, .string, .array, .object: false
    }
  }
}
