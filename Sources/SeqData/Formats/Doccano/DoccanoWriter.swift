import SeqConfig
import SeqCore
import SeqRecords

/// Writes objects that Doccano can import: spans, a class or a target in `label`; but spans in `entities` if there is
/// also a class, or if relations are kept.
struct DoccanoWriter: FormatWriter {
  private let sink: ByteSink

  /// The keys that Doccano gives a meaning, apart from the number of the example.
  private static let ownKeys: Set<String> = ["text", "label", "labels", "entities", "relations", "cats"]

  init(_ path: String) throws(SeqError) { sink = try ByteSink(path, isText: true) }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    var object = DoccanoMembers(id: record.details?.fields.first { $0.name == "id" && $0.role == nil })
    object.add("text", JSONWriter.quoted(record.text ?? ""))
    addAnswer(of: record, to: &object, &losses)
    for (i, field) in (record.details?.fields ?? []).enumerated() where field.role == nil {
      let name = field.name.isEmpty ? "column\(i)" : field.name
      if name == "id" || Self.isOfRelations(field, in: record) { continue }
      if Self.ownKeys.contains(name) {
        losses.note("the column \"\(name)\", whose name has another meaning")
      } else {
        object.add(name, field.json)
      }
    }
    try sink.write(object.line + "\n")
  }

  mutating func finish() throws(SeqError) { try sink.finish() }

  private func addAnswer(of record: Record, to object: inout DoccanoMembers, _ losses: inout LossLedger) {
    guard let spans = record.spans else {
      let isBlank = record.label == nil && record.target?.utf8.allSatisfy(Byte.isBlank) == true
      object.add("label", isBlank ? "[]" : [record.label ?? record.target].compactMap(\.self).json)
      if isBlank { losses.note("a target of white space") }
      if record.label != nil, record.target != nil { losses.note("a target in addition to a label") }
      return
    }
    if record.target != nil { losses.note("a target in addition to spans") }
    let relations = Self.relations(of: record)
    guard relations != nil || record.label != nil else { return object.add("label", spans.pairs) }
    object.add("entities", relations?.entities ?? spans.entities)
    if let relations { object.add("relations", relations.json) }
    if let label = record.label { object.add("cats", [label].json) }
  }

  /// The relations of a record as they were read, with their entities; nil if there are none.
  private static func relations(of record: Record) -> (json: String, entities: String?)? {
    let fields = (record.details?.fields ?? []).filter(\.isJSON)
    guard let relations = fields.first(where: { $0.name == "relations" })?.value else { return nil }
    let entities = fields.first { $0.name == "entities" }?.value
    // Relations without entities do not come from Doccano.
    return entities != nil || relations == "[]" ? (relations, entities) : nil
  }

  /// Whether a field belongs to the entities and relations that are written as they were read.
  private static func isOfRelations(_ field: RecordField, in record: Record) -> Bool {
    ["entities", "relations"].contains(field.name) && field.isJSON && relations(of: record) != nil
      && record.spans != nil
  }
}

extension DoccanoWriter {
  /// A record with a new answer instead of the old one.
  static func object(_ record: Record, with answer: RecordAnswer) -> String {
    let fields = record.details?.fields ?? []
    var object = DoccanoMembers(id: fields.first { $0.name == "id" })
    let text = fields.first { $0.name == "text" || $0.name == "data" || $0.role == .text }
    object.add("text", text.flatMap { $0.isJSON ? nil : $0.json } ?? JSONWriter.quoted(answer.text))
    if let spans = answer.spans, let labels = answer.labels {
      object.add("entities", spans.entities)
      object.add("cats", labels.json)
    } else {
      object.add("label", answer.spans?.pairs ?? (answer.labels ?? answer.targets ?? []).json)
    }
    for (i, field) in fields.enumerated() {
      let name = field.name.isEmpty ? field.role?.rawValue ?? "column\(i)" : field.name
      let isReplaced = ownKeys.contains(name) || ["id", "data", "annotations"].contains(name) || field.role == .text
      if !isReplaced { object.add(name, field.json) }
    }
    return object.line
  }
}

/// The members of an object, as JSON.
private struct DoccanoMembers {
  private var members: [String] = []

  /// - Parameter id: the number of the example, which comes first.
  init(id: RecordField?) {
    if let id { add("id", id.json) }
  }

  mutating func add(_ key: String, _ json: String) { members.append(JSONWriter.quoted(key) + ":" + json) }

  var line: String { "{" + members.joined(separator: ",") + "}" }
}

extension RecordField {
  fileprivate var json: String { value.map { isJSON ? $0 : JSONWriter.quoted($0) } ?? "null" }
}

extension [String] {
  fileprivate var json: String { "[" + map(JSONWriter.quoted).joined(separator: ",") + "]" }
}

extension [LabelledSpan] {
  /// `[[0,5,"city"]]`
  fileprivate var pairs: String {
    let all = map { "[\($0.range.lowerBound),\($0.range.upperBound),\(JSONWriter.quoted($0.label))]" }
    return "[" + all.joined(separator: ",") + "]"
  }

  /// `[{"id":0,"label":"city","start_offset":0,"end_offset":5}]`
  fileprivate var entities: String {
    let all = enumerated().map { i, span in
      "{\"id\":\(i),\"label\":\(JSONWriter.quoted(span.label)),\"start_offset\":\(span.range.lowerBound),"
        + "\"end_offset\":\(span.range.upperBound)}"
    }
    return "[" + all.joined(separator: ",") + "]"
  }
}
