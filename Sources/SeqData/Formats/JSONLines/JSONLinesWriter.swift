import SeqConfig
import SeqCore
import SeqRecords

/// Writes one object per line, with the parts that a record has.
struct JSONLinesWriter: FormatWriter {
  private let sink: ByteSink
  private let keys: JSONKeys

  init(_ path: String, options: WritingOptions) throws(SeqError) {
    keys = try JSONKeys(options.columns, file: path)
    sink = try ByteSink(path, isText: true)
  }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    var members: [String] = []
    let used = JSONKeys.Role.allCases.map(keys.name)
    func add(_ key: String, _ json: String?) {
      if let json { members.append(JSONWriter.quoted(key) + ":" + json) }
    }
    add(keys.name(.text), record.text.map(JSONWriter.quoted))
    add(keys.name(.label), record.label.map(JSONWriter.quoted))
    add(keys.name(.token), record.tokens.map(Self.list))
    add(keys.name(.tag), record.tags.map(Self.list))
    add(keys.name(.spans), record.spans.map { Self.joined($0.map(Self.object)) })
    add(keys.name(.target), record.target.map(JSONWriter.quoted))
    for (i, field) in (record.details?.fields ?? []).enumerated() where field.role == nil {
      let name = field.name.isEmpty ? "column\(i)" : field.name
      if used.contains(name) {
        losses.note("the column \"\(name)\", whose name has another meaning")
      } else {
        add(name, field.isJSON ? field.value : field.value.map(JSONWriter.quoted) ?? "null")
      }
    }
    try sink.write("{" + members.joined(separator: ",") + "}\n")
  }

  mutating func finish() throws(SeqError) { try sink.finish() }

  private static func list(_ texts: [String]) -> String { joined(texts.map(JSONWriter.quoted)) }

  private static func joined(_ values: [String]) -> String { "[" + values.joined(separator: ",") + "]" }

  private static func object(_ span: LabelledSpan) -> String {
    "{\"start\":\(span.range.lowerBound),\"end\":\(span.range.upperBound),\"label\":\(JSONWriter.quoted(span.label))}"
  }
}
