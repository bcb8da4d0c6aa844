// The rules of the Penn Treebank about apostrophes and run-together words.

extension PennSegmenter {
  /// Cuts off an apostrophe before a space.
  mutating func cutApostrophes() {
    for at in bytes.indices.dropFirst() where bytes[at] == 0x27 && bytes[at - 1] != 0x27 {
      if at + 1 < count ? isBlank(at: at + 1) : cuts[count] { cuts[at] = true }
    }
  }

  mutating func cutContractions() {
    let apostrophes = bytes.indices.filter { bytes[$0] == 0x27 }
    for at in apostrophes { cutShortClitic(at) }
    for at in apostrophes { cutLongClitic(at) }
    for at in 0..<count where isWordStart(at) { cutPair(at) }
    for rest in Self.elisions {
      let first = apostrophes.filter { isBlank(before: $0) }
      for at in first { cutElision(at, rest) }
    }
  }

  /// Cuts off `'s`, `'m`, `'d` and a lone `'` at the end of a word.
  private mutating func cutShortClitic(_ at: Int) {
    if follows(at), isBlank(at: at + 1) || endsWord(at + 1, oneOf: Self.short) { cuts[at] = true }
  }

  /// Cuts off `'ll`, `'re`, `'ve` and `n't` at the end of a word.
  private mutating func cutLongClitic(_ at: Int) {
    if follows(at), endsWord(at + 1, oneOf: Self.long) { cuts[at] = true }
    let isNegation =
      byte(at - 1) == UInt8(ascii: "n") && endsWord(at + 1, oneOf: Self.negations[0])
      || byte(at - 1) == UInt8(ascii: "N") && endsWord(at + 1, oneOf: Self.negations[1])
    if isNegation, !cuts[at], follows(at - 1) { cuts[at - 1] = true }
  }

  /// Whether the byte before an index is neither a space nor an apostrophe.
  private func follows(_ index: Int) -> Bool { !isBlank(before: index) && bytes[index - 1] != 0x27 }

  /// Whether one of some endings is at an index, with a space after it.
  private func endsWord(_ index: Int, oneOf endings: [[UInt8]]) -> Bool {
    endings.contains { reads($0, at: index, ignoringCase: false) && isBlank(at: index + $0.count) }
  }

  private static let short = letters("s", "S", "m", "M", "d", "D")
  private static let long = letters("ll", "LL", "re", "RE", "ve", "VE")
  private static let negations = [letters("t"), letters("T")]
  private static let elisions = letters("is", "was")
  private static let elided = Array("'t".utf8)
  private static let pairs = [
    letters("can", "not"), letters("d", "'ye"), letters("gim", "me"), letters("gon", "na"), letters("got", "ta"),
    letters("lem", "me"), letters("more", "'n"), letters("wan", "na"),
  ]

  private static func letters(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }

  /// `cannot`, `gimme` and the like are two words.
  private mutating func cutPair(_ at: Int) {
    for pair in Self.pairs {
      let (first, second) = (pair[0], pair[1])
      let middle = at + first.count
      let end = middle + second.count
      guard reads(first, at: at, ignoringCase: true), !cuts[middle], reads(second, at: middle, ignoringCase: true),
        !isInsideWord(end)
      else { continue }
      // The script requires a space after wanna, and the end of a word after the others.
      if byte(at) | 0x20 == UInt8(ascii: "w"), !isSpace(at: end) { continue }
      cut(at..<middle)
      cuts[end] = true
    }
  }

  /// `'tis` and `'twas` are two words.
  private mutating func cutElision(_ at: Int, _ rest: [UInt8]) {
    guard reads(Self.elided, at: at, ignoringCase: true), !cuts[at + 2], reads(rest, at: at + 2, ignoringCase: true)
    else { return }
    let end = at + 2 + rest.count
    guard !isInsideWord(end) else { return }
    cut(at..<at + 2)
    cuts[end] = true
  }

  private func isWordStart(_ at: Int) -> Bool {
    switch bytes[at] | 0x20 {
    case UInt8(ascii: "c"), UInt8(ascii: "d"), UInt8(ascii: "g"), UInt8(ascii: "l"), UInt8(ascii: "m"),
      UInt8(ascii: "w"):
      cuts[at] || !isInsideWord(at)
    default: false
    }
  }

  /// Whether an index has letters or digits on both sides and no cut: not a `\b`.
  private func isInsideWord(_ index: Int) -> Bool {
    guard index > 0, index < count, !cuts[index] else { return false }
    var start = index - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return isWordScalar(bytes.scalar(at: start).value) && isWordScalar(bytes.scalar(at: index).value)
  }

  private func isWordScalar(_ scalar: UInt32) -> Bool {
    let category = ScalarCategory(scalar)
    return category.isLetter || category.isNumber || scalar == 0x5F
  }

  /// Whether a text is at an index, without a cut inside it.
  private func reads(_ text: [UInt8], at index: Int, ignoringCase: Bool) -> Bool {
    var at = index
    for expected in text {
      guard at < count, at == index || !cuts[at] else { return false }
      let isSame = bytes[at] == expected || ignoringCase && expected >= 0x61 && bytes[at] | 0x20 == expected
      guard isSame else { return false }
      at += 1
    }
    return true
  }
}
