import SeqCore
import SeqRecords

/// lines: plain text, one example per line.
struct PlainFormat: FormatDescriptor {
  let format = DataFormat.lines
  var traits: FormatTraits { Self.traits }

  private static let traits = FormatTraits(
    summary: "Plain text, one example per line.", endings: ["txt"], holds: [.text])

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> PlainReader {
    try PlainReader(path, options: options)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try PlainWriter(path)
  }
}

/// Reads plain text: each line is a record, even an empty one, so that the lines of the output match those of the
/// input.
struct PlainReader: RecordReader {
  let problems = Problems()
  let emptyMessage = "the file is empty"
  var file: String { lines.file }
  private var lines: LineReader

  init(_ path: String, options: ReadingOptions) throws(SeqError) {
    lines = try LineReader(path, options: options)
  }

  mutating func next() throws(SeqError) -> Record? {
    guard try lines.next() else { return nil }
    return Record(text: decoded(lines.line[...]), line: lines.number)
  }
}

/// Writes one text per line.
struct PlainWriter: FormatWriter {
  private let sink: ByteSink

  init(_ path: String) throws(SeqError) { sink = try ByteSink(path, isText: true) }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    try sink.write(losses.cleaned(record.text ?? "", "a text", forbidding: lineEnds) + "\n")
  }

  mutating func finish() throws(SeqError) { try sink.finish() }
}
