/// The characters of bytes 0x80 to 0x9F in Windows-1252, because most text that claims to be Latin-1 is Windows-1252.
/// The five bytes that it leaves free are C1 controls, as in Latin-1.
private let windows1252: [UInt32] = [
  0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
  0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
  0x017E, 0x0178,
]

/// The character that a byte stands for in Windows-1252.
package func windows1252Character(_ byte: UInt8) -> Unicode.Scalar {
  let value = (0x80...0x9F).contains(byte) ? windows1252[Int(byte) - 0x80] : UInt32(byte)
  return Unicode.Scalar(value) ?? "\u{FFFD}"
}

/// The offset of the first byte that is NUL or does not belong to well-formed UTF-8, from a start on.
package func firstInvalidByte(in bytes: [UInt8], from start: Int) -> Int? {
  firstInvalidByte(in: bytes.span.extracting(start...)).map { $0 + start }
}

/// The text with each byte that does not belong to well-formed UTF-8 read as Windows-1252, and without NUL bytes.
package func mendedUTF8(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count + 8)
  var start = 0
  while let offset = firstInvalidByte(in: bytes, from: start) {
    result += bytes[start..<offset]
    if bytes[offset] != 0 { result += Array(String(windows1252Character(bytes[offset])).utf8) }
    start = offset + 1
  }
  return result + bytes[start...]
}
