import SeqCore
import SeqRecords

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
