public import SeqData

/// What a sequence is turned into: the tasks by their names in a config.
public enum SequenceTask: String, Sendable, CaseIterable {
  /// Many-to-one: one label for a sequence.
  case classification
  /// Many-to-many of equal length: one tag for each token.
  case tagging
  /// One-to-many: a text from a label or from nothing, token by token, each predicted from those before.
  case generation
  /// One-to-one: one label for a bag of tokens, by a feed-forward network.
  case oneToOne = "one-to-one"
  /// Many-to-many of unequal length: another sequence.
  case transduction

  /// Everything that is peculiar to the task. This is the only list of the tasks.
  var definition: any TaskDefinition {
    switch self {
    case .classification: ClassificationTask()
    case .tagging: TaggingTask()
    case .generation: GenerationTask()
    case .oneToOne: OneToOneTask()
    case .transduction: TransductionTask()
    }
  }
}

extension SequenceTask {
  /// Whether the answer is one label for a text.
  public var labelsTexts: Bool { definition.answers == .label }
  /// Whether the answer is a tag for each token.
  public var tagsTokens: Bool { definition.answers == .tags }
  /// Whether the answer is a text that the model makes up.
  public var makesTexts: Bool { definition.answers == .newText }
  /// Whether the answer is the text that another text is turned into.
  public var rewritesTexts: Bool { definition.answers == .otherText }
  /// Whether the answer is chosen from labels or tags of the training data.
  public var choosesLabels: Bool { labelsTexts || tagsTokens }
  /// What a record of the data must have.
  public var wanted: Wanted { definition.wanted }
}

/// The kinds of answers that a model gives.
enum AnswerKind {
  case label, tags, newText, otherText
}
