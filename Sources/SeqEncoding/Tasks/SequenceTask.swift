package import SeqRecords

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

  /// What is peculiar to models of the task. This list and that of `SequenceTask.fit` are the only ones.
  package var definition: any TaskDefinition {
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
  /// What other tools call the tasks.
  package static let otherNames = [
    "ner": "tagging", "pos": "tagging", "chunking": "tagging", "tagger": "tagging", "sequence-labeling": "tagging",
    "sequence-labelling": "tagging", "sequence_labeling": "tagging", "sequence_labelling": "tagging",
    "token-classification": "tagging", "token_classification": "tagging", "slot-filling": "tagging", "srl": "tagging",
    "classifier": "classification", "text-classification": "classification", "text_classification": "classification",
    "textcat": "classification", "sentiment": "classification", "sentiment-analysis": "classification",
    "sequence-classification": "classification", "intent": "classification", "many-to-one": "classification",
    "seq2seq": "transduction", "translation": "transduction", "nmt": "transduction", "g2p": "transduction",
    "sequence-to-sequence": "transduction", "summarization": "transduction", "encoder-decoder": "transduction",
    "lm": "generation", "language-model": "generation", "language_model": "generation",
    "language-modeling": "generation", "language_modeling": "generation", "text-generation": "generation",
    "generator": "generation", "fasttext": "one-to-one", "bow": "one-to-one", "bag-of-words": "one-to-one",
    "one-to-many": "generation", "many-to-many": "tagging",
  ]

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
  package var wanted: Wanted { definition.wanted }
}

/// The kinds of answers that a model gives.
package enum AnswerKind {
  case label, tags, newText, otherText
}
