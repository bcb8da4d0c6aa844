import SeqConfig
public import SeqCore
public import SeqMetrics
public import SeqModel
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
  /// Counts of a classifier's labels, or of a tagger's tags token by token.
  public let classification: ClassificationCounts
  /// Counts of a tagger.
  public let tagging: TaggingCounts?

  /// Mean of −log p of the true label, in nats; nil if the model knows none of the labels.
  public var loss: Double? { likelihood.natsPerToken }

  /// All scores by name, the task's main one first.
  public var scores: [Score] {
    if task == .generation { return likelihood.scores().map { Score($0.name, $0.value) } }
    var counted = tagging?.scores() ?? classification.scores()
    let known = Set(counted.map(\.name))
    // A tagger's own counts see tags only; what needs probabilities is counted beside them, token by token.
    counted += classification.scores().filter { Self.needsProbabilities($0.name) && !known.contains($0.name) }
    return (counted + likelihood.scores()).map { Score($0.name, $0.value) }
  }

  private static func needsProbabilities(_ name: String) -> Bool {
    MetricName.topK(name) != nil || ["logLoss", "calibrationError"].contains(name)
  }

  /// The main score of a task: accuracy, the F1 of spans, or the loss of what generates texts.
  public var mainScore: Score {
    if task == .generation { return Score("loss", loss ?? 0) }
    let name = tagging?.spans == nil ? "accuracy" : "f1"
    return Score(name, scores[name] ?? 0)
  }

  /// The scores and, class by class, what they are made of, as one JSON object.
  public func json() throws(SeqError) -> String {
    var members: [(String, ConfigNode)] = scores.map { ($0.name, .realOrNull($0.value)) }
    members += [("sequences", .integer(sequences)), ("tokens", .integer(tokens))]
    if task == .generation {
      members += [("characters", .integer(likelihood.characters)), ("labels", .array(labels.map(ConfigNode.string)))]
      return try JSONWriter.text(of: .object(members))
    }
    members.append(("classes", .object(classMembers)))
    members.append(("labels", .array(labels.map(ConfigNode.string))))
    if tagging == nil {
      members.append(("confusion", .array(classification.confusionMatrix.map { .array($0.map(ConfigNode.integer)) })))
    }
    if !unseenLabels.isEmpty { members.append(("unseenLabels", .array(unseenLabels.map(ConfigNode.string)))) }
    return try JSONWriter.text(of: .object(members))
  }

  private var classMembers: [(String, ConfigNode)] {
    let rows = tagging?.spans.map { $0.typeScores.map { ($0.type, $0.score) } }
    return (rows ?? Array(zip(labels, classification.classScores))).map { name, score in
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
