import SeqCore

/// The rows of a csv or tsv file, with the places of their fields.
struct TableRows {
  /// The one-based line where the current row starts.
  private(set) var firstLine = 0
  var file: String { lines.file }
  /// The fields of the current row.
  private(set) var fields = CSVFields()

  /// The delimiter, from the options or from the first line.
  private(set) var delimiter: Delimiter

  private var lines: LineReader
  private var parser: CSVParser
  private let isDelimiterGiven: Bool
  private let quoting: Bool
  private let limit: Int
  private let naming: SettingNames
  /// The row for libcsv, each line with a line feed.
  private var parsed: [UInt8] = []
  /// The row as in the file, each line with a line feed.
  var row: [UInt8] { parsed.isEmpty ? fields.splitRow ?? [] : parsed }

  init(_ path: String, format: DataFormat, options: ReadingOptions) throws(SeqError) {
    lines = try LineReader(path, options: options)
    delimiter = options.delimiter(of: format)
    isDelimiterGiven = options.delimiter != nil
    quoting = options.quoting
    limit = options.maximumLineBytes
    naming = options.naming
    parser = try Self.parser(delimiter, lines.file)
  }

  private static func parser(_ delimiter: Delimiter, _ file: String) throws(SeqError) -> CSVParser {
    if let parser = CSVParser(delimiter: delimiter.byte) { return parser }
    throw SeqError(.internalFault, "libcsv cannot start", at: .file(file))
  }

  /// Moves to the next row that is not a blank line; false at the end of the file.
  mutating func next() throws(SeqError) -> Bool {
    parsed.removeAll(keepingCapacity: true)
    while try lines.next() {
      let start = parsed.count
      if start == 0 {
        firstLine = lines.number
        if lines.line.isEmpty { continue }
        if try takesDelimiter() { continue }
        if !quoting || firstIndex(of: Byte.quote, in: lines.line, lines.line.indices) == nil {
          fields.split(&lines, at: delimiter.byte)
          return true
        }
      }
      parsed += lines.line
      parsed.append(Byte.lineFeed)
      try checkLength()
      switch parser.read(parsed, from: start) {
      case .row:
        parser.takeFields(into: &fields)
        return true
      case .unfinished: continue
      case .misquoted(let offset): try goOn(after: misquoted(at: start + offset))
      case .failed(let reason): throw SeqError(.inputOutput, reason, at: .line(lines.number, of: file))
      }
    }
    if !parser.finish() { throw unclosed() }
    return false
  }

  /// Whether the line is the first one and declares the delimiter; a setting overrules it.
  private mutating func takesDelimiter() throws(SeqError) -> Bool {
    guard lines.number == 1, let declared = Delimiter(declaredBy: lines.line[...]) else { return false }
    if !isDelimiterGiven {
      delimiter = declared
      parser = try Self.parser(declared, file)
    }
    return true
  }

  /// Records what is wrong with the quote marks of a row and restarts at the next line, if a check collects mistakes.
  private mutating func goOn(after error: SeqError) throws(SeqError) {
    guard let log = ProblemLog.current else { throw error }
    for diagnostic in error.diagnostics { try log.add(diagnostic) }
    parser = try Self.parser(delimiter, file)
    parsed.removeAll(keepingCapacity: true)
  }

  /// The place of the first byte of a field; after the last field, the place where the row ends.
  func place(ofField index: Int) -> Place {
    let starts = scan(upTo: row.count).starts
    return place(index < starts.count ? starts[index] : row.count - 1)
  }

  /// Whether the current row has quoted fields with line ends in them.
  var hasSeveralLines: Bool { !parsed.isEmpty && lines.number > firstLine }

  /// The place of the quote mark that opens the first field with a line end in it.
  var placeOfSpanningField: Place {
    let end = row.firstIndex(of: Byte.lineFeed) ?? row.count
    return scan(upTo: end).openQuote.map { place($0) } ?? place(ofField: 0)
  }

  private func place(_ offset: Int) -> Place {
    let before = row[..<offset]
    let start = before.lastIndex(of: Byte.lineFeed).map { $0 + 1 } ?? 0
    let line = firstLine + before.count { $0 == Byte.lineFeed }
    return .line(line, column: column(ofByte: offset - start, in: row[start...]), of: file)
  }

  private func scan(upTo end: Int) -> RowScan {
    RowScan(row[..<end], delimiter: delimiter.byte, quote: quoting ? Byte.quote : nil)
  }

  private func checkLength() throws(SeqError) {
    if row.count - 1 <= limit { return }
    let opening = scan(upTo: row.count).openQuote.map { place($0) }
    throw tooLong(
      "a row", at: opening ?? .line(firstLine, of: file), limit: limit, naming,
      remedy: opening == nil ? nil : "the quote mark here may be unpaired")
  }

  private func misquoted(at offset: Int) -> SeqError {
    guard let opening = scan(upTo: offset).openQuote else {
      return .data(
        "a quote mark inside an unquoted field", at: place(offset),
        remedy: "quote the whole field and double the marks in it, or \(naming.withoutQuoting)")
    }
    let place = place(opening)
    let position = "\(place.line ?? firstLine):\(place.column ?? 1)"
    return .data(
      "text after the closing quote mark of the field that opens at \(position)", at: self.place(offset),
      remedy: "double the quote marks inside a quoted field, or \(naming.withoutQuoting)")
  }

  private func unclosed() -> SeqError {
    .data(
      "the quote mark that opens this field is never closed", at: place(scan(upTo: row.count).openQuote ?? 0),
      remedy: "close it, or \(naming.withoutQuoting)")
  }
}
