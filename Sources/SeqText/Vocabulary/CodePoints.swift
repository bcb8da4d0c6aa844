/// A string compared by its code points.
///
/// Swift's `==`, `<` and hashing take canonically equivalent strings for equal. A vocabulary must not: without
/// normalisation `é` of one scalar and of two are two entries. UTF-8 sorts as its code points do.
struct CodePoints: Hashable, Comparable, Sendable {
  let text: String

  @inline(__always)
  init(_ text: String) { self.text = text }

  static func == (a: Self, b: Self) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

  static func < (a: Self, b: Self) -> Bool { a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }

  /// Feeds the bytes eight at a time, the last word with the length in its top byte.
  func hash(into hasher: inout Hasher) {
    var (word, count): (UInt64, UInt64) = (0, 0)
    for byte in text.utf8 {
      word = word << 8 | UInt64(byte)
      count += 1
      if count % 8 == 0 {
        hasher.combine(word)
        word = 0
      }
    }
    hasher.combine(word ^ count << 56)
  }
}
