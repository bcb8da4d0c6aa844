/// The bytes with a meaning for the readers.
enum Byte {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let blank = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let slash = UInt8(ascii: "/")

  /// Whether it is a space or a tab.
  static func isBlank(_ byte: UInt8) -> Bool { byte == blank || byte == tab }
}

/// The one-based column, in Unicode scalars, of the byte `offset` bytes after the start of UTF-8 text.
func column(ofByte offset: Int, in text: ArraySlice<UInt8>) -> Int {
  text.prefix(offset).count { $0 & 0xC0 != 0x80 } + 1
}

/// The ranges of the pieces of a line between runs of spaces and tabs.
func piecesBetweenBlanks(_ line: [UInt8], into pieces: inout [Range<Int>]) {
  pieces.removeAll(keepingCapacity: true)
  var start = 0
  for i in line.indices where Byte.isBlank(line[i]) {
    if start < i { pieces.append(start..<i) }
    start = i + 1
  }
  if start < line.count { pieces.append(start..<line.count) }
}

/// The ranges of the pieces of a line between single tabs; pieces may be empty.
func piecesBetweenTabs(_ line: [UInt8], into pieces: inout [Range<Int>]) {
  pieces.removeAll(keepingCapacity: true)
  var start = 0
  for i in line.indices where line[i] == Byte.tab {
    pieces.append(start..<i)
    start = i + 1
  }
  pieces.append(start..<line.count)
}

/// The text of checked UTF-8.
func decoded(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

/// The offset of the first byte that is NUL or does not belong to well-formed UTF-8 (Unicode 16, table 3-7).
func firstInvalidByte(in bytes: Span<UInt8>) -> Int? {
  var i = 0
  while i < bytes.count {
    let lead = bytes[i]
    if lead & 0x80 == 0, lead != 0 {
      i += 1
      continue
    }
    let length = sequenceLength(lead)
    guard length > 1, i + length <= bytes.count, secondBytes(lead).contains(bytes[i + 1]) else { return i }
    for j in (i + 2)..<max(i + 2, i + length) where bytes[j] & 0xC0 != 0x80 { return i }
    i += length
  }
  return nil
}

/// How many bytes a lead byte above ASCII announces; 0 for an invalid lead byte.
private func sequenceLength(_ lead: UInt8) -> Int {
  switch lead {
  case 0xC2...0xDF: 2
  case 0xE0...0xEF: 3
  case 0xF0...0xF4: 4
  default: 0
  }
}

/// The bytes that may follow a lead byte: no overlong forms, no surrogates, nothing above U+10FFFF.
private func secondBytes(_ lead: UInt8) -> ClosedRange<UInt8> {
  switch lead {
  case 0xE0: 0xA0...0xBF
  case 0xED: 0x80...0x9F
  case 0xF0: 0x90...0xBF
  case 0xF4: 0x80...0x8F
  default: 0x80...0xBF
  }
}
