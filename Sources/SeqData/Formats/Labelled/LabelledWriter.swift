import SeqCore
import SeqRecords

/// Writes a label, a space and a text per line; for fastText, the label is marked.
struct LabelledWriter: FormatWriter {
  private let sink: ByteSink
  private let mark: String

  init(_ path: String, mark: String) throws(SeqError) {
    sink = try ByteSink(path, isText: true)
    self.mark = mark
  }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    let label = losses.cleaned(record.label ?? "", "a label", forbidding: separators, by: UInt8(ascii: "_"))
    var text = losses.cleaned(record.text ?? "", "a text", forbidding: lineEnds)
    if !mark.isEmpty {
      let trimmed = Array(text.utf8)[...].trimmed
      let given = Array((record.text ?? "").utf8)[...]
      if given.trimmed.count < given.count { losses.note("white space at the ends of a text") }
      text = decoded(trimmed)
      if text.utf8.split(whereSeparator: Byte.isBlank).contains(where: { $0.starts(with: mark.utf8) }) {
        losses.note("words of a text that begin with \(mark)", .marked)
        text.replace(mark, with: "_" + mark)
      }
    }
    try sink.write(mark + label + " " + text + "\n")
  }

  mutating func finish() throws(SeqError) { try sink.finish() }
}
