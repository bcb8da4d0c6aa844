/// The character encoding of a file.
public enum TextEncoding: String, CaseIterable, Sendable {
  /// With or without a byte-order mark.
  case utf8 = "utf-8"
  /// With a byte-order mark, which sets the byte order.
  case utf16 = "utf-16"
  /// The lower byte first, with or without a mark.
  case utf16le = "utf-16le"
  /// The upper byte first, with or without a mark.
  case utf16be = "utf-16be"
  /// ISO 8859-1: byte n is the character U+00nn.
  case latin1 = "latin-1"
  /// Windows-1252: like Latin-1, except for curly quotes, dashes and the euro sign at bytes 0x80 to 0x9F.
  case windows1252 = "windows-1252"
  /// The Chinese national standard, which contains GBK and GB 2312.
  case gb18030

  /// Whether each byte is a character, so that lines are decoded one by one.
  var isSingleByte: Bool { self == .latin1 || self == .windows1252 }

  /// Its name in sentences.
  package var name: String {
    switch self {
    case .latin1: "Latin-1"
    case .windows1252: "Windows-1252"
    default: rawValue.uppercased()
    }
  }

  /// The most likely single-byte encoding of a text that is not UTF-8.
  ///
  /// Latin-1 only has control characters at 0x80 to 0x9F, which do not occur in text.
  package static func likely(ofInvalidBytesIn line: [UInt8]) -> TextEncoding {
    var start = 0
    while let offset = firstInvalidByte(in: line, from: start) {
      if (0x80...0x9F).contains(line[offset]) { return .windows1252 }
      start = offset + 1
    }
    return .latin1
  }

  /// Whether an ASCII character takes more than one byte, so that lines cannot be found in the bytes.
  var isWide: Bool { self == .utf16 || self == .utf16le || self == .utf16be }
}
