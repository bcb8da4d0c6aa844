import SeqCore
import SeqData

/// Detects the character encoding of a file.
enum EncodingGuess {
  /// The encoding of an uncompressed file; for all others UTF-8.
  static func encoding(of path: String) throws(SeqError) -> TextEncoding {
    if FileSystem.isFolder(path) || path.hasSuffix(".gz") { return .utf8 }
    return encoding(of: try FileSystem.read(path))
  }

  static func encoding(of bytes: [UInt8]) -> TextEncoding {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return .utf16 }
    if String(validating: bytes, as: UTF8.self) != nil { return .utf8 }
    return looksChinese(bytes) ? .gb18030 : TextEncoding(rawValue: "windows-1252") ?? .latin1
  }

  /// Whether nearly all bytes beyond ASCII are in pairs, as in GBK; in western text, an accented letter is a single
  /// byte.
  private static func looksChinese(_ bytes: [UInt8]) -> Bool {
    var (paired, alone, at) = (0, 0, 0)
    while at < bytes.count {
      if bytes[at] < 0x80 {
        at += 1
      } else if at + 1 < bytes.count, bytes[at] > 0x80, bytes[at + 1] >= 0x80 {
        (paired, at) = (paired + 1, at + 2)
      } else {
        (alone, at) = (alone + 1, at + 1)
      }
    }
    return paired > 20 * alone
  }
}
