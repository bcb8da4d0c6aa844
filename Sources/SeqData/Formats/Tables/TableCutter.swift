import SeqCore

/// Splits a table into its rows. Its header is the line that declares the delimiter, and the row of names.
struct TableCutter: RecordCutter {
  private var delimiter: UInt8

  init(delimiter: UInt8) { self.delimiter = delimiter }

  mutating func begin(_ cursor: inout RawCursor) throws(SeqError) {
    try cursor.open()
    guard cursor.holdsLine else { return }
    if let declared = Delimiter(declaredBy: cursor.content) {
      if cursor.options.delimiter == nil { delimiter = declared.byte }
      try cursor.takeHeaderLine()
    }
    // Blank lines before the row of names belong to it.
    var isDone = !cursor.options.header
    let delimiter = delimiter
    while !isDone, cursor.holdsLine {
      isDone = !cursor.content.isEmpty
      if isDone {
        try cursor.takeHeaderLine { cursor throws(SeqError) in try Self.restOfRow(&cursor, delimiter) }
      } else {
        try cursor.takeHeaderLine()
      }
    }
  }

  mutating func next(_ cursor: inout RawCursor) throws(SeqError) -> Bool {
    guard cursor.holdsLine else { return false }
    while cursor.holdsLine, cursor.raw.contentEnd == 0 { try cursor.append() }
    if cursor.holdsLine { try takeRow(&cursor) }
    return cursor.endRecord()
  }

  private func takeRow(_ cursor: inout RawCursor) throws(SeqError) {
    let first = cursor.raw.number
    cursor.bytes += cursor.raw.line.dropFirst(cursor.skippedMark)
    cursor.bytes += try Self.restOfRow(&cursor, delimiter)
    cursor.skippedMark = 0
    cursor.lines = first..<(cursor.raw.number + 1)
    cursor.holdsLine = try cursor.raw.next()
    while cursor.holdsLine, cursor.raw.contentEnd == 0 { try cursor.append() }
  }

  /// Takes the further lines of the row that starts at the current line.
  ///
  /// An ill-formed row ends at the mistake, as it does for the reader, which continues at the next line.
  private static func restOfRow(_ cursor: inout RawCursor, _ delimiter: UInt8) throws(SeqError) -> [UInt8] {
    guard cursor.options.quoting else { return [] }
    var quotes = QuoteScan(delimiter: delimiter, quote: Byte.quote)
    let (first, limit) = (cursor.raw.line.count, cursor.options.maximumLineBytes)
    var (rest, start) = ([UInt8](), cursor.skippedMark)
    while quotes.isOpen(after: cursor.raw.line[start..<cursor.raw.contentEnd]), try cursor.raw.next() {
      start = 0
      rest += cursor.raw.line
      if first + rest.count > limit {
        throw tooLong(
          "a row", at: .line(cursor.raw.number, of: cursor.raw.file), limit: limit, cursor.options.naming)
      }
    }
    return rest
  }
}

extension FieldFinder {
  /// Finds fields in rows.
  mutating func findInTable() throws(SeqError) {
    var rows = try TableRows(path, format: format, options: options)
    guard try rows.next() else { return }
    let layout = try TableLayout(firstRow: rows, options: options, wanting: wanted)
    repeat {
      for request in requests[rows.firstLine] ?? [] where rows.fields.count == layout.width {
        let column = request.role == .label ? layout.label ?? layout.text : layout.text
        found[request] = FoundField(place: rows.place(ofField: column), excerpt: excerpt(rows.fields[layout.text]))
      }
      if rows.firstLine >= last { break }
    } while try rows.next()
  }
}
