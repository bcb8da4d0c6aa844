/// A string compared by its code points.
///
/// Swift's `==`, `<` and hashing treat canonically equivalent strings as equal. A vocabulary must not: without
/// normalisation, `é` as one scalar and as two are different entries. UTF-8 sorts as its code points do.
struct CodePoints: Hashable, Comparable, Sendable {
  let text: String

  @inline(__always)
  init(_ text: String) { self.text = text }

  @inline(__always)
  static func == (a: Self, b: Self) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

  static func < (a: Self, b: Self) -> Bool { a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(text.utf8.count)
  }
}
