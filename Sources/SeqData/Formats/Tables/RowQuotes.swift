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
