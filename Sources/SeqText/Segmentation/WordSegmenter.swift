/// Default word boundaries: UAX #29, rules WB1–WB999, over valid UTF-8.
///
/// The segmenter reads one scalar at a time. It remembers the class of the last scalar that WB4 does not skip (`last`),
/// and that of the last scalar of any kind (`adjacent`). Rules that look two scalars ahead (WB6, WB7b, WB12) read the
/// middle scalar and the one after it in one step, so that their second halves (WB7, WB7c, WB11) need no memory.
package struct WordSegmenter {
  private let bytes: [UInt8]
  private let table = WordBreakEntry.all
  private let ascii = WordBreakEntry.ascii

  /// - Parameter bytes: the UTF-8 of a `String`.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Calls `body` with every segment that is not only white space, in order.
  func forEachWord(_ body: (Range<Int>) -> Void) {
    var start = 0
    while start < bytes.count {
      let end = boundary(after: start)
      if !isBlank(start..<end) { body(start..<end) }
      start = end
    }
  }

  private func isBlank(_ segment: Range<Int>) -> Bool {
    let first = bytes[segment.lowerBound]
    if first > 0x20 && first < 0x80 { return false }
    return bytes.isWhiteSpace(in: segment)
  }

  /// The first boundary after another one.
  package func boundary(after start: Int) -> Int {
    var (entry, end) = next(start)
    var last = entry.wordBreakClass
    if last.isLineEnd { return endOfLineEnd(last, end) }  // WB3, WB3a
    var adjacent = last
    var indicators = last == .regionalIndicator ? 1 : 0
    while end < bytes.count {
      if last.isWordCore {
        end = endOfASCIIRun(end, &last, &adjacent)
        if end == bytes.count { break }
      }
      let after: Int
      (entry, after) = next(end)
      let this = entry.wordBreakClass
      if this.isTransparent {  // WB4
        (adjacent, end) = (this, after)
        continue
      }
      // Bridges come first: in א'א the quote joins by WB7a, but only the bridge of WB6 joins the letter after it.
      var (landed, landing) = (this, after)
      if let far = bridge(last, this, after) {
        (landed, landing) = far
      } else if !joins(adjacent, entry) && !joins(last, this, indicators: indicators) {
        return end  // WB3b, WB999
      }
      if landed == .regionalIndicator { indicators += 1 }
      (last, adjacent, end) = (landed, landed, landing)
    }
    return end
  }

  /// Skips ASCII letters, digits and `_`, which all join.
  @inline(__always)
  private func endOfASCIIRun(_ start: Int, _ last: inout WordBreakClass, _ adjacent: inout WordBreakClass) -> Int {
    var end = start
    while end < bytes.count, bytes[end] < 0x80 {
      let this = WordBreakEntry(byte: ascii[Int(bytes[end])]).wordBreakClass
      guard this.isWordCore else { break }
      (last, adjacent) = (this, this)
      end += 1
    }
    return end
  }

  @inline(__always)
  private func next(_ index: Int) -> (WordBreakEntry, Int) {
    if bytes[index] < 0x80 { return (WordBreakEntry(byte: ascii[Int(bytes[index])]), index + 1) }
    let (value, end) = bytes.scalar(at: index)
    return (WordBreakEntry(byte: table[value]), end)
  }

  private func endOfLineEnd(_ class: WordBreakClass, _ end: Int) -> Int {
    let isPair = `class` == .carriageReturn && end < bytes.count && bytes[end] == 0x0A
    return isPair ? end + 1 : end
  }

  /// The rules about immediate neighbours: WB3c and WB3d.
  private func joins(_ adjacent: WordBreakClass, _ next: WordBreakEntry) -> Bool {
    if adjacent == .zeroWidthJoiner { return next.isPictographic }
    return adjacent == .whiteSpaceSegment && next.wordBreakClass == .whiteSpaceSegment
  }

  /// The rules about two scalars in the sense of WB4.
  private func joins(_ last: WordBreakClass, _ next: WordBreakClass, indicators: Int) -> Bool {
    switch next {
    case .aLetter, .hebrewLetter, .numeric: last.isWordCore  // WB5, WB8–WB10, WB13b
    case .katakana: last == .katakana || last == .extendNumLet  // WB13, WB13b
    case .extendNumLet: last.isWordCore || last == .katakana  // WB13a
    case .singleQuote: last == .hebrewLetter  // WB7a
    case .regionalIndicator: last == .regionalIndicator && indicators % 2 == 1  // WB15, WB16
    default: false
    }
  }

  /// The rules about three scalars: when `middle` joins both sides, the class and the end of the scalar after it.
  private func bridge(_ last: WordBreakClass, _ middle: WordBreakClass, _ end: Int) -> (WordBreakClass, Int)? {
    let letters = last.isLetter && (middle == .midLetter || middle.isMidNumLetQ)
    let quoted = last == .hebrewLetter && middle == .doubleQuote
    let digits = last == .numeric && (middle == .midNum || middle.isMidNumLetQ)
    guard letters || quoted || digits, let (far, after) = firstOpaque(end) else { return nil }
    let joined =
      letters && far.isLetter  // WB6, WB7
      || quoted && far == .hebrewLetter  // WB7b, WB7c
      || digits && far == .numeric  // WB11, WB12
    return joined ? (far, after) : nil
  }

  /// The class and the end of the next scalar that WB4 does not skip.
  private func firstOpaque(_ start: Int) -> (WordBreakClass, Int)? {
    var at = start
    while at < bytes.count {
      let (entry, end) = next(at)
      if !entry.wordBreakClass.isTransparent { return (entry.wordBreakClass, end) }
      at = end
    }
    return nil
  }
}
