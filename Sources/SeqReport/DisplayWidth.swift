extension String {
  /// The width of the text in terminal columns: 2 for wide East Asian characters and emoji, 0 for combining marks and
  /// other characters without a width, 1 for the rest (Unicode Standard Annex 11, ambiguous as narrow).
  package var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  /// The text if it fits into `width` columns, else its beginning with `…`; empty for no columns.
  package func truncated(toWidth width: Int, ellipsis: String = "…") -> String {
    guard displayWidth > width else { return self }
    let room = width - ellipsis.displayWidth
    guard room >= 0 else { return "" }
    var (kept, used) = ("", 0)
    for character in self {
      used += character.displayWidth
      if used > room { break }
      kept.append(character)
    }
    return kept + ellipsis
  }
}

extension Character {
  /// The columns of one user-perceived character: 2 if any part of it is wide, else the sum of its parts.
  fileprivate var displayWidth: Int {
    if unicodeScalars.contains(where: \.isWide) { return 2 }
    return unicodeScalars.reduce(0) { $0 + ($1.isWithoutWidth ? 0 : 1) }
  }
}

extension Unicode.Scalar {
  /// Combining marks, format characters and the vowels and finals of decomposed Hangul.
  fileprivate var isWithoutWidth: Bool {
    if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD }
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value) { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return true
    default: return false
    }
  }

  /// East Asian Width W or F, and characters in emoji presentation.
  fileprivate var isWide: Bool {
    // A tone mark on an ideograph is in the wide blocks but has no width.
    if value < 0x1100 || isWithoutWidth && value != 0xFE0F { return false }
    return value == 0xFE0F || properties.isEmojiPresentation || Self.wideBlocks.contains { $0.contains(value) }
  }

  private static let wideBlocks: [ClosedRange<UInt32>] = [
    0x1100...0x115F,  // Hangul initials
    0x2329...0x232A, 0x2E80...0x303E,  // angle brackets, radicals, CJK punctuation
    0x3041...0x4DBF, 0x4E00...0xA4CF,  // kana, Bopomofo, compatibility, ideographs, Yi
    0xA960...0xA97F, 0xAC00...0xD7A3,  // Hangul
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,  // compatibility ideographs and forms
    0xFF01...0xFF60, 0xFFE0...0xFFE6,  // full-width forms
    0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,  // Tangut, Khitan, further kana, Nüshu
    0x1F1E6...0x1F1FF, 0x1F200...0x1F265,  // flags, enclosed ideographs
    0x20000...0x2FFFD, 0x30000...0x3FFFD,  // further ideographs
  ]
}
