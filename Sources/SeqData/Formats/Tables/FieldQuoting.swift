/// How fields become a row of a csv or tsv file: ambiguous fields are put in quotes.
public struct FieldQuoting: Sendable {
  /// The byte between fields.
  public let delimiter: UInt8

  /// Of csv or tsv.
  /// - Parameter delimiter: what separates fields; `nil` for a comma or a tab.
  public init(_ format: DataFormat, delimiter: Delimiter? = nil) {
    self.delimiter = delimiter?.byte ?? TableFormat.delimiter(of: format)
  }

  /// Adds a field to a row; an empty one in quotes, because without them it would be a missing field.
  public func append(_ field: String, to row: inout [UInt8]) {
    let start = row.count
    row.append(contentsOf: field.utf8)
    quoteIfNeeded(from: start, in: &row)
  }

  /// Adds a field as UTF-8.
  func append(_ field: [UInt8], to row: inout [UInt8]) {
    let start = row.count
    row.append(contentsOf: field)
    quoteIfNeeded(from: start, in: &row)
  }

  /// Most fields need no quotes, so they are copied once and examined in place.
  private func quoteIfNeeded(from start: Int, in row: inout [UInt8]) {
    guard row.count == start || needsQuotes(row, from: start) else { return }
    let field = Array(row[start...])
    row.removeSubrange(start...)
    row.append(Byte.quote)
    for byte in field {
      if byte == Byte.quote { row.append(byte) }
      row.append(byte)
    }
    row.append(Byte.quote)
  }

  private func needsQuotes(_ row: [UInt8], from start: Int) -> Bool {
    func has(_ byte: UInt8) -> Bool { firstIndex(of: byte, in: row, start..<row.count) != nil }
    return has(delimiter) || has(Byte.quote) || has(Byte.lineFeed) || has(Byte.carriageReturn)
  }
}
