import SeqCore
import SeqRecords

/// Writes a source, a tab and its target per line.
struct PairsWriter: FormatWriter {
  private let sink: ByteSink

  init(_ path: String) throws(SeqError) { sink = try ByteSink(path, isText: true) }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    let forbidden = lineEnds.union([Byte.tab])
    let fields = record.details?.fields ?? []
    // A table with more columns keeps them, if it has the shape of this format.
    if fields.count > 2, fields.first?.role == .text, fields.last?.role == .target {
      let row = fields.map { losses.cleaned($0.value ?? "", "a field", forbidding: forbidden) }
      return try sink.write(row.joined(separator: "\t") + "\n")
    }
    for field in fields where field.role == nil { losses.note("the column \"\(field.name)\"") }
    let text = losses.cleaned(record.text ?? "", "a text", forbidding: forbidden)
    try sink.write(text + "\t" + losses.cleaned(record.target ?? "", "a target", forbidding: forbidden) + "\n")
  }

  mutating func finish() throws(SeqError) { try sink.finish() }
}
