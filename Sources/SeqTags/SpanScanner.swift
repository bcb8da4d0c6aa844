/// Finds the spans of a sentence, one after the other.
package struct SpanScanner {
  /// Tokens `start..<end` and the type's number.
  package struct Found: Equatable {
    package var start: Int
    package var end: Int
    package var type: Int32
  }

  private let tags: [ParsedTag]
  private let sense: SpanSense
  private var position = 0

  package init(_ tags: [ParsedTag], sense: SpanSense) { (self.tags, self.sense) = (tags, sense) }

  package mutating func next() -> Found? {
    while position < tags.count {
      let start = position
      position += 1
      guard Self.starts(tags[start], after: start > 0 ? tags[start - 1] : .outside, sense) else { continue }
      while position < tags.count, Self.continues(tags[position], after: tags[position - 1], sense) { position += 1 }
      let following = position < tags.count ? tags[position] : .outside
      if ends(tags[position - 1], before: following) {
        return Found(start: start, end: position, type: tags[start].type)
      }
    }
    return nil
  }

  package static func starts(_ tag: ParsedTag, after previous: ParsedTag, _ sense: SpanSense) -> Bool {
    let isSameType = tag.type == previous.type
    switch (sense, tag.place) {
    case (_, .outside): return false
    case (.conlleval, .begin), (.conlleval, .single): return true
    case (.conlleval, _): return !isSameType || previous.place == .end || previous.place == .single
    case (.strict(.iob1), .inside): return !isSameType || previous.place != .inside
    case (.strict(.iob1), .begin): return isSameType && (previous.place == .begin || previous.place == .inside)
    case (.strict(.iob1), _): return false
    case (.strict(.iob2), let place): return place == .begin
    case (.strict, let place): return place == .begin || place == .single
    }
  }

  /// Whether a tag continues the span of the tag before it.
  package static func continues(_ tag: ParsedTag, after previous: ParsedTag, _ sense: SpanSense) -> Bool {
    guard tag.type == previous.type, previous.place == .begin || previous.place == .inside else { return false }
    switch sense {
    case .strict(.iob1), .strict(.iob2): return tag.place == .inside
    case .conlleval, .strict: return tag.place == .inside || tag.place == .end
    }
  }

  /// Whether a span that is not continued is complete.
  private func ends(_ last: ParsedTag, before following: ParsedTag) -> Bool {
    switch sense {
    case .conlleval, .strict(.iob2): true
    case .strict(.iob1): !(last.place == .begin && following.place == .begin && last.type != following.type)
    case .strict: last.place == .end || last.place == .single
    }
  }
}
