import SeqCore

/// Writes a text a line.
struct PlainWriter: FormatWriter {
  private let sink: ByteSink

  init(_ path: String) throws(SeqError) { sink = try ByteSink(path, isText: true) }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    try sink.write(losses.cleaned(record.text ?? "", "a text", forbidding: lineEnds) + "\n")
  }

  mutating func finish() throws(SeqError) { try sink.finish() }
}

/// Writes a label, a blank and a text a line; for fastText the label is marked.
struct LabelledWriter: FormatWriter {
  private let sink: ByteSink
  private let mark: String

  init(_ path: String, format: DataFormat) throws(SeqError) {
    sink = try ByteSink(path, isText: true)
    mark = format == .fasttext ? FastTextReader.mark : ""
  }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    let label = losses.cleaned(record.label ?? "", "a label", forbidding: separators, by: UInt8(ascii: "_"))
    var text = losses.cleaned(record.text ?? "", "a text", forbidding: lineEnds)
    if !mark.isEmpty {
      let trimmed = Array(text.utf8)[...].trimmed
      let given = Array((record.text ?? "").utf8)[...]
      if given.trimmed.count < given.count { losses.note("blanks at the ends of a text") }
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

/// Writes a source, a tab and its target a line.
struct PairsWriter: FormatWriter {
  private let sink: ByteSink

  init(_ path: String) throws(SeqError) { sink = try ByteSink(path, isText: true) }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    let forbidden = lineEnds.union([Byte.tab])
    let fields = record.details?.fields ?? []
    // A table of more columns stays one, if it has the shape of this format.
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

/// Writes a sentence a line, as `word/tag word/tag`.
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
