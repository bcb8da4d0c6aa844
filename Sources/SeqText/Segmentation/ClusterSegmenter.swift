/// Extended grapheme clusters: UAX #29, rules GB1–GB999, over valid UTF-8.
///
/// We do not use Swift's `Character`, because it follows the Unicode version of the installed library, and a line must
/// be split in the same way on every system. Except for CR LF, two ASCII bytes never share a cluster, so a run of ASCII
/// needs no lookup.
package struct ClusterSegmenter {
  private let bytes: [UInt8]

  /// - Parameter bytes: the UTF-8 of a `String`.
  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// Calls `body` with every cluster, in order.
  package func forEachCluster(_ body: (Range<Int>) -> Void) {
    var start = 0
    while start < bytes.count {
      let end = boundary(after: start)
      body(start..<end)
      start = end
    }
  }

  /// The first boundary after another one.
  @inline(__always)
  package func boundary(after start: Int) -> Int {
    guard bytes[start] < 0x80 else { return endOfCluster(start) }
    if start + 1 == bytes.count { return start + 1 }
    if bytes[start + 1] < 0x80 {
      return bytes[start] == 0x0D && bytes[start + 1] == 0x0A ? start + 2 : start + 1
    }
    return endOfCluster(start)
  }

  private func endOfCluster(_ start: Int) -> Int {
    let (value, first) = bytes.scalar(at: start)
    var end = first
    var state = ClusterState(GraphemeBreakEntry(value))
    while end < bytes.count {
      let (value, after) = bytes.scalar(at: end)
      guard state.joins(GraphemeBreakEntry(value)) else { break }
      end = after
    }
    return end
  }
}

/// What the rules remember about a cluster while it grows.
private struct ClusterState {
  private var last: GraphemeBreakEntry
  /// Regional indicators at the end of the cluster (GB12, GB13).
  private var indicators: Int
  /// Whether the cluster ends in a pictograph and extending scalars (GB11).
  private var endsInPictograph: Bool
  /// Whether it ends in a consonant, extending scalars and linkers, and whether there is a linker (GB9c).
  private var endsInConsonant: Bool, hasLinker = false

  init(_ first: GraphemeBreakEntry) {
    last = first
    indicators = first.breakClass == .regionalIndicator ? 1 : 0
    endsInPictograph = first.isPictographic
    endsInConsonant = first.conjunct == .consonant
  }

  /// Adds the next scalar if there is no boundary before it.
  mutating func joins(_ next: GraphemeBreakEntry) -> Bool {
    guard isJoined(next) else { return false }
    indicators = next.breakClass == .regionalIndicator ? indicators + 1 : 0
    if next.isPictographic {
      endsInPictograph = true
    } else if next.breakClass != .extend, next.breakClass != .zeroWidthJoiner {
      endsInPictograph = false
    }
    switch next.conjunct {
    case .consonant: (endsInConsonant, hasLinker) = (true, false)
    case .linker: hasLinker = true
    case .extend: break
    case .none: endsInConsonant = false
    }
    last = next
    return true
  }

  private func isJoined(_ next: GraphemeBreakEntry) -> Bool {
    if last.isControl || next.isControl {  // GB3–GB5
      return last.breakClass == .carriageReturn && next.breakClass == .lineFeed
    }
    switch next.breakClass {
    case .extend, .zeroWidthJoiner, .spacingMark: return true  // GB9, GB9a
    case _ where last.breakClass == .prepend: return true  // GB9b
    case _ where next.conjunct == .consonant && endsInConsonant && hasLinker: return true  // GB9c
    case _ where next.isPictographic: return last.breakClass == .zeroWidthJoiner && endsInPictograph  // GB11
    case .regionalIndicator: return indicators % 2 == 1  // GB12, GB13
    case .leading, .openSyllable, .closedSyllable: return last.breakClass == .leading  // GB6
    case .vowel: return [.leading, .vowel, .openSyllable].contains(last.breakClass)  // GB6, GB7
    case .trailing:  // GB7, GB8
      return [.vowel, .trailing, .openSyllable, .closedSyllable].contains(last.breakClass)
    default: return false
    }
  }
}
