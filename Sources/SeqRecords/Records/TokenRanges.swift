package import SeqText

/// Where the tokens of a text stand in it, in UTF-8 bytes and in Unicode scalars.
package struct TokenRanges {
  /// The tokens as the text has them.
  package private(set) var tokens: [String] = []
  /// Where they stand, in Unicode scalars.
  package private(set) var ranges: [Range<Int>] = []

  /// Cuts a text into tokens.
  package init(cutting text: String, _ tokenizer: Tokenizer) {
    var bytes: [Range<Int>] = []
    tokenizer.forEachToken(in: text) { bytes.append($1) }
    place(bytes, in: Array(text.utf8))
  }

  /// Finds given tokens one after the other, with nothing but white space between them; nil if the text has others.
  package init?(finding given: [String], in text: String) {
    let source = Array(text.utf8)
    guard let bytes = Self.find(given, in: source) else { return nil }
    place(bytes, in: source)
  }

  /// Whether a text is given tokens with nothing but white space between them.
  package static func areAll(_ tokens: [String], of text: String) -> Bool { find(tokens, in: Array(text.utf8)) != nil }

  /// Where tokens stand one after the other, in UTF-8 bytes, whatever a tokenizer has left out between them; nil if one
  /// does not.
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

  /// - Parameter skipping: the length of what may stand between tokens at a byte; nil if it may not.
  /// - Returns: where the tokens stand, and where the last one ends.
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

  /// Tokens joined by blanks, and the text that this gives.
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
