import SeqConfig
import SeqCore
import SeqRecords

/// An object that may come from Doccano.
struct DoccanoObject {
  private let root: ConfigNode

  init(_ root: ConfigNode) { self.root = root }

  /// The keys of spans, classes and targets, the usual one first.
  private static let answerKeys = ["label", "labels"]
  /// Keys that Doccano does not write, but other tools and seqtool do.
  private static let otherKeys = ["spans", "tokens", "tags", "answer", "target"]

  /// Whether Doccano wrote the object; nil if that cannot be seen.
  ///
  /// A class by its name, or a list of names, also occurs in other files.
  var isDoccanos: Bool? {
    guard text != nil, !Self.otherKeys.contains(where: { root[$0] != nil }) else { return false }
    if hasPairedSpans || hasObjectSpans { return true }
    if root["Comments"]?.elements != nil { return true }
    let answers = (Self.answerKeys + ["entities", "annotations"]).compactMap { root[$0] }.filter { !$0.isNull }
    return answers.allSatisfy { $0.elements?.isEmpty == true } ? nil : false
  }

  /// Whether parts of its text are marked.
  var hasSpans: Bool { hasPairedSpans || hasObjectSpans }

  /// `[[0, 5, "city"]]`
  private var hasPairedSpans: Bool {
    Self.answerKeys.contains { key in
      guard let list = root[key]?.elements, !list.isEmpty else { return false }
      return list.allSatisfy { $0.elements != nil && $0.isSpan }
    }
  }

  /// `[{"start_offset": 0, "end_offset": 5, "label": "city"}]`
  private var hasObjectSpans: Bool {
    ["entities", "annotations"].contains { key in
      guard let list = root[key]?.elements, !list.isEmpty else { return false }
      return list.allSatisfy { $0["start_offset"] != nil && $0["end_offset"] != nil }
    }
  }

  /// The text; older versions call it `data`.
  private var text: ConfigNode? { [root["text"], root["data"]].compactMap(\.self).first { $0.stringValue != nil } }
}

extension DoccanoObject {
  /// The object with the keys of our JSON lines.
  func reshaped(_ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> ConfigNode {
    guard var members = root.members else { return root }
    func rename(_ key: String, _ other: String) {
      guard !members.contains(where: { $0.key == other }), let i = members.firstIndex(where: { $0.key == key }) else {
        return
      }
      members[i].key = other
    }
    if options.columns.text == nil { rename("data", "text") }
    // If the object is to be written again, its members stay unchanged.
    if wanted == .fields { return ConfigNode(.object(members), at: root.place) }
    if options.columns.label == nil { rename("cats", "label") }
    if wanted == .target || options.columns.target != nil { try takeTarget(from: &members, options) }
    if hasRelations, options.columns.spans == nil, let entities = root["entities"], root["spans"] == nil {
      // The entities stay in addition to the spans, because relations refer to them by number.
      members.append(ConfigNode.Member(key: "spans", keyPlace: entities.place, node: entities))
    }
    return ConfigNode(.object(members), at: root.place)
  }

  private var hasRelations: Bool { root["relations"]?.elements?.isEmpty == false }

  /// Makes a target from the texts in `label`.
  private func takeTarget(from members: inout [ConfigNode.Member], _ options: ReadingOptions) throws(SeqError) {
    var keys = Self.answerKeys
    if case .name(let name) = options.columns.target { keys = [name] }
    guard let i = members.firstIndex(where: { keys.contains($0.key) && !$0.node.isNull }) else { return }
    let node = members[i].node
    let texts = (node.elements ?? [node]).compactMap(\.stringValue)
    guard !texts.isEmpty, texts.count == node.elements?.count ?? 1 else {
      throw .data("\(members[i].key): expected texts, found \(node)", at: node.place)
    }
    if texts.count > 1, options.severalLabels == .refuse {
      throw .data("\(texts.count) targets, expected one", at: node.place, remedy: options.naming.severalLabels)
    }
    if options.columns.target == nil { members[i].key = "target" }
    members[i].node = ConfigNode(.string(texts.joined(options.severalLabels)), at: node.place)
  }
}
