import SeqConfig
import SeqCore
import SeqRecords

// The label of an object: `label` or `labels` (doccano), what was accepted (Prodigy), the numbers of `annotations`
// (doccano before 1.3), or a choice (Label Studio).

extension JSONObject {
  /// The key of the label; nil if there is none.
  var labelKey: String? {
    if keys.isGiven(.label) { return keys[.label] }
    let candidates = [keys[.label], "labels", isProdigys ? "accept" : nil, "annotations"].compactMap(\.self)
    return candidates.first { key in
      guard let node = value(key), !keys.isTaken(key) else { return false }
      if key == "annotations" { return node.isListOfClasses }
      return key == keys[.label] || node.elements != nil
    }
  }

  /// The label: a text, a number, true or false, or a list of these.
  func label(isRequired: Bool) throws(SeqError) -> String? {
    guard let key = labelKey, let node = value(key) else {
      if isRequired { throw missing(keys.name(.label)) }
      return nil
    }
    // If no label is wanted, lists of spans stay spans.
    if !isRequired, key == spansKey { return nil }
    var labels: [String] = []
    for element in node.classes { labels.append(try label(element, key)) }
    if labels.isEmpty, !isRequired { return nil }
    if labels.isEmpty { throw .data("\(key): an empty list, expected a label", at: node.place) }
    if labels.count > 1, options.severalLabels == .refuse {
      throw .data("\(labels.count) labels, expected one", at: node.place, remedy: options.naming.severalLabels)
    }
    return labels.joined(options.severalLabels)
  }

  private func label(_ element: ConfigNode, _ key: String) throws(SeqError) -> String {
    let value = key == "annotations" ? element["label"] ?? element : element
    guard let label = value.scalarText, !label.utf8.allSatisfy(Byte.isBlank) else {
      throw .data("\(key): expected a label, found \(element)", at: element.place)
    }
    if key == "annotations", value.isNumber { noteNumberedLabel(at: element.place) }
    return label
  }

  /// Notes a label that is a number whose name is not in the file.
  func noteNumberedLabel(at place: Place) {
    ReadingNotes.add(
      "a label is a number, which was read as its name", at: place,
      remedy: "doccano's newer formats, JSONL and JSONL (relation), have the names")
  }
}

extension JSONObject {
  /// Whether Prodigy wrote the object: it has one of Prodigy's answers, and the key has no other role.
  var isProdigys: Bool {
    guard !keys.isTaken("answer"), let answer = value("answer")?.stringValue else { return false }
    return ["accept", "reject", "ignore"].contains(answer)
  }

  /// Why the object is not an example to learn from; nil if it is one.
  var reasonToLeaveOut: String? {
    guard isProdigys, let answer = value("answer")?.stringValue, answer != "accept" else { return nil }
    return "an example with the answer \"\(answer)\" was left out"
  }
}

/// Finds the objects that a reader leaves out, from their bytes.
struct JSONFilter {
  private let keys: JSONKeys
  private let options: ReadingOptions
  private let file: String

  init(_ options: ReadingOptions, file: String) throws(SeqError) {
    (self.options, self.file) = (options, file)
    keys = try JSONKeys(options.columns, file: file)
  }

  func leavesOut(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let root = try? JSONParser.parse(Array(bytes), file: file),
      let object = try? JSONObject(root, keys: keys, options: options)
    else { return false }
    return object.reasonToLeaveOut != nil
  }
}

extension ConfigNode {
  /// The elements of a list, those of Label Studio's `{"choices": […]}`, or the value itself.
  fileprivate var classes: [ConfigNode] { elements ?? self["choices"]?.elements ?? [self] }

  /// Whether it is a list of objects with a label and without a place.
  fileprivate var isListOfClasses: Bool {
    guard let elements, !elements.isEmpty else { return false }
    return elements.allSatisfy { $0["label"] != nil && !$0.isSpan }
  }
}
