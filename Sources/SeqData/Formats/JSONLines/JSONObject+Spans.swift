import SeqConfig
import SeqCore
import SeqRecords

// The marked parts of a text: `spans` (Prodigy and ours), a list of spans at `label` or `labels` (doccano, Label Studio's
// JSON_MIN), or the objects of `entities` and `annotations` (doccano).

extension JSONObject {
  /// The key of the spans; nil if there is none.
  var spansKey: String? {
    if keys.isGiven(.spans) { return keys[.spans] }
    if let key = keys[.spans], value(key) != nil { return key }
    let candidates = [keys[.label] ?? "label", "label", "labels", "entities", "annotations"]
    return candidates.first { key in
      guard !keys.isTaken(key), let elements = value(key)?.elements else { return false }
      // An empty list may be one of spans or of classes; both mean the same.
      return elements.allSatisfy(\.isSpan)
    }
  }

  /// The marked parts of the text, in the order of their starts.
  func spans(of text: String?) throws(SeqError) -> [LabelledSpan]? {
    guard let key = spansKey, let node = value(key) else { return isProdigys && text != nil ? [] : nil }
    guard let text else { throw .data("\"\(key)\" without \"\(keys.name(.text))\"", at: node.place) }
    guard let elements = node.elements else {
      throw .data("\(key): expected an array, found \(node)", at: node.place)
    }
    let length = text.unicodeScalars.count
    var spans: [LabelledSpan] = []
    for element in elements { spans.append(try span(element, of: text, length: length)) }
    return spans.inOrder
  }

  /// A span: `{"start": 0, "end": 5, "label": "city"}`, the similar objects of annotation tools, or `[0, 5, "city"]`.
  private func span(_ node: ConfigNode, of text: String, length: Int) throws(SeqError) -> LabelledSpan {
    guard let start = node.spanStart?.intValue, let end = node.spanEnd?.intValue,
      let label = try spanLabel(node)
    else {
      throw .data(
        "a span, expected {\"start\": …, \"end\": …, \"label\": …} or [start, end, label], found \(node)",
        at: node.place)
    }
    var range = start..<max(start, end)
    if let said = node["text"]?.stringValue, let place = Self.place(of: said, at: range, in: text) { range = place }
    guard start >= 0, start < end, range.upperBound <= length else {
      throw .data("a span \(start)..<\(end) of a text of \(length) characters", at: node.place)
    }
    return LabelledSpan(range, label: label)
  }

  private func spanLabel(_ node: ConfigNode) throws(SeqError) -> String? {
    let label = node.elements.flatMap { $0.count == 3 ? $0[2] : nil } ?? node["label"]
    if let label {
      if label.isNumber { noteNumberedLabel(at: label.place) }
      return label.scalarText
    }
    guard let list = node["labels"]?.elements, !list.isEmpty else { return nil }
    let labels = list.compactMap(\.scalarText)
    guard labels.count == list.count else { return nil }
    if labels.count > 1, options.severalLabels == .refuse {
      throw .data(
        "\(labels.count) labels of a span, expected one", at: node.place, remedy: options.naming.severalLabels)
    }
    return labels.joined(options.severalLabels)
  }

  /// The range of a span if its offsets count UTF-16 units, as in programs in a browser; nil if they count code points,
  /// or fit neither.
  private static func place(of said: String, at range: Range<Int>, in text: String) -> Range<Int>? {
    let units = text.utf16
    guard units.count != text.unicodeScalars.count, range.lowerBound >= 0, range.upperBound <= units.count else {
      return nil
    }
    let start = units.index(units.startIndex, offsetBy: range.lowerBound)
    let end = units.index(start, offsetBy: range.count)
    guard String(units[start..<end]) == said else { return nil }
    let scalars = text.unicodeScalars
    let first = scalars.distance(from: scalars.startIndex, to: start)
    let place = first..<first + scalars.distance(from: start, to: end)
    return place == range ? nil : place
  }
}

extension ConfigNode {
  /// Whether it has the shape of a span.
  var isSpan: Bool { spanStart?.intValue != nil && spanEnd?.intValue != nil }

  fileprivate var spanStart: ConfigNode? {
    elements.flatMap { $0.count == 3 ? $0[0] : nil } ?? self["start"] ?? self["start_offset"]
  }

  fileprivate var spanEnd: ConfigNode? {
    elements.flatMap { $0.count == 3 ? $0[1] : nil } ?? self["end"] ?? self["end_offset"]
  }
}
