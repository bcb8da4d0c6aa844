import SeqMetrics
import SeqText

/// Why marked parts of a text cannot become tags of its tokens.
struct SpanFault: Error {
  let message: String
  /// Whether smaller tokens would help.
  let isOfTokens: Bool

  init(_ message: String, isOfTokens: Bool = false) { (self.message, self.isOfTokens) = (message, isOfTokens) }

  func remedy(_ naming: SettingNames) -> String { isOfTokens ? naming.finerTokens : "a token has one tag" }
}

/// Marked parts of a text as tags of its tokens, and the other way round.
enum SpanTags {
  /// The tags of tokens that stand in a text at `ranges`.
  /// - Throws: if a part does not begin and end with a token, or overlaps another.
  static func tags(
    of spans: [LabelledSpan], tokens: [String], at ranges: [Range<Int>], scheme: TagScheme
  ) throws(SpanFault) -> [String] {
    var (found, next) = ([TagSpan](), 0)
    for span in spans.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      let name = "the span \(span.range.lowerBound)..<\(span.range.upperBound) (\(span.label))"
      if let last = found.last, ranges[last.end - 1].upperBound > span.range.lowerBound {
        throw SpanFault("\(name) overlaps the one before")
      }
      while next < ranges.count, ranges[next].upperBound <= span.range.lowerBound { next += 1 }
      let start = next
      while next < ranges.count, ranges[next].upperBound < span.range.upperBound { next += 1 }
      guard next < ranges.count else { throw SpanFault("\(name) ends behind the last token", isOfTokens: true) }
      let isExact =
        ranges[start].lowerBound == span.range.lowerBound && ranges[next].upperBound == span.range.upperBound
      guard isExact else {
        let token = ranges[start].lowerBound == span.range.lowerBound ? next : start
        throw SpanFault(
          "\(name) does not begin and end with a token: \"\(tokens[token])\" is at "
            + "\(ranges[token].lowerBound)..<\(ranges[token].upperBound)",
          isOfTokens: true)
      }
      found.append(TagSpan(start: start, end: next + 1, type: span.label))
      next += 1
    }
    return scheme.tags(of: found, count: tokens.count)
  }

  /// The marked parts of a text whose tokens stand at `ranges`.
  static func spans(of tags: [String], at ranges: [Range<Int>]) -> [LabelledSpan] {
    markedSpans(of: tags).map {
      LabelledSpan(ranges[$0.start].lowerBound..<ranges[$0.end - 1].upperBound, label: $0.type)
    }
  }
}
