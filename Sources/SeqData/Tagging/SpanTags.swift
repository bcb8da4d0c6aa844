import SeqRecords
import SeqTags
import SeqText

/// Why marked parts of a text cannot become tags of its tokens.
struct SpanFault: Error {
  /// What is wrong with a span.
  enum Kind {
    /// It does not begin and end with a token.
    case misaligned
    /// It overlaps another one.
    case overlap
    /// It was widened to a token of another one.
    case sharedToken
  }

  let kind: Kind
  let message: String
}

/// Converts marked parts of a text to tags of its tokens, and back.
enum SpanTags {
  /// The tags of tokens at `ranges` of a text.
  ///
  /// - Parameters:
  ///   - misaligned: how to treat a span that does not begin and end with a token.
  ///   - note: gets a note about each span that was changed or left out.
  /// - Throws: if a span does not fit the tokens, or overlaps another one.
  static func tags(
    of spans: [LabelledSpan], tokens: [String], at ranges: [Range<Int>], scheme: TagScheme,
    misaligned: MisalignedSpans = .refuse, note: (String) -> Void = { _ in }
  ) throws(SpanFault) -> [String] {
    var (found, next, last) = ([TagSpan](), 0, LabelledSpan?.none)
    for span in merged(spans, note) {
      while next < ranges.count, ranges[next].upperBound <= span.range.lowerBound { next += 1 }
      let touched = touched(by: span, ranges, from: next)
      let isExact =
        !touched.isEmpty && ranges[touched.lowerBound].lowerBound == span.range.lowerBound
        && ranges[touched.upperBound - 1].upperBound == span.range.upperBound
      if !isExact, misaligned == .skip || misaligned == .widen && touched.isEmpty {
        note("a span that does not begin and end with a token was left out")
        continue
      }
      if let last, last.range.upperBound > span.range.lowerBound {
        guard misaligned == .skip else { throw overlap(last, span) }
        note("a span that overlaps the one before was left out")
        continue
      }
      if !isExact, misaligned == .refuse { throw fault(span, touched, tokens, ranges) }
      if !isExact { note("a span was widened to whole tokens") }
      if let last, let end = found.last?.end, end > touched.lowerBound {
        throw SpanFault(
          kind: .sharedToken,
          message: "\(name(last)) and \(name(span)) share the token \"\(tokens[touched.lowerBound])\"")
      }
      found.append(TagSpan(start: touched.lowerBound, end: touched.upperBound, type: span.label))
      last = span
    }
    return scheme.tags(of: found, count: tokens.count)
  }

  /// The marked parts of a text whose tokens are at `ranges`.
  static func spans(of tags: [String], at ranges: [Range<Int>]) -> [LabelledSpan] {
    markedSpans(of: tags).map {
      LabelledSpan(ranges[$0.start].lowerBound..<ranges[$0.end - 1].upperBound, label: $0.type)
    }
  }

  /// The spans in order, without duplicates.
  private static func merged(_ spans: [LabelledSpan], _ note: (String) -> Void) -> [LabelledSpan] {
    var result: [LabelledSpan] = []
    for span in spans.inOrder {
      // Duplicates follow each other, with only spans of the same range between them.
      if result.reversed().prefix(while: { $0.range == span.range }).contains(span) {
        note("a duplicate span counts once")
      } else {
        result.append(span)
      }
    }
    return result
  }

  /// The tokens that a span touches.
  private static func touched(by span: LabelledSpan, _ ranges: [Range<Int>], from start: Int) -> Range<Int> {
    var end = start
    while end < ranges.count, ranges[end].lowerBound < span.range.upperBound { end += 1 }
    return start..<end
  }

  private static func name(_ span: LabelledSpan) -> String {
    "the span \(span.range.lowerBound)..<\(span.range.upperBound)" + (span.label.isEmpty ? "" : " (\(span.label))")
  }

  private static func overlap(_ one: LabelledSpan, _ other: LabelledSpan) -> SpanFault {
    let verb = one.range == other.range ? "is the same part as" : "overlaps"
    return SpanFault(kind: .overlap, message: "\(name(other)) \(verb) \(name(one))")
  }

  private static func fault(
    _ span: LabelledSpan, _ touched: Range<Int>, _ tokens: [String], _ ranges: [Range<Int>]
  ) -> SpanFault {
    guard let first = touched.first, let last = touched.last else {
      return SpanFault(kind: .misaligned, message: "\(name(span)) holds no token")
    }
    let token = ranges[first].lowerBound == span.range.lowerBound ? last : first
    return SpanFault(
      kind: .misaligned,
      message: "\(name(span)) does not begin and end with a token: \"\(tokens[token])\" is at "
        + "\(ranges[token].lowerBound)..<\(ranges[token].upperBound)")
  }
}

extension SpanFault {
  /// What the user can do.
  /// - Parameter cutting: how the text was split; nil if its tokens were given.
  func remedy(_ naming: SettingNames, of spans: [LabelledSpan], in text: String, cutting: TokenizerSettings?) -> String
  {
    switch kind {
    case .overlap: return "a token has one tag: keep one of the two spans; " + naming.skippedSpans
    case .sharedToken: return "a token has one tag: keep one of the two spans, or " + naming.misaligned
    case .misaligned:
      guard let cutting, let finer = Self.tokenizer(thatFits: spans, text, other: cutting.kind) else {
        return naming.misaligned
      }
      let cuts = naming.tokens(finer.rawValue).map { $0 + " cuts there; " } ?? ""
      return cuts + naming.misaligned
    }
  }

  /// A kind of tokenizer for which all spans of a text begin and end with a token.
  private static func tokenizer(
    thatFits spans: [LabelledSpan], _ text: String, other kind: TokenizerSettings.Kind
  ) -> TokenizerSettings.Kind? {
    [TokenizerSettings.Kind.word, .character].first { candidate in
      guard candidate != kind, let tokenizer = try? Tokenizer(TokenizerSettings(kind: candidate)) else { return false }
      let ranges = TokenRanges(cutting: text, tokenizer).ranges
      let (starts, ends) = (Set(ranges.map(\.lowerBound)), Set(ranges.map(\.upperBound)))
      return spans.allSatisfy { starts.contains($0.range.lowerBound) && ends.contains($0.range.upperBound) }
    }
  }
}

extension [LabelledSpan] {
  /// In the order of their starts, and of their ends and labels if those are equal.
  var inOrder: [LabelledSpan] {
    sorted {
      ($0.range.lowerBound, $0.range.upperBound, $0.label) < ($1.range.lowerBound, $1.range.upperBound, $1.label)
    }
  }
}
