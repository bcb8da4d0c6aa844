package import SeqText

/// The ranges of the tokens of a text, in UTF-8 bytes and in Unicode scalars.
package struct TokenRanges {
  /// The tokens as written in the text.
  package private(set) var tokens: [String] = []
  /// Their ranges, in Unicode scalars.
  package private(set) var ranges: [Range<Int>] = []

  /// Splits a text into tokens.
  package init(cutting text: String, _ tokenizer: Tokenizer) {
    var bytes: [Range<Int>] = []
    tokenizer.forEachToken(in: text) { bytes.append($1) }
    place(bytes, in: Array(text.utf8))
  }

  /// Finds the given tokens one after the other, with only white space between them; nil if the text differs.
  package init?(finding given: [String], in text: String) {
    let source = Array(text.utf8)
    guard let bytes = Self.find(given, in: source) else { return nil }
    place(bytes, in: source)
  }

  /// Whether a text consists of the given tokens with only white space between them.
  package static func areAll(_ tokens: [String], of text: String) -> Bool { find(tokens, in: Array(text.utf8)) != nil }

  /// The ranges of tokens that follow each other, in UTF-8 bytes, with any text between them; nil if one is not found.
  package static func places(of tokens: [String], in text: String) -> [Range<Int>]? {
    find(tokens, in: Array(text.utf8)) { source, position in position < source.count ? 1 : nil }?.ranges
  }

  private static func find(_ given: [String], in source: [UInt8]) -> [Range<Int>]? {
    guard let found = find(given, in: source, skipping: blank) else { return nil }
    var position = found.end
    while position < source.count {
      guard let blank = blank(source, position) else { return nil }
      position += blank
    }
    return found.ranges
  }

  /// - Parameter skipping: the length of what may be skipped at a byte between tokens; nil if nothing may.
  /// - Returns: the ranges of the tokens, and where the last one ends.
  private static func find(
    _ given: [String], in source: [UInt8], skipping gap: (_ source: [UInt8], _ position: Int) -> Int?
  ) -> (ranges: [Range<Int>], end: Int)? {
    var (ranges, position) = ([Range<Int>](), 0)
    for token in given {
      let wanted = Array(token.utf8)
      while !source[position...].starts(with: wanted) {
        guard let length = gap(source, position) else { return nil }
        position += length
      }
      if wanted.isEmpty { return nil }
      ranges.append(position..<position + wanted.count)
      position += wanted.count
    }
    return (ranges, position)
  }

  /// Tokens joined by spaces, and the resulting text.
  package static func joining(_ tokens: [String]) -> (text: String, ranges: [Range<Int>]) {
    var (ranges, position) = ([Range<Int>](), 0)
    for token in tokens {
      let length = token.unicodeScalars.count
      ranges.append(position..<position + length)
      position += length + 1
    }
    return (tokens.joined(separator: " "), ranges)
  }

  /// The length of the white space that starts at a byte; nil if there is none.
  private static func blank(_ source: [UInt8], _ position: Int) -> Int? {
    guard position < source.count else { return nil }
    if source[position] < 0x80 { return source[position] == 0x20 || 0x09...0x0D ~= source[position] ? 1 : nil }
    var length = 1
    while position + length < source.count, source[position + length] & 0xC0 == 0x80 { length += 1 }
    let text = String(decoding: source[position..<position + length], as: UTF8.self)
    return text.unicodeScalars.allSatisfy(\.properties.isWhitespace) ? length : nil
  }

  private mutating func place(_ bytes: [Range<Int>], in source: [UInt8]) {
    var (scalars, position) = (0, 0)
    func advance(to end: Int) {
      while position < end {
        if source[position] & 0xC0 != 0x80 { scalars += 1 }
        position += 1
      }
    }
    for range in bytes {
      advance(to: range.lowerBound)
      let start = scalars
      advance(to: range.upperBound)
      ranges.append(start..<scalars)
      tokens.append(String(decoding: source[range], as: UTF8.self))
    }
  }
}
