/// What counts as a span if tags are not well-formed.
public enum SpanSense: Sendable, Hashable {
  /// As in the CoNLL evaluation script and seqeval's default mode: ill-formed tags get a meaning.
  ///
  /// An `I-X` or `E-X` after `O`, after the end of a span or after another type starts a span, and a span ends where it
  /// is not continued. Ends and single tokens are read as in seqeval, so BIOES and BMES need no conversion.
  case conlleval
  /// As in seqeval's strict mode: only spans that are well-formed in the scheme count.
  ///
  /// BIOES, BILOU and BMES only differ in letters, and all of their letters are accepted; a prefix that the scheme does
  /// not have counts as outside. In IOB1, a `B-X` span directly before `B-Y` is dropped, as in seqeval.
  case strict(TagScheme)
}

/// A span of tokens and its type.
public struct TagSpan: Sendable, Hashable {
  /// The first token.
  public let start: Int
  /// One past the last token.
  public let end: Int
  /// The text after the first `-` of the tags.
  public let type: String

  /// The span of tokens `start..<end`.
  public init(start: Int, end: Int, type: String) { (self.start, self.end, self.type) = (start, end, type) }
}

/// The spans of a sentence's tags, in order; they never overlap.
public func spans(of tags: [String], sense: SpanSense = .conlleval) -> [TagSpan] {
  var parser = TagParser()
  var scanner = SpanScanner(tags.map { parser.parse($0) }, sense: sense)
  var spans: [TagSpan] = []
  while let span = scanner.next() {
    spans.append(TagSpan(start: span.start, end: span.end, type: parser.types[Int(span.type)]))
  }
  return spans
}
