/// How the characters of a file are written as bytes.
public enum TextEncoding: String, CaseIterable, Sendable {
  /// With or without a byte-order mark.
  case utf8 = "utf-8"
  /// With a byte-order mark, which tells the order of the bytes.
  case utf16 = "utf-16"
  /// The lower byte first, with or without a mark.
  case utf16le = "utf-16le"
  /// The upper byte first, with or without a mark.
  case utf16be = "utf-16be"
  /// ISO 8859-1: byte n is the character U+00nn.
  case latin1 = "latin-1"
  /// The Chinese national standard, which contains GBK and GB 2312.
  case gb18030

  /// Whether an ASCII character takes more than a byte, so that bytes alone do not tell lines apart.
  var isWide: Bool { self == .utf16 || self == .utf16le || self == .utf16be }
}
