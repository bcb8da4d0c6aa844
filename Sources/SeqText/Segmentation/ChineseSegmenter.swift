/// Segments of Chinese text, over valid UTF-8: each Han character on its own, runs of Latin letters and digits as a
/// whole, everything else by the word rules of UAX #29.
///
/// A Latin run continues over one `-`, `.`, `'`, `’`, `&`, `@`, `_` or `+` between two letters or digits, and takes in
/// every `+` and `#` that ends it: `COVID-19`, `R&B`, `C++` and `3.5` are one token each.
struct ChineseSegmenter {
  private let bytes: [UInt8]
  private let words: WordSegmenter

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    words = WordSegmenter(bytes)
  }

  /// Calls `body` with every segment that is not only white space, in order.
  func forEachToken(_ body: (Range<Int>) -> Void) {
    var start = 0
    while start < bytes.count {
      let end = isLatin(start) ? endOfLatin(start) : words.boundary(after: start)
      if !bytes.isWhiteSpace(in: start..<end) { body(start..<end) }
      start = end
    }
  }

  private func endOfLatin(_ start: Int) -> Int {
    var end = words.boundary(after: start)
    while let next = afterConnector(end), next < bytes.count, isLatin(next) { end = words.boundary(after: next) }
    while end < bytes.count, bytes[end] == 0x2B || bytes[end] == 0x23 { end += 1 }
    // A mark after the last character belongs to it.
    while end < bytes.count, bytes[end] >= 0x80, ScalarCategory(bytes.scalar(at: end).value).isMark {
      end = bytes.scalar(at: end).end
    }
    return end
  }

  /// Whether a Latin letter or a decimal digit starts at an index.
  private func isLatin(_ index: Int) -> Bool {
    let (value, _) = bytes.scalar(at: index)
    let category = ScalarCategory(value)
    return category.isDecimal || category.isLatin && category.isLetter
  }

  /// The index after a connector, if there is one.
  private func afterConnector(_ index: Int) -> Int? {
    guard index < bytes.count else { return nil }
    let (value, end) = bytes.scalar(at: index)
    switch value {
    case 0x26, 0x27, 0x2B, 0x2D, 0x2E, 0x40, 0x5F, 0x2019: return end
    default: return nil
    }
  }
}
