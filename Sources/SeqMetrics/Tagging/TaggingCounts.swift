public import SeqTags

/// The counts behind the scores of a tagger: tokens, whole sequences and, if the tags mark spans, spans in both senses.
public struct TaggingCounts: Sendable, Equatable {
  /// The scheme of the tags; `nil` if they mark no spans, such as parts of speech.
  public let scheme: TagScheme?
  /// Tokens as examples of tags.
  public private(set) var tokens: ClassificationCounts
  /// Spans as the CoNLL script counts them; `nil` if the tags mark none.
  public private(set) var spans: SpanCounts?
  /// Well-formed spans only; `nil` if the tags mark none.
  public private(set) var strictSpans: SpanCounts?
  /// How many sequences were counted.
  public private(set) var sequences = 0
  /// How many sequences had every tag right.
  public private(set) var correctSequences = 0
  private let table: TagTable

  /// Counts of nothing.
  ///
  /// - Parameters:
  ///   - tags: the model's tags by id.
  ///   - unseenTags: further tags of the gold data, whose ids follow the model's. Their spans count as gold ones
  ///     although they cannot be found. A gold id that is in neither list, such as −1, is an error of its token, but no
  ///     span.
  ///   - scheme: how tags mark spans; `nil` for no spans.
  public init(tags: [String], unseenTags: [String] = [], scheme: TagScheme?) {
    self.scheme = scheme
    tokens = ClassificationCounts(classes: tags.count)
    table = TagTable(names: tags + unseenTags)
    if let scheme { (spans, strictSpans) = (SpanCounts(), SpanCounts(sense: .strict(scheme))) }
  }

  /// Counts of nothing; they include spans if the model's tags look like those of a scheme. Spans of bare prefixes, as
  /// in word segmentation, are words.
  public init(tags: [String], unseenTags: [String] = []) {
    self.init(tags: tags, unseenTags: unseenTags, scheme: TagGrammar.detect(tags))
  }

  /// Counts one sequence, given by tag ids.
  ///
  /// - Precondition: there are as many predicted as gold ids, and the predicted ones are the model's.
  public mutating func add(gold: [Int], predicted: [Int]) {
    precondition(gold.count == predicted.count, "a predicted tag a token")
    for (label, guess) in zip(gold, predicted) { tokens.add(label: label, predicted: guess) }
    sequences += 1
    correctSequences += gold == predicted ? 1 : 0
    guard scheme != nil else { return }
    let (gold, predicted) = (table.parsed(gold), table.parsed(predicted))
    spans?.add(gold: gold, predicted: predicted, types: table.types)
    strictSpans?.add(gold: gold, predicted: predicted, types: table.types)
  }

  /// Counts one sequence, given by tag ids of any integer type, such as a part of a flat array.
  ///
  /// - Precondition: as for `add(gold:predicted:)` with `[Int]`.
  @inlinable
  public mutating func add(gold: some Collection<some BinaryInteger>, predicted: some Collection<some BinaryInteger>) {
    add(gold: gold.map { Int(truncatingIfNeeded: $0) }, predicted: predicted.map { Int(truncatingIfNeeded: $0) })
  }

  /// Adds the counts of another shard.
  ///
  /// - Precondition: both count the same model's tags.
  public mutating func merge(_ other: TaggingCounts) {
    precondition(scheme == other.scheme && table == other.table, "tags of different models")
    tokens.merge(other.tokens)
    if let others = other.spans { spans?.merge(others) }
    if let others = other.strictSpans { strictSpans?.merge(others) }
    sequences += other.sequences
    correctSequences += other.correctSequences
  }

  /// Sequences with every tag right ÷ sequences, in 0…1; 0 without sequences.
  public var sequenceAccuracy: Double { ratio(correctSequences, sequences) }

  /// With spans: accuracy (of tokens), the spans' scores (f1, precision, recall, macro, micro, weighted), strictF1,
  /// strictPrecision, strictRecall. Without: the tokens' scores as a classifier's. Last, sequenceAccuracy.
  public func scores() -> [(name: String, value: Double)] {
    let end = Self.rules.flatMap { $0.values(self) }
    guard let spans, let strictSpans else { return tokens.scores() + end }
    return [("accuracy", tokens.accuracy)] + spans.scores() + strictSpans.scores() + end
  }

  /// The scores that concern neither tokens nor spans.
  static let rules: [ScoreRule<TaggingCounts>] = [
    ScoreRule(Metric("sequenceAccuracy", "share of sequences with every tag right")) { $0.sequenceAccuracy }
  ]
  static let metrics = rules.flatMap(\.metrics)
}
