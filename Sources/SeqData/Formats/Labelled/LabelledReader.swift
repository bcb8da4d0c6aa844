import SeqCore
import SeqRecords

/// Reads lines of a label and a text, split at the first space or tab.
struct LabelledReader: RecordReader {
  private(set) var problems = Problems()
  let emptyMessage = "the file is empty"
  var file: String { lines.file }
  private var lines: LineReader
  private let wantsLabel: Bool

  init(_ path: String, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    lines = try LineReader(path, options: options)
    wantsLabel = wanted == .label || wanted == .everything
  }

  mutating func next() throws(SeqError) -> Record? {
    while try lines.next() {
      let line = lines.line
      let end = line.firstIndex(where: Byte.isBlank) ?? line.count
      var record = Record(text: decoded(line.dropFirst(end + 1)), line: lines.number)
      if !wantsLabel { return record }
      if end > 0 {
        record.label = decoded(line[..<end])
        return record
      }
      let message =
        line.isEmpty ? "an empty line, expected a label and a text" : "the line starts with a space, expected a label"
      try problems.add(message, at: lines.place())
    }
    return nil
  }
}
