/// Follows the quote marks of a row by the rules of RFC 4180.
struct QuoteScan {
  enum State { case fieldStart, unquoted, quoted, closed, misquoted }

  let delimiter: UInt8
  /// The quote mark; `nil` if there is none.
  let quote: UInt8?
  /// The state after the bytes so far.
  private(set) var state = State.fieldStart

  init(delimiter: UInt8, quote: UInt8?) { (self.delimiter, self.quote) = (delimiter, quote) }

  mutating func take(_ byte: UInt8) {
    switch (state, byte) {
    case (.fieldStart, quote): state = .quoted
    case (.fieldStart, delimiter), (.unquoted, delimiter), (.closed, delimiter): state = .fieldStart
    case (.fieldStart, _): state = .unquoted
    case (.quoted, quote): state = .closed
    case (.closed, quote): state = .quoted
    case (.unquoted, quote), (.closed, _): state = .misquoted
    case (.unquoted, _), (.quoted, _), (.misquoted, _): break
    }
  }

  /// Whether the row continues in the next line; also false if the quote marks are ill-formed.
  mutating func isOpen(after line: ArraySlice<UInt8>) -> Bool {
    for byte in line where state != .misquoted { take(byte) }
    return state == .quoted
  }
}

/// Where the fields of a row begin; found by reading the row again, only to report where a problem is.
struct RowScan {
  /// The offset of each field.
  private(set) var starts = [0]
  /// The offset of the quote mark that opened the last field, if it is quoted.
  private(set) var openQuote: Int?

  init(_ bytes: ArraySlice<UInt8>, delimiter: UInt8, quote: UInt8?) {
    var scan = QuoteScan(delimiter: delimiter, quote: quote)
    for (offset, byte) in zip(bytes.indices, bytes) {
      let before = scan.state
      scan.take(byte)
      if scan.state == .fieldStart {
        starts.append(offset + 1)
        openQuote = nil
      } else if before == .fieldStart, scan.state == .quoted {
        openQuote = offset
      }
    }
  }
}

/// Decides, line by line, whether a quoted field of a table continues in the next line.
package struct RowQuotes {
  private var delimiter: UInt8
  private let isDelimiterGiven: Bool
  /// The quote marks of a row that has not ended.
  private var open: QuoteScan?

  /// - Returns: nil for files without quoted fields.
  package init?(_ options: ReadingOptions) {
    guard let format = options.format, format.isTable, options.quoting else { return nil }
    delimiter = options.delimiter(of: format).byte
    isDelimiterGiven = options.delimiter != nil
  }

  /// Whether a field is open at the end of a line.
  package mutating func isOpen(after line: ArraySlice<UInt8>, isFirst: Bool) -> Bool {
    if isFirst, !isDelimiterGiven, let declared = Delimiter(declaredBy: line) { delimiter = declared.byte }
    if open == nil, !line.contains(Byte.quote) { return false }
    var scan = open ?? QuoteScan(delimiter: delimiter, quote: Byte.quote)
    let isOpen = scan.isOpen(after: line)
    open = isOpen ? scan : nil
    return isOpen
  }
}
