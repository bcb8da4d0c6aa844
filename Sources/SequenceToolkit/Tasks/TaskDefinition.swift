import SeqCore
import SeqData
import SeqModel
import SeqRecipes
import SeqTensor
import SeqText
import SeqTraining

/// Everything that is peculiar to one task: what it wants of the data, how records become ids, which network learns them, how
/// that is scored, and what a model's folder and card say. All else is the same for all tasks.
///
/// There is one file a task, and one list of them: `SequenceTask.definition`.
protocol TaskDefinition: Sendable {
  associatedtype Net: Network
  associatedtype Part: ScoredPart where Part.Net == Net

  var name: SequenceTask { get }
  /// The kind of its answers.
  var answers: AnswerKind { get }
  /// What one answer is called: `label`, `tag` or `text`.
  var answer: String { get }
  /// The wiring of its networks.
  var topology: Topology { get }
  /// What a record must have.
  var wanted: Wanted { get }
  /// The task as one that a `SequenceModel` learns; nil for one that another network learns.
  var labelling: (any LabellingTask)? { get }

  // MARK: Defaults

  /// What cuts texts into tokens, if the config does not say.
  var usualTokenizer: TokenizerSettings.Kind { get }
  /// The network that a config asks for which says nothing of it.
  var usualModel: ModelSettings { get }

  // MARK: Encoding

  /// Whether only a part of a text is read that is longer than `Model.maximumTokens`.
  var readsStartOfLongTexts: Bool { get }
  /// Rows of the embedding behind those of the vocabulary.
  func extraSymbols(_ encoder: SequenceEncoder) -> Int
  /// What a prediction chooses from.
  func classes(_ encoder: SequenceEncoder) -> Int
  /// Adds a record: its tokens, and what should be predicted of it.
  /// - Returns: the tokens of its text.
  func encode(_ record: Record, _ encoder: SequenceEncoder, into buffer: inout SequenceBuffer) -> Int
  /// The answers that a record gives, by name.
  func answers(of record: Record, _ encoder: SequenceEncoder) -> [String]
  /// Whether the ids of a record are a sequence to learn from or to score.
  func isSequence(_ ids: ArraySlice<Int32>) -> Bool
  /// Whether a record is left out of the data, as `isSequence` tells of its ids.
  func isLeftOut(_ record: Record, _ encoder: SequenceEncoder) -> Bool
  /// What cuts targets into tokens; nil for a task without targets.
  func targetTokenizer(_ config: ExperimentConfig) throws(SeqError) -> Tokenizer?

  // MARK: Fitting

  /// Reads the data and turns it into ids.
  /// - Parameter note: is called with what a user may want to know.
  func prepare(
    _ config: ExperimentConfig, _ team: WorkerTeam, note: (String) -> Void
  ) throws(SeqError) -> PreparedData<Part>
  /// The network that a config asks for, for what the encoder knows.
  func network(_ config: ExperimentConfig, _ encoder: SequenceEncoder) -> Net
  /// Puts what the training data tells in the place of what the config leaves open.
  func settle(
    _ config: inout ExperimentConfig, _ encoder: SequenceEncoder, _ train: EncodedDataset, _ hooks: Experiment.Hooks
  ) throws(SeqError)
  /// The score that tells which epoch is best, if the config names none.
  func defaultMetric(_ encoder: SequenceEncoder) -> String

  /// The settings of a fit.
  func recipe(_ profile: DataProfile) -> FitRecipe

  // MARK: Files

  /// Reads the parts of an encoder that the task has in a model's folder.
  func readEncoder(
    from directory: ModelDirectory, _ config: ExperimentConfig, _ tokenizer: Tokenizer, _ vocabulary: Vocabulary
  ) throws(SeqError) -> SequenceEncoder
  /// Writes them.
  func writeAnswers(of encoder: SequenceEncoder, to folder: String) throws(SeqError)

  // MARK: The model's card

  /// What a model of the task does, after "A model that …".
  var purpose: String { get }
  /// The command that uses a model.
  func command(model name: String, _ encoder: SequenceEncoder) -> String
  /// The layers of a network.
  func layers(_ config: ExperimentConfig) -> String
  /// What a model of the task cannot do.
  func limits(_ config: ExperimentConfig, _ encoder: SequenceEncoder) -> String
}

