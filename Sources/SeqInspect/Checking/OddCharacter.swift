/// Characters that are invisible, or that text should not contain.
enum OddCharacter {
  /// The kind of finding for a character, if it is odd.
  ///
  /// Joiners (U+200C, U+200D) and direction marks (U+200E, U+200F) do not count: scripts and emoji need them.
  static func kind(of scalar: Unicode.Scalar) -> FindingKind? {
    switch scalar.value {
    case 0x09: nil
    case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: .control
    case 0xAD, 0x200B, 0x2060, 0xFEFF: .zeroWidth
    case 0xA0, 0x2007, 0x202F: .noBreakSpace
    case 0xFFFD: .replacement
    default: nil
    }
  }

  static func name(of kind: FindingKind) -> String {
    switch kind {
    case .control: "a control character"
    case .zeroWidth: "an invisible character"
    case .noBreakSpace: "a no-break space"
    default: "a replacement for lost text"
    }
  }

  /// Whether two characters look like the two UTF-8 bytes of a letter, read as Latin-1.
  static func isMojibake(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    (first.value == 0xC2 || first.value == 0xC3) && (0x80...0xBF).contains(second.value)
      || first.value == 0xE2 && second.value == 0x20AC
  }
}

extension Unicode.Scalar {
  /// Its number, four digits at least.
  var hexadecimal: String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
