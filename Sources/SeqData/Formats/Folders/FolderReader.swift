import SeqCore
import SeqRecords

/// Reads a folder with a folder or a file for each class: each file in a class's folder is one text; in a class's file,
/// each line is one text.
struct FolderReader: RecordReader {
  private(set) var problems = Problems()
  let emptyMessage = "the files are empty"
  let file: String
  private let options: ReadingOptions
  private let wanted: Wanted
  private let entries: [FolderListing.Entry]
  private var position = 0
  /// The file whose lines are being read.
  private var lines: LineReader?

  init(_ folder: String, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    file = folder
    self.options = options
    self.wanted = wanted
    entries = try FolderListing(folder).entries
  }

  mutating func next() throws(SeqError) -> Record? {
    while lines != nil || position < entries.count {
      do throws(SeqError) {
        if let record = try lines == nil ? openNext() : nextLine() { return record }
      } catch {
        try note(error)
      }
    }
    return nil
  }

  /// Opens the next file; returns its text if the whole file is one.
  private mutating func openNext() throws(SeqError) -> Record? {
    let entry = entries[position]
    position += 1
    let reader = try LineReader(entry.path, options: options)
    if entry.isOneText { return record(try wholeText(reader), entry, line: 1) }
    lines = reader
    return nil
  }

  private mutating func nextLine() throws(SeqError) -> Record? {
    guard try lines?.next() == true, let line = lines else {
      lines = nil
      return nil
    }
    return record(decoded(line.line[...]), entries[position - 1], line: line.number)
  }

  /// Records what is wrong with a file, so that reading continues with the next one.
  private mutating func note(_ error: SeqError) throws(SeqError) {
    guard error.kind == .data else { throw error }
    lines = nil
    for found in error.diagnostics {
      try problems.add(found.message, at: found.place ?? .file(entries[position - 1].path), remedy: found.remedy)
    }
  }

  /// All lines of a file as one text, without the end of the last one.
  private func wholeText(_ reader: LineReader) throws(SeqError) -> String {
    var (reader, bytes, isFirst) = (reader, [UInt8](), true)
    while try reader.next() {
      if !isFirst { bytes.append(Byte.lineFeed) }
      isFirst = false
      bytes.append(contentsOf: reader.line)
      if bytes.count > options.maximumLineBytes {
        throw tooLong(
          "a text", at: .line(reader.number, of: reader.file), limit: options.maximumLineBytes,
          options.naming)
      }
    }
    return decoded(bytes[...])
  }

  private func record(_ text: String, _ entry: FolderListing.Entry, line: Int) -> Record {
    var record = Record(
      text: text, label: wanted.isOfTextsAlone ? nil : entry.label, line: line, file: entry.path)
    guard wanted == .fields else { return record }
    record.details = RecordDetails(fields: [
      RecordField(name: "file", value: entry.path), RecordField(name: "line", value: String(line), isJSON: true),
      RecordField(name: "label", value: entry.label),
    ])
    return record
  }
}