extension TaskDefinition {
  var labelling: (any LabellingTask)? { nil }
  var usualTokenizer: TokenizerSettings.Kind { .word }
  var usualModel: ModelSettings { ModelSettings() }
  var readsStartOfLongTexts: Bool { false }

  func extraSymbols(_ encoder: SequenceEncoder) -> Int { 0 }
  func answers(of record: Record, _ encoder: SequenceEncoder) -> [String] { [record.label ?? ""] }
  func isSequence(_ ids: ArraySlice<Int32>) -> Bool { true }
  func isLeftOut(_ record: Record, _ encoder: SequenceEncoder) -> Bool { false }
  func targetTokenizer(_ config: ExperimentConfig) throws(SeqError) -> Tokenizer? { nil }

  func settle(
    _ config: inout ExperimentConfig, _ encoder: SequenceEncoder, _ train: EncodedDataset, _ hooks: Experiment.Hooks
  ) throws(SeqError) {}

  func command(model name: String, _ encoder: SequenceEncoder) -> String { "seqtool tag --model \(name) < lines.txt" }
}

/// The settings of a fit: its sections beside `data`, as lines of JSON that end with commas, and further members of `data`.
struct FitRecipe {
  var body: String
  var data: [String] = []
}

/// A task that a `SequenceModel` learns: classes are predicted, of sequences or of tokens.
protocol LabellingTask: TaskDefinition where Net == SequenceModel, Part == Evaluator {
  /// Scores a network.
  /// - Parameter isQuick: whether the network's own scores, without the linear model's, may be left out.
  func evaluate(_ data: Evaluator, _ predictor: Predictor, isQuick: Bool) -> Evaluation
}

extension LabellingTask {
  var labelling: (any LabellingTask)? { self }

  func classes(_ encoder: SequenceEncoder) -> Int { encoder.labels.count }

  /// Adds the label of a record.
  func appendLabel(of record: Record, _ encoder: SequenceEncoder, to buffer: inout SequenceBuffer) {
    buffer.labels.append(record.label.map { encoder.labels.id(of: $0) ?? SequenceBuffer.unseen } ?? -1)
  }

  func network(_ config: ExperimentConfig, _ encoder: SequenceEncoder) -> SequenceModel {
    SequenceModel(
      topology: topology, settings: config.model, vocabularySize: encoder.inputCount, classes: encoder.classCount,
      labels: encoder.sequenceLabels?.count ?? 0,
      inputRows: encoder.views?.rows(config.model.inputs, words: encoder.vocabulary.count) ?? [])
  }

  func evaluate(_ data: Evaluator, _ predictor: Predictor, isQuick: Bool) -> Evaluation {
    data.compare(predictor, isQuick: isQuick)
  }

  func defaultMetric(_ encoder: SequenceEncoder) -> String { "accuracy" }

  func readEncoder(
    from directory: ModelDirectory, _ config: ExperimentConfig, _ tokenizer: Tokenizer, _ vocabulary: Vocabulary
  ) throws(SeqError) -> SequenceEncoder {
    SequenceEncoder(
      config, tokenizer: tokenizer, vocabulary: vocabulary, labels: try directory.readLabels(ModelDirectory.labels),
      sequenceLabels: try directory.readSequenceLabels(config), views: try directory.readViews(config))
  }

  func writeAnswers(of encoder: SequenceEncoder, to folder: String) throws(SeqError) {
    try FileSystem.write(encoder.labels.text(), to: folder + "/" + ModelDirectory.labels)
    guard let labels = encoder.sequenceLabels else { return }
    try FileSystem.write(labels.text(), to: folder + "/" + ModelDirectory.sequenceLabels)
  }

  func limits(_ config: ExperimentConfig, _ encoder: SequenceEncoder) -> String {
    let names = encoder.labels.labels.map { "`\($0)`" }.joined(separator: ", ")
    return """
      It knows \(encoder.labels.count) \(answer)s: \(names). Texts unlike those it was trained on get one of them all the \
      same.
      """
  }
}
