/// Decodes UTF-16 in either byte order.
final class UTF16Decoder: ByteDecoder {
  /// Whether the upper byte comes first; nil until the byte-order mark was read.
  private var isBigEndian: Bool?
  private var isAtStart = true

  private let naming: SettingNames

  init(_ encoding: TextEncoding, _ naming: SettingNames) {
    self.naming = naming
    isBigEndian = encoding == .utf16 ? nil : encoding == .utf16be
  }

  func decode(
    _ input: ArraySlice<UInt8>, isLast: Bool, into output: inout [UInt8]
  ) -> (taken: Int, fault: DecodingFault?) {
    var i = input.startIndex
    if isAtStart, input.count > 1 {
      i += skipMark(input)
      isAtStart = false
    }
    guard let isBigEndian else { return (0, input.isEmpty ? nil : withoutMark) }
    func unit(_ at: Int) -> UInt16 {
      isBigEndian ? UInt16(input[at]) << 8 | UInt16(input[at + 1]) : UInt16(input[at + 1]) << 8 | UInt16(input[at])
    }
    while i + 1 < input.endIndex {
      let first = unit(i)
      if !UTF16.isLeadSurrogate(first), !UTF16.isTrailSurrogate(first) {
        Self.append(Unicode.Scalar(first), to: &output)
        i += 2
        continue
      }
      if UTF16.isLeadSurrogate(first), i + 3 >= input.endIndex, !isLast { break }
      guard UTF16.isLeadSurrogate(first), i + 3 < input.endIndex, UTF16.isTrailSurrogate(unit(i + 2)) else {
        let message = "half a surrogate pair, \(hexadecimal(input[i...i + 1]))"
        return (i - input.startIndex, DecodingFault(message: message, length: 2))
      }
      let value = 0x1_0000 + (UInt32(first & 0x3FF) << 10 | UInt32(unit(i + 2) & 0x3FF))
      Self.append(Unicode.Scalar(value), to: &output)
      i += 4
    }
    if isLast, i < input.endIndex {
      let message = "the UTF-16 text ends in the middle of a character"
      return (i - input.startIndex, DecodingFault(message: message, length: input.endIndex - i))
    }
    return (i - input.startIndex, nil)
  }

  /// Takes the byte order from the mark, if there is one, and returns its length.
  private func skipMark(_ input: ArraySlice<UInt8>) -> Int {
    let mark = input.prefix(2)
    let marked: Bool? = mark.elementsEqual([0xFE, 0xFF]) ? true : mark.elementsEqual([0xFF, 0xFE]) ? false : nil
    guard let marked, isBigEndian == nil || isBigEndian == marked else { return 0 }
    isBigEndian = marked
    return 2
  }

  private static func append(_ scalar: Unicode.Scalar?, to output: inout [UInt8]) {
    if let scalar { output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter) }
  }

  private var withoutMark: DecodingFault {
    DecodingFault(
      message: "no byte-order mark, which utf-16 starts with", remedy: naming.encoding(.utf16le, .utf16be))
  }
}
