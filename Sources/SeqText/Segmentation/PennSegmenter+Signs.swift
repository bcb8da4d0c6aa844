// The rules of the Penn Treebank about punctuation.

extension PennSegmenter {
  /// Characters that always become a token.
  enum Sign {
    /// Three periods.
    case ellipsis
    /// `; @ # $ % &`
    case sign
    /// `? !`
    case mark
    /// `( ) [ ] { } < >`
    case bracket
    /// Two hyphens.
    case dashes
  }

  /// Cuts before and after each of some signs.
  mutating func cut(around signs: Set<Sign>) {
    var at = 0
    while at < count {
      let width = self.width(at, signs)
      if width > 0 { cut(at..<at + width) }
      at += max(1, width)
    }
  }

  /// The width in bytes of the sign at an index; 0 if there is none.
  private func width(_ at: Int, _ signs: Set<Sign>) -> Int {
    switch bytes[at] {
    case UInt8(ascii: "."): signs.contains(.ellipsis) && byte(at + 1) == 0x2E && byte(at + 2) == 0x2E ? 3 : 0
    case UInt8(ascii: "-"): signs.contains(.dashes) && byte(at + 1) == 0x2D ? 2 : 0
    case UInt8(ascii: ";"), UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"),
      UInt8(ascii: "&"):
      signs.contains(.sign) ? 1 : 0
    case UInt8(ascii: "?"), UInt8(ascii: "!"): signs.contains(.mark) ? 1 : 0
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      signs.contains(.bracket) ? 1 : 0
    default: 0
    }
  }

  /// A comma or colon is cut off unless a digit follows: `1,000` and `10:30` stay whole.
  mutating func cutCommasAndColons() {
    var at = 0
    while at < count {
      guard bytes[at] == UInt8(ascii: ",") || bytes[at] == UInt8(ascii: ":") else {
        at += 1
        continue
      }
      let next = at + 1
      if next < count, !cuts[next], ScalarCategory(bytes.scalar(at: next).value).isDecimal {
        at = next
        continue
      }
      let isBeforeBlank = next < count && cuts[next]
      cut(at..<next)
      // As in the script, the character that follows is part of the match and is not examined again.
      at = next < count && !isBeforeBlank ? bytes.scalar(at: next).end : next
    }
    // The script's second rule: a comma or colon at the very end.
    if bytes[count - 1] == UInt8(ascii: ",") || bytes[count - 1] == UInt8(ascii: ":") { cut(count - 1..<count) }
  }

  /// Cuts off the last period, which closing signs may follow, unless another period is before it.
  mutating func cutFinalPeriod() {
    var end = count
    while end > 0, isSpace(before: end) { end = startOfScalar(before: end) }
    var at = end - 1
    while at > 0, !cuts[at], "])}>\"'".utf8.contains(bytes[at]) { at -= 1 }
    guard at > 0, bytes[at] == UInt8(ascii: "."), cuts[at] || bytes[at - 1] != UInt8(ascii: ".") else { return }
    cuts[at] = true
    cuts[end] = true
  }

  /// Whether there is white space at an index, in the text or inserted.
  func isSpace(at index: Int) -> Bool { isBlank(at: index) || isWhiteSpaceScalar(bytes.scalar(at: index).value) }

  private func isSpace(before index: Int) -> Bool {
    isWhiteSpaceScalar(bytes.scalar(at: startOfScalar(before: index)).value)
  }

  private func startOfScalar(before index: Int) -> Int {
    var start = index - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }
}
