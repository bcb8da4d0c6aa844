/// A token and where it came from.
public struct Token: Sendable {
  /// The normalised form, which the vocabulary sees.
  public let text: String
  /// The UTF-8 bytes of the source line, as the user wrote it, that the token came from.
  public let range: Range<Int>

  /// A token at a range of UTF-8 bytes.
  public init(text: String, range: Range<Int>) {
    self.text = text
    self.range = range
  }
}

extension Token: Hashable {
  /// Tokens are equal when their ranges are and their texts have the same code points, canonically equivalent or not.
  public static func == (a: Token, b: Token) -> Bool {
    a.range == b.range && CodePoints(a.text) == CodePoints(b.text)
  }

  /// Hashes the code points and the range.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(range)
    hasher.combine(CodePoints(text))
  }
}

extension Token {
  /// Appends a token's text as in a vocabulary's file, with spaces escaped as well, so that it has no white space.
  package static func appendPrintable(_ utf8: ArraySlice<UInt8>, to output: inout [UInt8]) {
    if utf8.isPlain {
      output += utf8
    } else if utf8.count == 1, let byte = utf8.first, byte < 0x80 {
      output += printableASCII[Int(byte)]
    } else {
      output += printable(String(decoding: utf8, as: UTF8.self)).utf8
    }
  }

  private static func printable(_ text: String) -> String { EntryFile.escaped(text).replacing(" ", with: "\\u{20}") }

  private static let printableASCII: [[UInt8]] = (0..<0x80).map {
    Array(printable(String(Unicode.Scalar(UInt8($0)))).utf8)
  }

  /// The text that was written as `printable`; nil if an escape is bad.
  package static func text(ofPrintable word: Substring) -> String? {
    var parser = EscapeParser(word)
    return parser.entry()
  }
}

extension Token: CustomStringConvertible {
  /// `text@start..<end`.
  public var description: String { "\(text)@\(range)" }
}
