import SeqCore

/// Reads UTF-8 bytes from front to back and keeps the line and column of the current position.
struct TextScanner {
  let bytes: [UInt8]
  let file: String?
  /// The current position. Only move it over line ends with ``advance()``.
  var index = 0
  private(set) var line: Int
  /// A byte before which no place is needed any more, and its column. Columns are counted from here, so that a file of
  /// one long line takes linear time.
  private var anchor = 0
  private var anchorColumn: Int

  /// A scanner at the first byte, or after a byte-order mark.
  init(_ bytes: [UInt8], file: String?, firstLine: Int = 1, firstColumn: Int = 1) {
    self.bytes = bytes
    self.file = file
    line = firstLine
    anchorColumn = firstColumn
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      index = 3
      anchor = 3
    }
  }

  /// The byte here, or `nil` at the end.
  var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// The byte after this one, or `nil` at the end.
  var next: UInt8? { index + 1 < bytes.count ? bytes[index + 1] : nil }

  /// The current place. It must not lie before one asked for earlier.
  mutating func here() -> Place {
    while anchor < index {
      if bytes[anchor] & 0xC0 != 0x80 { anchorColumn += 1 }
      anchor += 1
    }
    return Place(file: file, line: line, column: anchorColumn)
  }

  /// Moves one byte forward and counts lines, which end with LF, CRLF or a lone CR.
  mutating func advance() {
    let isLineEnd = bytes[index] == 0x0A || (bytes[index] == 0x0D && next != 0x0A)
    index += 1
    guard isLineEnd else { return }
    line += 1
    anchor = index
    anchorColumn = 1
  }

  /// Skips spaces, tabs and line ends.
  mutating func skipBlanks() {
    while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { advance() }
  }

  /// Whether the text continues with `word`.
  func starts(with word: String) -> Bool { bytes[index...].starts(with: word.utf8) }

  /// The scalar here and how many bytes it has, or `nil` at the end or if the bytes are not UTF-8.
  func scalar() -> (scalar: Unicode.Scalar, length: Int)? {
    guard let first = current else { return nil }
    let length: Int
    let lowest: UInt32
    switch first {
    case 0..<0x80: return (Unicode.Scalar(first), 1)
    case 0xC2..<0xE0: (length, lowest) = (2, 0x80)
    case 0xE0..<0xF0: (length, lowest) = (3, 0x800)
    case 0xF0..<0xF5: (length, lowest) = (4, 0x1_0000)
    default: return nil
    }
    guard index + length <= bytes.count else { return nil }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes[index + 1..<index + length] {
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard value >= lowest, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }

  /// The error for bytes that are not UTF-8, or `nil` if those here are.
  mutating func encodingError() -> SeqError? {
    guard let byte = current, scalar() == nil else { return nil }
    let hex = String(byte, radix: 16, uppercase: true)
    return .data("expected UTF-8, found the byte 0x\(hex)", at: here(), remedy: "save the file as UTF-8")
  }
}
