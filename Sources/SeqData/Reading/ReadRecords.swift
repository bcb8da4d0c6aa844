public import SeqCore
public import SeqRecords

/// Reads the records of a file one by one; the memory does not grow with the file.
///
/// A file may be compressed with gzip. Up to 20 mistakes in the data are collected and thrown together, at the end or
/// when reading cannot continue. Records after the first mistake are not passed to `each`.
///
/// - Parameters:
///   - path: the file; a folder for `.parallel` and `.folders`; `-` for standard input.
///   - options: the format and encoding.
///   - wanted: what each record must have in addition to its text or tokens.
///   - each: gets a record; an error that it throws ends the reading.
/// - Throws: `.data` for mistakes in the file, with line and column; `.missingInput` if the file cannot be opened;
///   `.inputOutput` if it cannot be read to its end, as with damaged gzip data.
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

/// Takes all records from a reader, then throws the mistakes that it found.
func deliver<Reader: RecordReader>(
  from reader: Reader, wanting wanted: Wanted, _ each: (Record) throws(SeqError) -> Void
) throws(SeqError) {
  var reader = reader
  var isEmpty = true
  defer { ReadingNotes.current?.report() }
  do throws(SeqError) {
    while let record = try reader.next() {
      isEmpty = false
      // A conversion keeps labels as the file has them.
      if reader.problems.isEmpty { try each(wanted == .everything ? record : record.withComposedLabels()) }
    }
  } catch {
    // An error of `each` comes before any problem.
    throw reader.problems.followed(by: error)
  }
  try reader.problems.check()
  if isEmpty, !wanted.isOfTextsAlone, wanted != .everything { throw .data(reader.emptyMessage, at: .file(reader.file)) }
}

/// The format of an input, after checking that it exists, is of the right kind and can hold what is wanted.
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

/// Refuses a path that is not a file.
func checkFile(_ path: String) throws(SeqError) {
  guard FileSystem.exists(path) else { throw FileSystem.missing(path) }
  if FileSystem.isFolder(path) { throw .missingInput("a folder, expected a file", at: .file(path)) }
}
