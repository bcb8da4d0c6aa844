/// Distinct strings, numbered from 0 in the order of their first insertion. They are compared by code points; a
/// `Dictionary` would use canonical equivalence and a slower, keyed hash.
struct CodePointIndex: Sendable {
  /// The strings in the order of their numbers.
  private(set) var texts: [String] = []
  private var index: ByteIndex

  /// - Parameter capacity: how many strings fit before the table grows.
  init(capacity: Int = 8) {
    index = ByteIndex(capacity: capacity)
    texts.reserveCapacity(capacity)
  }

  /// The number of a string, if it is in the table.
  func number(of text: String) -> Int? { index.number(of: Array(text.utf8)[...]) }

  /// The number of a string in UTF-8, if it is in the table.
  @inline(__always)
  func number(of utf8: ArraySlice<UInt8>) -> Int? { index.number(of: utf8) }

  /// Inserts a string, unless it is there, and returns its number.
  @discardableResult
  mutating func insert(_ text: String) -> (number: Int, isNew: Bool) {
    let result = index.insert(Array(text.utf8)[...])
    if result.isNew { texts.append(text) }
    return result
  }

  /// Inserts a string in UTF-8, unless it is there, and returns its number.
  @discardableResult
  mutating func insert(_ utf8: ArraySlice<UInt8>) -> (number: Int, isNew: Bool) {
    let result = index.insert(utf8)
    if result.isNew { texts.append(String(decoding: utf8, as: UTF8.self)) }
    return result
  }
}
