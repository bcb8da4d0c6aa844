import SeqTags

/// A score by its name: its meaning, which direction is better, and where it is shown.
///
/// Each metric is declared once, in the list of the counts that it is computed from, such as
/// `ClassificationCounts.rules`. All names, `training.metric` and the reports follow from these lists.
public struct Metric: Sendable, Hashable {
  /// What a score measures.
  public enum Basis: Sendable {
    /// Right and wrong answers.
    case answers
    /// Spans that tags mark.
    case spans
    /// Probabilities of answers.
    case probabilities
    /// The sentence label of a text with tags.
    case wholes
  }

  /// The name in `eval --json`, `metrics.json` and `training.metric`.
  public let name: String
  /// The meaning of the score, as a noun phrase.
  public let meaning: String
  /// Whether a higher score is better.
  public let isHigherBetter: Bool
  /// What it measures.
  public let basis: Basis
  /// Whether only `eval --json` lists it, because another score of the table says much the same.
  public let isDetail: Bool

  /// A metric; by default, higher is better.
  public init(
    _ name: String, _ meaning: String, isHigherBetter: Bool = true, basis: Basis = .answers, isDetail: Bool = false
  ) {
    (self.name, self.meaning, self.isHigherBetter) = (name, meaning, isHigherBetter)
    (self.basis, self.isDetail) = (basis, isDetail)
  }

  /// Every metric, in the order of the help: those for which higher is better come first.
  public static let all: [Metric] = {
    let all =
      ClassificationCounts.metrics + SpanCounts.metrics + TaggingCounts.metrics + JointCounts.metrics
      + TransductionCounts.metrics + LanguageModelCounts.metrics
    var known: Set<String> = []
    let distinct = all.filter { known.insert($0.name).inserted }
    return distinct.filter(\.isHigherBetter) + distinct.filter { !$0.isHigherBetter }
  }()

  /// The metric with a name; `nil` if the name is unknown.
  public init?(named name: String) {
    if let k = Metric.topK(name) {
      self = .topAccuracy(k)
    } else if let known = Metric.all.first(where: { $0.name == name }) {
      self = known
    } else {
      return nil
    }
  }

  /// The share of examples whose label is among the k most probable.
  public static func topAccuracy(_ k: Int) -> Metric {
    Metric(
      "top\(k)Accuracy", "share of examples whose label is among the \(k) most probable", basis: .probabilities,
      isDetail: k > 2)
  }

  /// The k of a name such as `top2Accuracy`, without leading zeros and from 1 on; `nil` for any other name.
  static func topK(_ name: String) -> Int? {
    guard name.hasPrefix("top"), name.hasSuffix("Accuracy") else { return nil }
    let digits = name.dropFirst("top".count).dropLast("Accuracy".count)
    guard let k = Int(digits), k > 0, String(k) == digits else { return nil }
    return k
  }
}

/// How scores follow from counts: one or more metrics that are computed together.
public struct ScoreRule<Counts>: Sendable {
  /// The metrics of the rule that do not depend on the counts.
  let metrics: [Metric]
  /// The values for some counts; empty if there is nothing to compute them from.
  let values: @Sendable (Counts) -> [(name: String, value: Double)]

  /// One metric; its value is `nil` if there is nothing to compute it from.
  init(_ metric: Metric, _ value: @escaping @Sendable (Counts) -> Double?) {
    metrics = [metric]
    values = { counts in value(counts).map { [(metric.name, $0)] } ?? [] }
  }

  /// F1, precision and recall, by names such as `macroF1`.
  init(
    _ prefix: String, _ meaning: String, basis: Metric.Basis = .answers, isDetail: Bool = false,
    _ score: @escaping @Sendable (Counts) -> ClassScore
  ) {
    func named(_ name: String) -> String { prefix.isEmpty ? name.lowercased() : prefix + name }
    let names = (f1: named("F1"), precision: named("Precision"), recall: named("Recall"))
    metrics = [(names.f1, "F1"), (names.precision, "precision"), (names.recall, "recall")].map {
      Metric($0, "\($1), \(meaning)", basis: basis, isDetail: isDetail)
    }
    values = { counts in
      let score = score(counts)
      return [(names.f1, score.f1), (names.precision, score.precision), (names.recall, score.recall)]
    }
  }

  /// Metrics whose number depends on the counts.
  init(_ metrics: [Metric], each values: @escaping @Sendable (Counts) -> [(name: String, value: Double)]) {
    (self.metrics, self.values) = (metrics, values)
  }
}

/// Counts from which rules compute scores.
public protocol ScoredCounts {
  /// How scores follow from the counts, in the order in which they are listed.
  static var rules: [ScoreRule<Self>] { get }
}

extension ScoredCounts {
  /// The metrics of the rules.
  public static var metrics: [Metric] { rules.flatMap(\.metrics) }

  /// All scores by the names of their metrics, in the order of the rules.
  public func scores() -> [(name: String, value: Double)] { Self.rules.flatMap { $0.values(self) } }
}
