import SeqData

/// Counts how the lines of a file end. A line end within a quoted field of a table belongs to a text and is not
/// counted.
struct LineEndCount {
  /// The first line with a carriage return before its line feed.
  private(set) var firstReturn = 0
  /// How many lines have a carriage return.
  private(set) var returns = 0
  /// How many lines there are.
  private(set) var lines = 0
  private var quotes: RowQuotes?

  init(_ options: ReadingOptions) { quotes = RowQuotes(options) }

  /// Counts a line.
  mutating func count(_ content: ArraySlice<UInt8>, _ number: Int, hasReturn: Bool) {
    if quotes?.isOpen(after: content, isFirst: number == 1) == true { return }
    lines += 1
    guard hasReturn else { return }
    if returns == 0 { firstReturn = number }
    returns += 1
  }
}
