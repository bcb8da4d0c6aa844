package import SeqCore
package import SeqRecords

/// The records of a file as raw bytes, so that parts of the file can be written without changing a byte.
///
/// The header and the records together are all bytes of the file. Comments and boundaries of documents belong to the
/// record after them, blank lines to the one before. The elements of a JSON array become lines. Each sentence ends with
/// a blank line, and each line with a line feed, even if the last one in the file lacks them, so records can be put
/// into any order.
package struct RawRecords {
  /// The bytes before the first record, which every part starts with: a byte-order mark; for csv and tsv, the line with
  /// the delimiter and the row of names; for CoNLL-U Plus, the line that names the columns.
  package var header: [UInt8] { cursor.header }
  /// The current record.
  package var bytes: [UInt8] { cursor.bytes }
  /// The one-based numbers of the record's own lines, without comments and blank lines around it.
  package var lines: Range<Int> { cursor.lines }
  /// Whether the record begins on the line of the previous one, as elements of an array can.
  package var sharesLine: Bool { cursor.sharesLine }

  private var cursor: RawCursor
  private var cutter: any RecordCutter

  /// - Parameters:
  ///   - wanted: what the records were read for.
  ///   - isOneText: whether the whole file is one record, to which nothing is added.
  /// - Throws: `.data` for an encoding whose lines cannot be found in the bytes.
  package init(
    _ path: String, format: DataFormat, options: ReadingOptions, wanting wanted: Wanted = .everything,
    isOneText: Bool = false
  ) throws(SeqError) {
    try Self.check(path, format: format, options: options)
    cursor = try RawCursor(path, options)
    cutter = isOneText ? WholeFileCutter() : try format.descriptor.cutter(path, options, wanting: wanted)
    try cutter.begin(&cursor)
  }

  /// Refuses files whose records are not separate in the bytes.
  package static func check(_ path: String, format: DataFormat, options: ReadingOptions) throws(SeqError) {
    if options.encoding.isWide { throw notCopied(path, options) }
    try format.descriptor.checkCopies(of: path)
  }

  static func notCopied(_ path: String, _ options: ReadingOptions) -> SeqError {
    .data(
      "records of \(options.encoding.rawValue) cannot be copied as they are", at: .file(path),
      remedy: "make it UTF-8 first: seqtool convert \(shellQuoted(path)) … --encoding \(options.encoding.rawValue)")
  }

  /// Moves to the next record; false at the end of the file.
  package mutating func next() throws(SeqError) -> Bool {
    cursor.bytes.removeAll(keepingCapacity: true)
    cursor.lines = 0..<0
    return try cutter.next(&cursor)
  }
}

/// Splits the bytes of a file into its records, by the rules of a format.
protocol RecordCutter {
  /// Opens the file and takes its header.
  mutating func begin(_ cursor: inout RawCursor) throws(SeqError)
  /// Takes the next record; false at the end of the file.
  mutating func next(_ cursor: inout RawCursor) throws(SeqError) -> Bool
}

extension RecordCutter {
  mutating func begin(_ cursor: inout RawCursor) throws(SeqError) { try cursor.open() }
}

/// A file that is being split into records.
struct RawCursor {
  /// The bytes before the first record.
  var header: [UInt8] = []
  /// The current record.
  var bytes: [UInt8] = []
  /// The numbers of the record's own lines.
  var lines = 0..<0
  /// Whether the record begins on the line of the previous one.
  var sharesLine = false
  var raw: RawLines
  let options: ReadingOptions
  /// Whether the current line of `raw` belongs to the next record.
  var holdsLine = false
  /// Bytes of the first line that are in the header.
  var skippedMark = 0

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(_ path: String, _ options: ReadingOptions) throws(SeqError) {
    raw = try RawLines(path, options: options)
    self.options = options
  }

  /// Moves to the first line; a byte-order mark before it becomes the header.
  mutating func open() throws(SeqError) {
    holdsLine = try raw.next()
    if holdsLine, raw.line.starts(with: Self.byteOrderMark) { (skippedMark, header) = (3, Self.byteOrderMark) }
  }

  /// The current line without its end, and without the mark of the first one.
  var content: ArraySlice<UInt8> { raw.line[..<raw.contentEnd].dropFirst(skippedMark) }

  /// Whether the current line holds only spaces and tabs.
  var isBlank: Bool { content.allSatisfy(Byte.isBlank) }

  /// Appends the current line to the header, with all that belongs to it.
  /// - Parameter rest: appends the lines that continue the current one.
  mutating func takeHeaderLine(
    rest: (inout RawCursor) throws(SeqError) -> [UInt8] = { _ throws(SeqError) in [] }
  ) throws(SeqError) {
    header += raw.line.dropFirst(skippedMark)
    header += try rest(&self)
    if header.last != Byte.lineFeed { header.append(Byte.lineFeed) }
    skippedMark = 0
    holdsLine = try raw.next()
  }

  /// Appends the current line to the record.
  mutating func append() throws(SeqError) {
    bytes += raw.line.dropFirst(skippedMark)
    skippedMark = 0
    holdsLine = try raw.next()
  }

  /// Takes the current line as the record's own.
  mutating func takeLine() throws(SeqError) {
    lines = raw.number..<(raw.number + 1)
    try append()
  }

  /// Ends a record of lines. - Returns: whether there is one.
  mutating func endRecord() -> Bool {
    if !bytes.isEmpty, bytes.last != Byte.lineFeed { bytes.append(Byte.lineFeed) }
    return !lines.isEmpty
  }
}

/// Each line is a record.
struct LineCutter: RecordCutter {
  mutating func next(_ cursor: inout RawCursor) throws(SeqError) -> Bool {
    guard cursor.holdsLine else { return false }
    try cursor.takeLine()
    return cursor.endRecord()
  }
}

/// Each line is a record; blank lines are skipped.
struct FilledLineCutter: RecordCutter {
  /// Whether the reader leaves out a line.
  var leavesOut: (ArraySlice<UInt8>) -> Bool = { _ in false }

  mutating func next(_ cursor: inout RawCursor) throws(SeqError) -> Bool {
    guard cursor.holdsLine else { return false }
    try takeFilledLine(&cursor)
    return cursor.endRecord()
  }

  /// Takes a line with the blank ones around it.
  private func takeFilledLine(_ cursor: inout RawCursor) throws(SeqError) {
    var start = 0
    repeat {
      while cursor.holdsLine, cursor.isBlank { try cursor.append() }
      guard cursor.holdsLine else {
        cursor.lines = 0..<0
        return
      }
      start = cursor.bytes.count
      try cursor.takeLine()
      // A line that the reader leaves out belongs to the record after it.
    } while leavesOut(cursor.bytes[start...])
    while cursor.holdsLine, cursor.isBlank { try cursor.append() }
  }
}

/// The whole file is one record.
struct WholeFileCutter: RecordCutter {
  private var isTaken = false

  mutating func begin(_ cursor: inout RawCursor) throws(SeqError) { cursor.holdsLine = try cursor.raw.next() }

  mutating func next(_ cursor: inout RawCursor) throws(SeqError) -> Bool {
    if isTaken { return false }
    isTaken = true
    let (file, limit) = (cursor.raw.file, cursor.options.maximumLineBytes)
    while cursor.holdsLine {
      try cursor.append()
      if cursor.bytes.count > limit {
        throw tooLong("a text", at: .line(cursor.raw.number, of: file), limit: limit, cursor.options.naming)
      }
    }
    cursor.lines = 1..<max(cursor.raw.number, 1) + 1
    return true
  }
}
