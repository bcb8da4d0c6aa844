import SeqCore
import SeqRecords

/// Writes one sentence per line, as `word/tag word/tag`.
struct InlineWriter: FormatWriter {
  private let sink: ByteSink

  init(_ path: String) throws(SeqError) { sink = try ByteSink(path, isText: true) }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    var pieces: [String] = []
    for (token, tag) in zip(record.tokens ?? [], record.tags ?? []) {
      if token.isEmpty || tag.isEmpty { losses.note("empty tokens", .underscores) }
      let word = losses.cleaned(token, "tokens", forbidding: separators, by: UInt8(ascii: "_"))
      let name = losses.cleaned(tag, "tags", forbidding: separators.union([Byte.slash]), by: UInt8(ascii: "_"))
      pieces.append((word.isEmpty ? "_" : word) + "/" + (name.isEmpty ? "_" : name))
    }
    if pieces.isEmpty { return losses.note("a sentence without tokens") }
    try sink.write(pieces.joined(separator: " ") + "\n")
  }

  mutating func finish() throws(SeqError) { try sink.finish() }
}
