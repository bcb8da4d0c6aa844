public import SeqBaseline
package import SeqConfig
public import SeqCore
import SeqData
public import SeqEncoding
import SeqMetrics
public import SeqModel
import SeqRecords
import SeqTensor
public import SeqText
public import SeqTraining

/// All that decides a fit: the task, the data, the network and how it is trained.
///
/// Read from one JSON or property-list file, or made in code: its keys are in docs/reference/config.md.
public struct ExperimentConfig: Sendable {
  /// What a sequence is turned into.
  public var task: SequenceTask { didSet { followTask(oldValue) } }
  /// Where the data is and how it is read.
  public var data: DataSettings
  /// How texts are cut into tokens.
  public var tokenizer: TokenizerSettings { didSet { data.reading.segmentation = tokenizer } }
  /// How raw text is cut, if that differs because the training data comes as tokens.
  public var rawText = RawTextSettings()
  /// Which tokens the model knows.
  public var vocabulary = VocabularySettings()
  /// How targets are cut into tokens, if texts are to be turned into others.
  public var targetTokenizer = TokenizerSettings()
  /// Which tokens the model writes.
  public var targetVocabulary = VocabularySettings()
  /// The shape of the network.
  public var model: ModelSettings { didSet { followModel() } }
  /// How it is fitted.
  public var training = TrainingSettings()
  /// How it is used.
  public var inference = InferenceSettings()
  /// What is fitted beside the network to be compared with it; nil for nothing.
  public var baseline: BaselineSettings?
  /// The name of the dev score that tells which epoch is best; nil for the task's own: see `Experiment`.
  public var metric: String?
  /// The folder of the model.
  public var output = "model"
  /// Where the user wrote what; nil if the config was made in code.
  package var origin: ConfigNode?

  /// The defaults of a task.
  ///
  /// - Parameters:
  ///   - task: what a sequence is turned into.
  ///   - train: the file, or folder of files, to learn from; its name tells the format.
  public init(task: SequenceTask, train: String) {
    self.task = task
    data = DataSettings(train: train)
    tokenizer = TokenizerSettings(kind: task.definition.usualTokenizer)
    model = task.definition.usualModel
    if task.rewritesTexts { targetTokenizer.kind = tokenizer.kind }
    data.reading.segmentation = tokenizer
    data.wanted = task.wanted
  }

  /// What the fitted model keeps of the config.
  package var fitted: ModelConfig {
    get {
      var fitted = ModelConfig(task: task)
      (fitted.texts, fitted.model, fitted.inference) = (data.texts, model, inference)
      (fitted.tokenizer, fitted.rawText, fitted.vocabulary) = (tokenizer, rawText, vocabulary)
      (fitted.targetTokenizer, fitted.targetVocabulary) = (targetTokenizer, targetVocabulary)
      return fitted
    }
    set {
      (data.texts, model, inference) = (newValue.texts, newValue.model, newValue.inference)
      (tokenizer, rawText, vocabulary) = (newValue.tokenizer, newValue.rawText, newValue.vocabulary)
      (targetTokenizer, targetVocabulary) = (newValue.targetTokenizer, newValue.targetVocabulary)
    }
  }

  /// Checks a config that was made or changed in code as a file is checked.
  ///
  /// - Throws: `.data` with every mistake at once, each with its path.
  public func check() throws(SeqError) { _ = try settled() }

  /// The config as a file of the same content gives it: what does not apply has no effect, and what follows from other
  /// settings follows from them.
  /// - Throws: as `check()`.
  package func settled() throws(SeqError) -> ExperimentConfig {
    var settled = try ExperimentConfig(node(), folder: "", cells: model.ownCells)
    (settled.origin, settled.data.memory) = (origin, data.memory)
    settled.rawText.cuts = rawText.cuts
    return settled
  }

  /// What a record must have follows from the task.
  private mutating func followTask(_ old: SequenceTask) {
    guard task != old else { return }
    data.wanted = task.wanted
    followModel()
  }

  /// What is read of the data follows from what the network looks at and learns.
  private mutating func followModel() {
    data.reading.columns.features = model.features.columns.map(\.column)
    if task.tagsTokens { data.wanted = model.sentenceLabel == nil ? .tags : .tagsAndLabel }
  }
}
