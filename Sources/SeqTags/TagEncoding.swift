extension TagScheme {
  /// The tags of a sentence with these spans, which are in order and do not overlap; `O` elsewhere.
  ///
  /// A span with an empty type gets a bare prefix, such as `B`.
  public func tags(of spans: [TagSpan], count: Int) -> [String] {
    var tags = [String](repeating: "O", count: count)
    var last: TagSpan?
    for span in spans {
      let isAdjacent = last.map { $0.end == span.start && $0.type == span.type } ?? false
      for i in span.start..<span.end {
        let prefix = prefix(i - span.start, of: span.end - span.start, isAdjacent: isAdjacent)
        tags[i] = span.type.isEmpty ? prefix : prefix + "-" + span.type
      }
      last = span
    }
    return tags
  }

  /// The prefix of a span's token.
  /// - Parameter isAdjacent: whether the token before the span is in another span of the same type.
  private func prefix(_ place: Int, of length: Int, isAdjacent: Bool) -> String {
    let (isFirst, isLast) = (place == 0, place == length - 1)
    switch self {
    case .iob1: return isFirst && isAdjacent ? "B" : "I"
    case .iob2: return isFirst ? "B" : "I"
    case .bioes: return isFirst && isLast ? "S" : isFirst ? "B" : isLast ? "E" : "I"
    case .bilou: return isFirst && isLast ? "U" : isFirst ? "B" : isLast ? "L" : "I"
    case .bmes: return isFirst && isLast ? "S" : isFirst ? "B" : isLast ? "E" : "M"
    }
  }

  /// The first tag that marks no span and is not `O`, such as a part of speech.
  public static func firstWithoutSpan(in tags: [String]) -> String? {
    tags.first { $0 != "O" && ParsedTag.split($0) == nil }
  }
}

/// The spans that tags of any scheme mark, read as the CoNLL evaluation script does; the type of bare prefixes is empty.
public func markedSpans(of tags: [String]) -> [TagSpan] {
  spans(of: tags).map { span in
    let isBare = span.type == "_" && !tags[span.start].utf8.contains(UInt8(ascii: "-"))
    return isBare ? TagSpan(start: span.start, end: span.end, type: "") : span
  }
}
