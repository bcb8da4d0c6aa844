package import SeqConfig
public import SeqCore
public import SeqEncoding
public import SeqMetrics
import SeqModel
import SeqTags
public import SeqTraining

/// A model's scores on labelled data.
public struct Evaluation: Sendable {
  /// What was predicted.
  public let task: SequenceTask
  /// The model's labels or tags.
  public let labels: [String]
  /// Labels of the data that the model does not know; examples of them count as errors.
  public let unseenLabels: [String]
  /// Sequences that were scored.
  public let sequences: Int
  /// Tokens that were scored.
  public let tokens: Int
  /// −log p of the true labels that the model knows, in nats.
  public let likelihood: LanguageModelCounts
  /// Counts of a classifier's labels, or of a tagger's tags token by token; nil for a model that gives none.
  public let classification: ClassificationCounts?
  /// Counts of a tagger.
  public let tagging: TaggingCounts?
  /// Counts of the labels of whole texts beside their tags.
  public private(set) var joint: JointCounts?
  /// Counts of a model that writes.
  public private(set) var transduction: TransductionCounts?
  /// What models that are no network score on the same data, if the model was fitted beside one.
  public internal(set) var baseline: BaselineScores?
  /// The scores of the network without the linear model that goes with it, if one does.
  public internal(set) var networkScores: [Score]?
  /// The names of the symbols that these counts speak of, by number.
  private var symbolNames: [String] = []

  package init(
    task: SequenceTask, labels: [String], unseenLabels: [String], sequences: Int, tokens: Int,
    likelihood: LanguageModelCounts, classification: ClassificationCounts?, tagging: TaggingCounts?,
    joint: JointCounts? = nil, transduction: TransductionCounts? = nil, symbolNames: [String] = []
  ) {
    (self.task, self.labels, self.unseenLabels) = (task, labels, unseenLabels)
    (self.sequences, self.tokens, self.likelihood) = (sequences, tokens, likelihood)
    (self.classification, self.tagging, self.joint) = (classification, tagging, joint)
    (self.transduction, self.symbolNames) = (transduction, symbolNames)
  }

  /// Whether texts were scored by how probable they are, so that nothing is right or wrong.
  public var isOfTexts: Bool { task.makesTexts }

  /// What a symbol of `transduction` is called.
  public func symbolName(_ symbol: Int32) -> String { symbolNames[Int(symbol)] }

  /// Mean of −log p of the true label, in nats; nil if the model knows none of the labels.
  public var loss: Double? { likelihood.natsPerToken }

  /// All scores by name, the task's main one first.
  public var scores: [Score] {
    if isOfTexts { return likelihood.scores().map { Score($0.name, $0.value) } }
    let ofLabels = classification?.scores() ?? []
    var counted = transduction?.scores() ?? tagging?.scores() ?? ofLabels
    let known = Set(counted.map(\.name))
    counted += joint?.scores() ?? []
    // A tagger's own counts see tags only; what needs probabilities is counted beside them, token by token.
    counted += ofLabels.filter { Self.needsProbabilities($0.name) && !known.contains($0.name) }
    return (counted + likelihood.scores()).map { Score($0.name, $0.value) }
  }

  private static func needsProbabilities(_ name: String) -> Bool {
    Metric(named: name).map { $0.basis == .probabilities } ?? false
  }

  /// The main score of a task: accuracy, the F1 of spans, the loss of what generates texts, or the share of texts that were
  /// written with any error.
  public var mainScore: Score {
    if isOfTexts { return Score("loss", loss ?? 0) }
    let name = transduction != nil ? "wordErrorRate" : tagging?.spans == nil ? "accuracy" : "f1"
    return Score(name, scores[name] ?? 0)
  }

  /// The scores and, class by class, what they are made of, as one JSON object.
  public func json() throws(SeqError) -> String {
    var members: [(String, ConfigNode)] = scores.members
    members += [("sequences", .integer(sequences)), ("tokens", .integer(tokens))]
    if isOfTexts {
      members += [("characters", .integer(likelihood.characters)), ("labels", .array(labels.map(ConfigNode.string)))]
      return try JSONWriter.text(of: .object(members))
    }
    if let transduction { return try JSONWriter.text(of: .object(members + self.members(transduction))) }
    members.append(("classes", .object(classMembers)))
    members.append(("labels", .array(labels.map(ConfigNode.string))))
    if tagging == nil, let classification { members.append(confusion(classification)) }
    if let networkScores { members.append(("network", .object(networkScores.members))) }
    if let baseline {
      members.append(
        ("baseline", ["linear": .object(baseline.linear.members), "majority": .object(baseline.majority.members)]))
    }
    if !unseenLabels.isEmpty { members.append(("unseenLabels", .array(unseenLabels.map(ConfigNode.string)))) }
    return try JSONWriter.text(of: .object(members))
  }

  /// Labels whose confusion matrix is written in full.
  private static let mostInMatrix = 1_000

  /// The confusion matrix or, where it would be too large, its cells that are not 0.
  private func confusion(_ counts: ClassificationCounts) -> (String, ConfigNode) {
    if counts.classes <= Self.mostInMatrix {
      return ("confusion", .array(counts.confusionMatrix.map { .array($0.map(ConfigNode.integer)) }))
    }
    let cells = counts.pairs.map { ConfigNode.array([$0.truth, $0.predicted, $0.count].map { .integer($0) }) }
    return ("confusionCells", .array(cells))
  }

  private func members(_ counts: TransductionCounts) -> [(String, ConfigNode)] {
    let edits = counts.mostFrequentEdits(50, name: symbolName).map { edit -> ConfigNode in
      [
        "expected": edit.expected.map(ConfigNode.string) ?? .null,
        "found": edit.found.map(ConfigNode.string) ?? .null, "count": .integer(edit.count),
      ]
    }
    return [
      ("symbols", .integer(counts.symbols)), ("substitutions", .integer(counts.substitutions)),
      ("deletions", .integer(counts.deletions)), ("insertions", .integer(counts.insertions)),
      ("edits", .array(edits)),
    ]
  }

  private var classMembers: [(String, ConfigNode)] {
    let rows = tagging?.spans.map { $0.typeScores.map { ($0.type, $0.score) } }
    return (rows ?? Array(zip(labels, classification?.classScores ?? []))).map { name, score in
      (
        name,
        [
          "precision": .real(score.precision), "recall": .real(score.recall), "f1": .real(score.f1),
          "support": .integer(score.support),
        ]
      )
    }
  }
}

extension [Score] {
  /// By name, as the members of a JSON object.
  package var members: [(String, ConfigNode)] { map { ($0.name, .realOrNull($0.value)) } }
}
