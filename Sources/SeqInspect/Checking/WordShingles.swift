import SeqCore
import SeqData

/// The runs of three words of a text, as 32-bit hashes; words in lower case, without punctuation.
///
/// An ideograph or kana is a word of its own, because these scripts have no spaces; other letters belong together.
struct WordShingles {
  /// Shorter texts have too few runs for a meaningful share.
  static let minimumWords = 8
  private static let run = 3

  private(set) var hashes: [UInt32] = []
  /// The hash of all words in their order.
  private(set) var wholeText: UInt64 = 0
  private(set) var words = 0

  /// Reads another text, reusing the memory.
  mutating func read(_ text: String) {
    hashes.removeAll(keepingCapacity: true)
    (words, wholeText) = (0, 0)
    var (last, beforeLast): (UInt64, UInt64) = (0, 0)
    var word = TextHash()
    var isInside = false
    func end(_ shingles: inout WordShingles) {
      word.finish()
      shingles.words += 1
      shingles.wholeText = (shingles.wholeText ^ word.value) &* 0x9FB2_1C65_1E98_DF25
      shingles.wholeText ^= shingles.wholeText >> 32
      if shingles.words >= Self.run {
        let mixed = (beforeLast &* 0xC2B2_AE3D_27D4_EB4F ^ last) &* 0x9FB2_1C65_1E98_DF25 ^ word.value
        shingles.hashes.append(UInt32(truncatingIfNeeded: (mixed &* 0xD6E8_FEB8_6659_FD93) >> 32))
      }
      (beforeLast, last) = (last, word.value)
      word = TextHash()
      isInside = false
    }
    for scalar in text.unicodeScalars {
      switch Self.role(of: scalar) {
      case .gap: if isInside { end(&self) }
      case .letter:
        for byte in UTF8.encode(scalar.value < 0x80 ? Self.lowercase(scalar) : scalar)
          ?? UTF8.encodedReplacementCharacter
        {
          word.add(byte)
        }
        isInside = true
      case .word:
        if isInside { end(&self) }
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { word.add(byte) }
        end(&self)
      }
    }
    if isInside { end(&self) }
  }

  private enum Role { case gap, letter, word }

  private static func role(of scalar: Unicode.Scalar) -> Role {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .letter
    case 0..<0xAA, 0x2000...0x206F, 0x3000...0x3004, 0x3008...0x3020, 0xFF00...0xFF0F, 0xFF1A...0xFF20, 0xFE30...0xFE6F:
      .gap
    case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: .word
    default: .letter
    }
  }

  private static func lowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    (0x41...0x5A).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
  }
}
