package import SeqCore
package import SeqModel
package import SeqRecords
package import SeqText

/// What is peculiar to the models of one task: what it wants of the data, how records become ids, which network reads them,
/// and what it keeps in a model's folder. How they are fitted and scored, `FittedTask` says; all else is the same for all
/// tasks.
///
/// There is one file a task, and one list of them: `SequenceTask.definition`.
package protocol TaskDefinition: Sendable {
  associatedtype Net: Network

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

  /// Whether only a part of a text is read that is longer than `ModelSettings.longestText`.
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
  func targetTokenizer(_ config: ModelConfig) throws(SeqError) -> Tokenizer?

  // MARK: The network

  /// The network that a config asks for, for what the encoder knows.
  func network(_ config: ModelConfig, _ encoder: SequenceEncoder) -> Net

  // MARK: Files

  /// Reads the parts of an encoder that the task has in a model's folder.
  func readEncoder(
    from files: EncoderFiles, _ config: ModelConfig, _ tokenizer: Tokenizer, _ vocabulary: Vocabulary
  ) throws(SeqError) -> SequenceEncoder
  /// Writes them.
  func writeAnswers(of encoder: SequenceEncoder, to folder: String) throws(SeqError)
}

extension TaskDefinition {
  package var labelling: (any LabellingTask)? { nil }
  package var usualTokenizer: TokenizerSettings.Kind { .word }
  package var usualModel: ModelSettings { ModelSettings() }
  package var readsStartOfLongTexts: Bool { false }

  package func extraSymbols(_ encoder: SequenceEncoder) -> Int { 0 }
  package func answers(of record: Record, _ encoder: SequenceEncoder) -> [String] { [record.label ?? ""] }
  package func isSequence(_ ids: ArraySlice<Int32>) -> Bool { true }
  package func isLeftOut(_ record: Record, _ encoder: SequenceEncoder) -> Bool { false }
  package func targetTokenizer(_ config: ModelConfig) throws(SeqError) -> Tokenizer? { nil }
}

/// A task that a `SequenceModel` learns: classes are predicted, of sequences or of tokens.
package protocol LabellingTask: TaskDefinition where Net == SequenceModel {}

extension LabellingTask {
  package var labelling: (any LabellingTask)? { self }

  package func classes(_ encoder: SequenceEncoder) -> Int { encoder.labels.count }

  /// Adds the label of a record.
  package func appendLabel(of record: Record, _ encoder: SequenceEncoder, to buffer: inout SequenceBuffer) {
    buffer.labels.append(record.label.map { encoder.labels.id(of: $0) ?? SequenceBuffer.unseen } ?? -1)
  }

  package func network(_ config: ModelConfig, _ encoder: SequenceEncoder) -> SequenceModel {
    SequenceModel(
      topology: topology, settings: config.model, vocabularySize: encoder.inputCount, classes: encoder.classCount,
      labels: encoder.sequenceLabels?.count ?? 0,
      featureRows: encoder.features?.rows(config.model.features, words: encoder.vocabulary.count) ?? [])
  }

  package func readEncoder(
    from files: EncoderFiles, _ config: ModelConfig, _ tokenizer: Tokenizer, _ vocabulary: Vocabulary
  ) throws(SeqError) -> SequenceEncoder {
    SequenceEncoder(
      config, tokenizer: tokenizer, vocabulary: vocabulary, labels: try files.readLabels(EncoderFiles.labels),
      sequenceLabels: try files.readSequenceLabels(config), features: try files.readFeatures(config))
  }

  package func writeAnswers(of encoder: SequenceEncoder, to folder: String) throws(SeqError) {
    try FileSystem.write(encoder.labels.text(), to: folder + "/" + EncoderFiles.labels)
    guard let labels = encoder.sequenceLabels else { return }
    try FileSystem.write(labels.text(), to: folder + "/" + EncoderFiles.sequenceLabels)
  }
}
