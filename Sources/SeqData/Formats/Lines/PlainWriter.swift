import SeqCore
import SeqRecords

/// Writes one text per line.
struct PlainWriter: FormatWriter {
  private let sink: ByteSink

  init(_ path: String) throws(SeqError) { sink = try ByteSink(path, isText: true) }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    try sink.write(losses.cleaned(record.text ?? "", "a text", forbidding: lineEnds) + "\n")
  }

  mutating func finish() throws(SeqError) { try sink.finish() }
}
