package import SeqCore

/// The records of a file as the very bytes that it holds, so that parts of it can be written without changing one.
///
/// Together with the header, the records are all bytes of the file: comments and boundaries of documents belong to the
/// record after them, blank lines to the one before. The elements of a JSON array become lines. Each sentence ends with a
/// blank line, and each line with a line feed, even if the file's last one lacks them, so that records can be put into any
/// order.
package struct RawRecords {
  /// What stands before the first record and again at the start of every part: a byte-order mark; for csv and tsv, the
  /// line that tells the delimiter and the row of names; for CoNLL-U Plus, the line that names the columns.
  package private(set) var header: [UInt8] = []
  /// The current record.
  package private(set) var bytes: [UInt8] = []
  /// The one-based numbers of the record's own lines, without comments and blank lines around it.
  package private(set) var lines = 0..<0

  /// Whether the record begins on the line of the one before, as elements of an array can.
  package private(set) var sharesLine = false

  private var previousLine = 0
  private var raw: RawLines
  private let format: DataFormat
  private let options: ReadingOptions
  private var delimiter: UInt8
  private let comments: SentenceComments
  /// Whether the current line of `raw` belongs to the next record.
  private var holdsLine = false
  /// Whether the whole file is one record, which has not been taken.
  private var isWhole: Bool
  /// The elements of a file that is a JSON array, whose records they are.
  private var elements: JSONObjects?

  /// Tells the objects that a reader of this file leaves out.
  private var filter: JSONFilter?

  /// - Parameters:
  ///   - wanted: what the reader was asked for whose records these are.
  ///   - isOneText: whether the file is one record with all its lines, to which nothing is added.
  /// - Throws: `.data` for an encoding whose lines cannot be told apart in its bytes.
  package init(
    _ path: String, format: DataFormat, options: ReadingOptions, wanting wanted: Wanted = .everything,
    isOneText: Bool = false
  ) throws(SeqError) {
    try Self.check(path, format: format, options: options)
    self.format = format
    self.options = options
    isWhole = isOneText
    delimiter = options.delimiter(of: format).byte
    comments = SentenceComments(of: path, format: format, options: options)
    raw = try RawLines(path, options: options)
    filter = format == .jsonl && wanted != .text ? try JSONFilter(options, file: path) : nil
    if format == .jsonl, let elements = try Self.elements(path, options) {
      self.elements = elements
      return
    }
    holdsLine = try raw.next()
    if isOneText || !holdsLine { return }
    if raw.line.starts(with: Self.byteOrderMark) { (skippedMark, header) = (3, Self.byteOrderMark) }
    if format.isTable { try takeTableHeader() }
    if format == .conllu, ConlluColumns(firstLine: content).areDeclared { try takeHeaderLine(isRow: false) }
  }

  /// Refuses what has no records that stand on their own in its bytes.
  package static func check(_ path: String, format: DataFormat, options: ReadingOptions) throws(SeqError) {
    if options.encoding.isWide { throw notCopied(path, options) }
    if format == .brat {
      throw .data(
        "brat's annotations cannot be copied record by record", at: .file(path),
        remedy: "convert them first: seqtool convert \(shellQuoted(path)) spans.jsonl")
    }
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The current line without its end, and without the mark of the first one.
  private var content: ArraySlice<UInt8> { raw.line[..<raw.contentEnd].dropFirst(skippedMark) }

  /// Takes the line that tells the delimiter, and the row of names with the blank lines before it.
  private mutating func takeTableHeader() throws(SeqError) {
    if let declared = Delimiter(declaredBy: content) {
      if options.delimiter == nil { delimiter = declared.byte }
      try takeHeaderLine(isRow: false)
    }
    var isDone = !options.header
    while !isDone, holdsLine {
      isDone = !content.isEmpty
      try takeHeaderLine(isRow: isDone)
    }
  }

  /// Puts the current line behind the header, with those that it opens as a row of a table.
  private mutating func takeHeaderLine(isRow: Bool) throws(SeqError) {
    header += raw.line.dropFirst(skippedMark)
    if isRow { header += try restOfRow() }
    if header.last != Byte.lineFeed { header.append(Byte.lineFeed) }
    skippedMark = 0
    holdsLine = try raw.next()
  }

  /// Bytes of the first line that are in the header.
  private var skippedMark = 0

  /// Goes on to the next record; false at the end of the file.
  package mutating func next() throws(SeqError) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    lines = 0..<0
    if isWhole {
      try takeFile()
      return true
    }
    if elements != nil { return try takeElement() }
    guard holdsLine else { return false }
    switch format {
    case .columns, .conllu: try takeSentence()
    case .csv, .tsv: try takeRow()
    case .jsonl, .inline: try takeFilledLine()
    case .labelled, .fasttext, .parallel, .folders, .pairs, .lines, .brat: try takeLine()
    }
    if !bytes.isEmpty, bytes.last != Byte.lineFeed { bytes.append(Byte.lineFeed) }
    return !lines.isEmpty
  }

  /// The elements of a JSON array; nil for a file of objects, one a line.
  private static func elements(_ path: String, _ options: ReadingOptions) throws(SeqError) -> JSONObjects? {
    let objects = try JSONObjects(path, options: options)
    if objects.isArray, options.encoding != .utf8 { throw notCopied(path, options) }
    return objects.isArray ? objects : nil
  }

  private static func notCopied(_ path: String, _ options: ReadingOptions) -> SeqError {
    .data(
      "records of \(options.encoding.rawValue) cannot be copied as they are", at: .file(path),
      remedy: "make it UTF-8 first: seqtool convert \(shellQuoted(path)) … --encoding \(options.encoding.rawValue)")
  }

  /// Takes an element as a line of its own: its line ends are white space to JSON.
  private mutating func takeElement() throws(SeqError) -> Bool {
    while try elements?.next() == true, let element = elements {
      sharesLine = element.line == previousLine
      previousLine = element.line
      bytes += element.bytes.map { $0 == Byte.lineFeed || $0 == Byte.carriageReturn ? Byte.blank : $0 }
      bytes.append(Byte.lineFeed)
      if filter?.leavesOut(element.bytes[...]) ?? false { continue }
      lines = element.line..<(element.lastLine + 1)
      return true
    }
    return false
  }

  private mutating func append() throws(SeqError) {
    bytes += raw.line.dropFirst(skippedMark)
    skippedMark = 0
    holdsLine = try raw.next()
  }

  private mutating func takeLine() throws(SeqError) {
    lines = raw.number..<(raw.number + 1)
    try append()
  }

  private mutating func takeFile() throws(SeqError) {
    isWhole = false
    while holdsLine {
      try append()
      if bytes.count > options.maximumLineBytes {
        throw tooLong(
          "a text", at: .line(raw.number, of: raw.file), limit: options.maximumLineBytes,
          options.naming)
      }
    }
    lines = 1..<max(raw.number, 1) + 1
  }

  /// Takes a line with the blank ones around it, which the format passes over.
  private mutating func takeFilledLine() throws(SeqError) {
    var start = 0
    repeat {
      while holdsLine, isBlank { try append() }
      guard holdsLine else {
        lines = 0..<0
        return
      }
      start = bytes.count
      try takeLine()
      // An object that the reader leaves out belongs to the record behind it.
    } while filter?.leavesOut(bytes[start...]) ?? false
    while holdsLine, isBlank { try append() }
  }

  /// Whether the current line holds blanks and tabs alone.
  private var isBlank: Bool { content.allSatisfy(Byte.isBlank) }

  private mutating func takeRow() throws(SeqError) {
    while holdsLine, raw.contentEnd == 0 { try append() }
    guard holdsLine else { return }
    let first = raw.number
    bytes += raw.line.dropFirst(skippedMark)
    bytes += try restOfRow()
    skippedMark = 0
    lines = first..<(raw.number + 1)
    holdsLine = try raw.next()
    while holdsLine, raw.contentEnd == 0 { try append() }
  }

  /// Takes the further lines of a row whose first one is the current one.
  ///
  /// A row ends where it is ill-formed, as it does for the reader, which goes on at the next line.
  private mutating func restOfRow() throws(SeqError) -> [UInt8] {
    guard options.quoting else { return [] }
    var quotes = QuoteScan(delimiter: delimiter, quote: Byte.quote)
    let first = raw.line.count
    var (rest, start) = ([UInt8](), skippedMark)
    while quotes.isOpen(after: raw.line[start..<raw.contentEnd]), try raw.next() {
      start = 0
      rest += raw.line
      if first + rest.count > options.maximumLineBytes {
        throw tooLong(
          "a row", at: .line(raw.number, of: raw.file), limit: options.maximumLineBytes,
          options.naming)
      }
    }
    return rest
  }

  private mutating func takeSentence() throws(SeqError) {
    var first = 0
    var last = 0
    while holdsLine {
      let content = content
      let isBlank = content.allSatisfy(Byte.isBlank)
      let isDocument = format == .columns && content.starts(with: "-DOCSTART-".utf8)
      let isComment = comments.contains(content, isBeforeTokens: first == 0)
      // The next sentence begins behind the blank lines that end this one.
      if last > 0, !isBlank, isDocument || raw.number > last + 1 { break }
      if !isBlank, !isDocument, !isComment {
        if first == 0 { first = raw.number }
      }
      if first > 0, !isBlank { last = raw.number }
      try append()
    }
    guard first > 0 else { return }
    lines = first..<(last + 1)
    if !bytes.hasSuffix([Byte.lineFeed]) { bytes.append(Byte.lineFeed) }
    if !endsWithBlankLine { bytes.append(Byte.lineFeed) }
  }

  private var endsWithBlankLine: Bool {
    let before = bytes.dropLast().lastIndex(of: Byte.lineFeed).map { $0 + 1 } ?? 0
    return bytes[before...].allSatisfy { Byte.isBlank($0) || $0 == Byte.lineFeed || $0 == Byte.carriageReturn }
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ suffix: [UInt8]) -> Bool { self.suffix(suffix.count).elementsEqual(suffix) }
}
