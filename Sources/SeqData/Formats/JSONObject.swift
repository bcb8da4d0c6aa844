import SeqConfig
import SeqCore

/// One object of a JSON-lines file, read as a record.
struct JSONObject {
  let root: ConfigNode
  let members: [ConfigNode.Member]
  let keys: JSONKeys
  let naming: SettingNames

  /// The value of a key; nil if it is absent or null.
  private func value(_ key: String) -> ConfigNode? {
    guard let node = members.first(where: { $0.key == key })?.node, !node.isNull else { return nil }
    return node
  }

  /// A text that may be absent.
  func text(_ key: String) throws(SeqError) -> String? {
    guard let node = value(key) else { return nil }
    guard let text = node.stringValue else { throw .data("\(key): expected a string, found \(node)", at: node.place) }
    return text
  }

  /// A text that must be there.
  func required(_ key: String) throws(SeqError) -> String {
    if let text = try text(key) { return text }
    throw .data("no \"\(key)\"" + didYouMean(key, among: members.map(\.key)), at: root.place)
  }

  /// A list of texts that may be absent.
  func texts(_ key: String) throws(SeqError) -> [String]? {
    guard let node = value(key) else { return nil }
    guard let elements = node.elements else {
      throw .data("\(key): expected an array of strings, found \(node)", at: node.place)
    }
    var texts: [String] = []
    texts.reserveCapacity(elements.count)
    for element in elements {
      guard let text = element.stringValue else {
        throw .data("\(key): expected a string, found \(element)", at: element.place)
      }
      texts.append(text)
    }
    return texts
  }

  /// The tags, as many as there are tokens.
  func tags(for tokens: [String]?) throws(SeqError) -> [String]? {
    guard let tags = try texts(keys.tags), let node = value(keys.tags) else { return nil }
    guard let tokens else { throw .data("\"\(keys.tags)\" without \"\(keys.tokens)\"", at: node.place) }
    guard tags.count == tokens.count else {
      throw .data("\(keys.tags): \(tags.count), but there are \(tokens.count) tokens", at: node.place)
    }
    for (i, text) in tokens.enumerated() where text.isEmpty || tags[i].isEmpty {
      throw .data("token \(i) or its tag is empty", at: node.elements?[i].place ?? node.place)
    }
    return tags
  }

  /// What further keys say of each token; nil if none is wanted.
  func inputs(for tokens: [String]?) throws(SeqError) -> [[String]]? {
    if keys.inputs.isEmpty { return nil }
    guard let tokens else {
      throw .data("no \"\(keys.tokens)\", which \"\(keys.inputs[0])\" is about", at: root.place)
    }
    var inputs: [[String]] = []
    for key in keys.inputs {
      guard let values = try texts(key) else {
        throw .data("no \"\(key)\"" + didYouMean(key, among: members.map(\.key)), at: root.place)
      }
      guard values.count == tokens.count else {
        throw .data(
          "\(key): \(values.count), but there are \(tokens.count) tokens", at: value(key)?.place ?? root.place)
      }
      inputs.append(values)
    }
    return inputs
  }

  /// The label: a text, a number, true or false, or a list of such.
  func label(_ rule: SeveralLabels, isRequired: Bool) throws(SeqError) -> String? {
    guard let node = value(keys.label) else {
      return isRequired ? try required(keys.label) : nil
    }
    var labels: [String] = []
    for element in node.elements ?? [node] {
      guard let label = element.scalarText, !label.utf8.allSatisfy(Byte.isBlank) else {
        throw .data("\(keys.label): expected a label, found \(element)", at: element.place)
      }
      labels.append(label)
    }
    if labels.isEmpty, !isRequired { return nil }
    if labels.isEmpty { throw .data("\(keys.label): an empty list, expected a label", at: node.place) }
    if labels.count > 1, rule == .refuse {
      throw .data("\(labels.count) labels, expected one", at: node.place, remedy: naming.severalLabels)
    }
    return labels.joined(rule)
  }

  /// The marked parts of the text, in the order of their starts.
  func spans(of text: String?) throws(SeqError) -> [LabelledSpan]? {
    guard let node = value(keys.spans) else { return nil }
    guard let text else { throw .data("\"\(keys.spans)\" without \"\(keys.text)\"", at: node.place) }
    guard let elements = node.elements else {
      throw .data("\(keys.spans): expected an array, found \(node)", at: node.place)
    }
    let length = text.unicodeScalars.count
    var spans: [LabelledSpan] = []
    for element in elements { spans.append(try Self.span(element, length: length)) }
    return spans.sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
  }

  /// A part: `{"start": 0, "end": 5, "label": "city"}` or `[0, 5, "city"]`.
  private static func span(_ node: ConfigNode, length: Int) throws(SeqError) -> LabelledSpan {
    let parts = node.elements
    let isTriple = parts?.count == 3
    guard let start = (isTriple ? parts?[0] : node["start"])?.intValue,
      let end = (isTriple ? parts?[1] : node["end"])?.intValue,
      let label = (isTriple ? parts?[2] : node["label"])?.stringValue, !label.isEmpty
    else {
      throw .data(
        "a span, expected {\"start\": …, \"end\": …, \"label\": …} or [start, end, label], found \(node)",
        at: node.place)
    }
    guard start >= 0, start < end, end <= length else {
      throw .data("a span \(start)..<\(end) of a text of \(length) characters", at: node.place)
    }
    return LabelledSpan(start..<end, label: label)
  }

  /// The members, as JSON.
  /// - Parameter others: keys that are left out.
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
  /// A text as it is, or a number, true or false as it is written.
  fileprivate var scalarText: String? {
    switch content {
    case .string(let text): text
    case .integer(let number): String(number)
    case .real(let number): JSONWriter.number(number)
    case .bool(let flag): flag ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}
