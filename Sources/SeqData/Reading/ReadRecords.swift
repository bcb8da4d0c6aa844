public import SeqCore
public import SeqRecords

/// Reads the records of a file, one after the other, in a memory that does not grow with the file.
///
/// A file may be packed with gzip. Mistakes in the data are collected, 20 at most, and thrown together at the end, or
/// with what makes reading on pointless; records after the first mistake are not given to `each`.
///
/// - Parameters:
///   - path: the file; a folder for `.parallel` and `.folders`; `-` for standard input.
///   - options: the layout and encoding.
///   - wanted: what each record must have besides its text or tokens.
///   - each: takes a record; what it throws ends the reading.
/// - Throws: `.data` for what is wrong in the file, with line and column; `.missingInput` for what cannot be opened;
///   `.inputOutput` for what cannot be read to its end, such as damaged gzip data.
public func readRecords(
  path: String, options: ReadingOptions = ReadingOptions(), wanting wanted: Wanted,
  each: (Record) throws(SeqError) -> Void
) throws(SeqError) {
  let format = try checkedFormat(of: path, options: options, wanting: wanted)
  try format.descriptor.read(path, options, wanting: wanted, each: each)
}

/// Reads all records of a file; see `readRecords`.
public func readAll(
  path: String, options: ReadingOptions = ReadingOptions(), wanting wanted: Wanted
) throws(SeqError) -> [Record] {
  var records: [Record] = []
  try readRecords(path: path, options: options, wanting: wanted) { record throws(SeqError) in records.append(record) }
  return records
}

/// Takes all records from a reader, then throws the problems it met.
func deliver<Reader: RecordReader>(
  from reader: Reader, wanting wanted: Wanted, _ each: (Record) throws(SeqError) -> Void
) throws(SeqError) {
  var reader = reader
  var isEmpty = true
  defer { ReadingNotes.current?.report() }
  do throws(SeqError) {
    while let record = try reader.next() {
      isEmpty = false
      // A conversion keeps what the file holds.
      if reader.problems.isEmpty { try each(wanted == .everything ? record : record.withComposedLabels()) }
    }
  } catch {
    // What `each` throws comes before any problem.
    throw reader.problems.followed(by: error)
  }
  try reader.problems.check()
  if isEmpty, !wanted.isOfTextsAlone, wanted != .everything { throw .data(reader.emptyMessage, at: .file(reader.file)) }
}

/// The format of an input that exists, is of the right kind and can give what is wanted.
private func checkedFormat(
  of path: String, options: ReadingOptions, wanting wanted: Wanted
) throws(SeqError) -> DataFormat {
  if path != "-", !FileSystem.exists(path) { throw FileSystem.missing(path) }
  let isFolder = path != "-" && FileSystem.isFolder(path)
  guard let format = options.format ?? DataFormat(of: path) else {
    throw .data(
      "the format cannot be detected from the name", at: .file(path == "-" ? "<stdin>" : path),
      remedy: options.naming.formats)
  }
  if format.isFolder, !isFolder {
    throw .missingInput(
      "a file, expected a folder for format \(format.rawValue)", at: .file(path == "-" ? "<stdin>" : path))
  }
  if format.traits.storage == .file, isFolder {
    throw .missingInput("a folder, expected a file of format \(format.rawValue)", at: .file(path))
  }
  guard format.provides.contains(wanted) else {
    throw .data(
      "format \(format.rawValue) holds no \(wanted.plural)", at: .file(path),
      remedy: "formats that do: \(DataFormat.names(providing: wanted))")
  }
  return format
}

/// Refuses a path that names no file.
func checkFile(_ path: String) throws(SeqError) {
  guard FileSystem.exists(path) else { throw FileSystem.missing(path) }
  if FileSystem.isFolder(path) { throw .missingInput("a folder, expected a file", at: .file(path)) }
}
