/// English tokens in the style of the Penn Treebank: the rules of Robert MacIntyre's sed script (1995), as NLTK's
/// `TreebankWordTokenizer` applies them, over valid UTF-8.
///
/// The rules of the script insert spaces into the text, one rule after the other, and later rules see the spaces of
/// earlier ones. Here an inserted space is a cut before a byte, so every token keeps its range. A line counts as one
/// sentence: only its last period is split off.
struct PennSegmenter {
  /// The direction of a quote mark.
  enum Quote { case opening, closing }

  let bytes: [UInt8]
  let count: Int
  /// Whether a token starts at each byte, or at the end: the inserted spaces.
  var cuts: [Bool]
  /// Opening quote marks: the position and the number of bytes.
  private var openings: [Int: Int] = [:]

  /// Applies the rules to a line.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    count = bytes.count
    cuts = [Bool](repeating: false, count: bytes.count + 1)
    guard count > 0 else { return }
    cutOpeningQuotes()
    cutCommasAndColons()
    cut(around: [.ellipsis, .sign])
    cutFinalPeriod()
    cut(around: [.mark])
    cutApostrophes()
    cut(around: [.bracket, .dashes])
    (cuts[0], cuts[count]) = (true, true)
    cutClosingQuotes()
    cutContractions()
  }

  /// Calls `body` in order with the range of each token and, for quote marks, the direction.
  func forEachToken(_ body: (Range<Int>, Quote?) -> Void) {
    var (start, at) = (0, 0)
    func end(_ end: Int) { if start < end { body(start..<end, quote(start..<end)) } }
    while at < count {
      if cuts[at] {
        end(at)
        start = at
      }
      let (value, after) = bytes.scalar(at: at)
      if isWhiteSpaceScalar(value) {
        end(at)
        start = after
      }
      at = after
    }
    end(count)
  }

  private func quote(_ range: Range<Int>) -> Quote? {
    if openings[range.lowerBound] == range.count { return .opening }
    return range.count == 1 && bytes[range.lowerBound] == 0x22 ? .closing : nil
  }

  // MARK: What stands at a place

  /// The byte at an index, 0 outside.
  @inline(__always)
  func byte(_ index: Int) -> UInt8 { index >= 0 && index < count ? bytes[index] : 0 }

  /// Whether there is a space right before an index, in the text or inserted. Other white space does not count, as in
  /// the script.
  func isBlank(before index: Int) -> Bool { index <= 0 || cuts[index] || bytes[index - 1] == 0x20 }

  /// Whether there is a space at an index, in the text or inserted.
  func isBlank(at index: Int) -> Bool { index >= count || cuts[index] || bytes[index] == 0x20 }

  mutating func cut(_ range: Range<Int>) { (cuts[range.lowerBound], cuts[range.upperBound]) = (true, true) }

  // MARK: Quotes

  /// A quote mark at the beginning, after a space or after an opening bracket is an opening one.
  private mutating func cutOpeningQuotes() {
    var at = 0
    var found: [Range<Int>] = []
    // Characters that are part of a match are not examined again.
    var taken = 0
    while at < count {
      let sign = bytes[at]
      let isPair = byte(at + 1) == sign
      if sign == 0x60, isPair {
        cut(at..<at + 2)
        at += 2
        continue
      }
      let width = sign == 0x22 ? 1 : sign == 0x27 && isPair ? 2 : 0
      let isFirst = at == 0 && sign == 0x22
      let follows = at > 0 && (cuts[at] || at > taken && opens(at))
      if width > 0, isFirst || follows {
        found.append(at..<at + width)
        // The first rule inserts spaces around it at once.
        if isFirst { cut(at..<at + width) } else { taken = at + width }
        at += width
      } else {
        at += 1
      }
    }
    for range in found {
      openings[range.lowerBound] = range.count
      cut(range)
    }
  }

  private func opens(_ index: Int) -> Bool {
    switch bytes[index - 1] {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"): true
    default: isBlank(before: index)
    }
  }

  private mutating func cutClosingQuotes() {
    var at = 0
    while at < count {
      if openings[at] != nil {
        at += openings[at] ?? 1
      } else if bytes[at] == 0x22 {
        cut(at..<at + 1)
        at += 1
      } else if bytes[at] == 0x27, byte(at + 1) == 0x27, !cuts[at + 1] {
        cut(at..<at + 2)
        at += 2
      } else {
        at += 1
      }
    }
  }
}
