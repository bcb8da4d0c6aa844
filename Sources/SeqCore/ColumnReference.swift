/// A column by its name or its position.
public enum ColumnReference: Sendable, Hashable {
  /// A name from the header, or the name of a key or file.
  case name(String)
  /// A zero-based position; a negative one counts from the end, so −1 is the last column.
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
