public import SeqTags

/// Gold, predicted and correct spans by type. The counts add up over shards, and scores are computed at the very end.
///
/// A span is correct if its first token, last token and type all match a gold span.
public struct SpanCounts: Sendable, Equatable {
  /// The counts of one type.
  public struct TypeCounts: Sendable, Hashable {
    /// Spans in the gold tags.
    public internal(set) var gold = 0
    /// Spans in the predicted tags.
    public internal(set) var predicted = 0
    /// Spans in both.
    public internal(set) var correct = 0

    package mutating func merge(_ other: TypeCounts) {
      gold += other.gold
      predicted += other.predicted
      correct += other.correct
    }

    package var score: ClassScore { ClassScore(correct: correct, predicted: predicted, support: gold) }
  }

  /// What counts as a span.
  public let sense: SpanSense
  /// By type; always iterated in sorted order.
  private var counts: [String: TypeCounts] = [:]

  /// Counts of nothing.
  public init(sense: SpanSense = .conlleval) { self.sense = sense }

  /// Counts the spans of one sentence.
  ///
  /// - Precondition: there are as many predicted as gold tags.
  public mutating func add(gold: [String], predicted: [String]) {
    var parser = TagParser()
    let (gold, predicted) = (gold.map { parser.parse($0) }, predicted.map { parser.parse($0) })
    add(gold: gold, predicted: predicted, types: parser.types)
  }

  /// Counts the spans of one sentence, given by tag ids; an id outside of the table is outside of spans.
  ///
  /// - Precondition: there are as many predicted as gold ids.
  public mutating func add(gold: [Int], predicted: [Int], tags: TagTable) {
    add(gold: tags.parsed(gold), predicted: tags.parsed(predicted), types: tags.types)
  }

  /// Counts the spans of one sentence, given by tag ids of any integer type, such as a part of a flat array.
  ///
  /// - Precondition: there are as many predicted as gold ids.
  @inlinable
  public mutating func add(
    gold: some Collection<some BinaryInteger>, predicted: some Collection<some BinaryInteger>, tags: TagTable
  ) {
    let (gold, predicted) = (gold.map { Int(truncatingIfNeeded: $0) }, predicted.map { Int(truncatingIfNeeded: $0) })
    add(gold: gold, predicted: predicted, tags: tags)
  }

  /// Merges the spans of both in the order of their starts.
  package mutating func add(gold: [ParsedTag], predicted: [ParsedTag], types: [String]) {
    precondition(gold.count == predicted.count, "a predicted tag a token")
    var (goldSpans, predictedSpans) = (SpanScanner(gold, sense: sense), SpanScanner(predicted, sense: sense))
    var (truth, guess) = (goldSpans.next(), predictedSpans.next())
    while truth != nil || guess != nil {
      let (truthStart, guessStart) = (truth?.start ?? .max, guess?.start ?? .max)
      if let found = truth, found == guess {
        count(types[Int(found.type)], TypeCounts(gold: 1, predicted: 1, correct: 1))
        (truth, guess) = (goldSpans.next(), predictedSpans.next())
        continue
      }
      if let found = truth, truthStart <= guessStart {
        count(types[Int(found.type)], TypeCounts(gold: 1))
        truth = goldSpans.next()
      }
      if let found = guess, guessStart <= truthStart {
        count(types[Int(found.type)], TypeCounts(predicted: 1))
        guess = predictedSpans.next()
      }
    }
  }

  private mutating func count(_ type: String, _ more: TypeCounts) { counts[type, default: TypeCounts()].merge(more) }

  /// Adds the counts of another shard.
  ///
  /// - Precondition: both count spans in the same sense.
  public mutating func merge(_ other: SpanCounts) {
    precondition(sense == other.sense, "spans counted in different senses")
    for type in other.types { count(type, other[type]) }
  }
}

extension SpanCounts {
  /// The types that occur in gold or predicted spans, sorted.
  public var types: [String] { counts.keys.sorted() }

  /// The counts of a type; zeros for one that does not occur.
  public subscript(type: String) -> TypeCounts { counts[type] ?? TypeCounts() }

  /// The counts of all types together.
  public var total: TypeCounts { types.reduce(into: TypeCounts()) { $0.merge(self[$1]) } }

  /// Precision, recall, F1 and support (gold spans) of each type that occurs, sorted by name.
  public var typeScores: [(type: String, score: ClassScore)] { types.map { ($0, self[$0].score) } }

  /// Over all spans together: the figures that CoNLL reports. Zeros without spans.
  public var micro: ClassScore { total.score }

  /// The mean over the types that occur in gold or predicted spans; zeros without spans.
  public var macro: ClassScore { .macro(of: types.map { self[$0].score }) }

  /// The mean over types, weighted by gold spans; zeros without gold spans.
  public var weighted: ClassScore { .weighted(of: types.map { self[$0].score }, total: total.gold) }

  /// In conlleval's sense: f1, precision, recall (micro), then macro, micro and weighted averages, each as F1,
  /// precision and recall. In the strict sense: strictF1, strictPrecision, strictRecall (micro).
  public func scores() -> [(name: String, value: Double)] {
    (sense == .conlleval ? Self.rules : Self.strictRules).flatMap { $0.values(self) }
  }
}

extension SpanCounts {
  /// In conlleval's sense.
  package static let rules: [ScoreRule<SpanCounts>] = [
    ScoreRule("", "over all spans together, as in conlleval", basis: .spans) { $0.micro },
    ScoreRule("macro", "mean over the classes, or span types, that occur", basis: .spans, isDetail: true) { $0.macro },
    ScoreRule("micro", "over all spans together", basis: .spans, isDetail: true) { $0.micro },
    ScoreRule("weighted", "mean over span types, weighted by how often they are true", basis: .spans, isDetail: true) {
      $0.weighted
    },
  ]
  /// In the strict sense.
  package static let strictRules: [ScoreRule<SpanCounts>] = [
    ScoreRule("strict", "over spans that are well-formed in their scheme", basis: .spans) { $0.micro }
  ]
  /// In both senses.
  package static let metrics = (rules + strictRules).flatMap(\.metrics)
}
