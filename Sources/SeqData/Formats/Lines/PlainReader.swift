import SeqCore
import SeqRecords

/// Reads plain text: a line is a record, empty ones too, so that an output's lines match the input's.
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
