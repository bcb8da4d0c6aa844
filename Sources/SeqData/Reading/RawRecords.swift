package import SeqCore

/// The records of a file as the very bytes that it holds, so that parts of it can be written without changing one.
///
/// Together with the header, the records are all bytes of the file: comments and boundaries of documents belong to the
/// record after them, blank lines to the one before. Each sentence ends with a blank line, and each line with a line
/// feed, even if the file's last one lacks them, so that records can be put into any order.
package struct RawRecords {
  /// What stands before the first record and again at the start of every part: a byte-order mark and, for csv and tsv,
  /// the row of names.
  package let header: [UInt8]
  /// The current record.
  package private(set) var bytes: [UInt8] = []
  /// The one-based numbers of the record's own lines, without comments and blank lines around it.
  package private(set) var lines = 0..<0

  private var raw: RawLines
  private let format: DataFormat
  private let options: ReadingOptions
  /// Whether the current line of `raw` belongs to the next record.
  private var holdsLine = false
  /// Whether the whole file is one record, which has not been taken.
  private var isWhole: Bool

  /// - Parameter isOneText: whether the file is one record with all its lines, to which nothing is added.
  /// - Throws: `.data` for an encoding whose lines cannot be told apart in its bytes.
  package init(
    _ path: String, format: DataFormat, options: ReadingOptions, isOneText: Bool = false
  ) throws(SeqError) {
    if options.encoding.isWide {
      throw .data(
        "records of \(options.encoding.rawValue) cannot be copied as they are", at: .file(path),
        remedy: "make it UTF-8 first: seqtool convert \(path) … --encoding \(options.encoding.rawValue)")
    }
    self.format = format
    self.options = options
    isWhole = isOneText
    raw = try RawLines(path, options: options)
    var header: [UInt8] = []
    holdsLine = try raw.next()
    var mark = 0
    if !isOneText, holdsLine, raw.line.starts(with: [0xEF, 0xBB, 0xBF]) {
      mark = 3
      header = [0xEF, 0xBB, 0xBF]
    }
    if format == .csv || format == .tsv, options.header, holdsLine {
      header = []
      while holdsLine {
        header += raw.line
        let isRow = raw.contentEnd > (raw.number == 1 ? mark : 0)
        if isRow, try !Self.finishRow(&raw, &header, options, delimiter: format.delimiter) { break }
        holdsLine = try raw.next()
        if isRow { break }
      }
      if header.last != Byte.lineFeed, !header.isEmpty { header.append(Byte.lineFeed) }
      mark = 0
    }
    self.header = header
    skippedMark = mark
  }

  /// Bytes of the first line that are in the header.
  private var skippedMark: Int

  /// Goes on to the next record; false at the end of the file.
  package mutating func next() throws(SeqError) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    lines = 0..<0
    if isWhole {
      try takeFile()
      return true
    }
    guard holdsLine else { return false }
    switch format {
    case .columns, .conllu: try takeSentence()
    case .csv, .tsv: try takeRow()
    case .jsonl, .inline: try takeFilledLine()
    case .labelled, .fasttext, .parallel, .folders, .pairs, .lines: try takeLine()
    }
    if !bytes.isEmpty, bytes.last != Byte.lineFeed { bytes.append(Byte.lineFeed) }
    return !lines.isEmpty
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
    while holdsLine, isBlank { try append() }
    guard holdsLine else { return }
    try takeLine()
    while holdsLine, isBlank { try append() }
  }

  /// Whether the current line holds blanks and tabs alone.
  private var isBlank: Bool { raw.line[..<raw.contentEnd].dropFirst(skippedMark).allSatisfy(Byte.isBlank) }

  private mutating func takeRow() throws(SeqError) {
    while holdsLine, raw.contentEnd == 0 { try append() }
    guard holdsLine else { return }
    let first = raw.number
    bytes += raw.line.dropFirst(skippedMark)
    skippedMark = 0
    _ = try Self.finishRow(&raw, &bytes, options, delimiter: format.delimiter)
    lines = first..<(raw.number + 1)
    holdsLine = try raw.next()
    while holdsLine, raw.contentEnd == 0 { try append() }
  }

  /// Takes the further lines of a row whose first one is the current one; false at the end of the file.
  ///
  /// A row ends where it is ill-formed, as it does for the reader, which goes on at the next line.
  private static func finishRow(
    _ raw: inout RawLines, _ bytes: inout [UInt8], _ options: ReadingOptions, delimiter: UInt8
  ) throws(SeqError) -> Bool {
    guard options.quoting else { return true }
    var quotes = QuoteScan(delimiter: delimiter, quote: Byte.quote)
    while quotes.isOpen(after: raw.line[..<raw.contentEnd]) {
      guard try raw.next() else { return false }
      bytes += raw.line
      if bytes.count > options.maximumLineBytes {
        throw tooLong(
          "a row", at: .line(raw.number, of: raw.file), limit: options.maximumLineBytes,
          options.naming)
      }
    }
    return true
  }

  private mutating func takeSentence() throws(SeqError) {
    var first = 0
    var last = 0
    while holdsLine {
      let content = raw.line[..<raw.contentEnd].dropFirst(skippedMark)
      let isBlank = content.allSatisfy(Byte.isBlank)
      let isDocument = format == .columns && content.starts(with: "-DOCSTART-".utf8)
      let isComment = format == .conllu && content.first == UInt8(ascii: "#")
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

extension DataFormat {
  fileprivate var delimiter: UInt8 { self == .tsv ? Byte.tab : Byte.comma }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ suffix: [UInt8]) -> Bool { self.suffix(suffix.count).elementsEqual(suffix) }
}
