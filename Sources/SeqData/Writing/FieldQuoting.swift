/// How a field of a table is written: in quotes if it needs them.
public struct FieldQuoting: Sendable {
  /// The byte between fields.
  public let delimiter: UInt8

  /// Of csv or tsv.
  /// - Parameter delimiter: what separates fields; `nil` for a comma or a tab.
  public init(_ format: DataFormat, delimiter: Delimiter? = nil) {
    self.delimiter = delimiter?.byte ?? (format == .tsv ? Byte.tab : Byte.comma)
  }

  /// Adds a field to a row: an empty one in quotes, for without them it would be a missing one.
  public func append(_ field: String, to row: inout [UInt8]) { append(Array(field.utf8), to: &row) }

  /// Adds a field as UTF-8. An array, for a view of a string costs several times as much a byte.
  func append(_ field: [UInt8], to row: inout [UInt8]) {
    let needsQuotes =
      field.isEmpty
      || field.contains {
        $0 == delimiter || $0 == Byte.quote || $0 == Byte.lineFeed || $0 == Byte.carriageReturn
      }
    guard needsQuotes else { return row.append(contentsOf: field) }
    row.append(Byte.quote)
    for byte in field {
      if byte == Byte.quote { row.append(byte) }
      row.append(byte)
    }
    row.append(Byte.quote)
  }
}
