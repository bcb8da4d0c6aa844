/// A column by its name or its position.
public enum ColumnReference: Sendable, Hashable {
  /// As the header, or the keys or files, have it.
  case name(String)
  /// Zero-based; a negative index counts from the end, so −1 is the last column.
  case index(Int)
}

extension ColumnReference: CustomStringConvertible {
  /// The name in quote marks, or the number.
  public var description: String {
    switch self {
    case .name(let name): "\"\(name)\""
    case .index(let index): String(index)
    }
  }
}
