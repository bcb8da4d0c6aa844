import SeqCore
import SeqData
import SeqModel
import SeqRecipes
import SeqTensor
import SeqText

/// Many-to-many of unequal length: an encoder reads a text and a decoder writes another.
struct TransductionTask: TaskDefinition {
  var name: SequenceTask { .transduction }
  var answers: AnswerKind { .otherText }
  var answer: String { "text" }
  var topology: Topology { .encoderDecoder }
  var wanted: Wanted { .target }
  var usualTokenizer: TokenizerSettings.Kind { .character }
  var readsStartOfLongTexts: Bool { true }

  func classes(_ encoder: SequenceEncoder) -> Int { encoder.target?.vocabulary.count ?? 0 }

  func encode(_ record: Record, _ encoder: SequenceEncoder, into buffer: inout SequenceBuffer) -> Int {
    let count = encoder.append(record, to: &buffer, limit: Model.maximumTokens)
    let start = buffer.labels.count
    if let target = encoder.target {
      target.tokenizer.forEachUTF8Token(in: record.target ?? "") { token, _ in
        guard buffer.labels.count - start < Model.maximumTokens else { return }
        buffer.labels.append(target.vocabulary.id(ofUTF8: token))
      }
    }
    buffer.labels.append(TargetRows.end)
    return count
  }

  func answers(of record: Record, _ encoder: SequenceEncoder) -> [String] { [record.target ?? ""] }

  func targetTokenizer(_ config: ExperimentConfig) throws(SeqError) -> Tokenizer? {
    try Tokenizer(config.targetTokenizer)
  }

  func network(_ config: ExperimentConfig, _ encoder: SequenceEncoder) -> TransductionModel {
    TransductionModel(
      settings: config.model, vocabularySize: encoder.vocabulary.count, targetSize: encoder.classCount)
  }

  func prepare(
    _ config: ExperimentConfig, _ team: WorkerTeam, note: (String) -> Void
  ) throws(SeqError) -> PreparedData<TransductionEvaluator> {
    let records = try LoadedData(config)
    let encoder = try EncoderLearning.encoder(of: records.train, config, team)
    let train = encoder.encode(records.train, from: config.data.train, team).data
    var decoding = config.inference.decoding
    if config.inference.maximumLength == nil { decoding.maximumLength = Self.maximumLength(train) }
    func part(_ records: [Record], _ file: String?) -> TransductionEvaluator? {
      guard let target = encoder.target, !records.isEmpty else { return nil }
      return TransductionEvaluator(
        encoder: encoder, target: target, records: records, from: file ?? config.data.train, decoding: decoding,
        team: team)
    }
    return PreparedData(
      encoder: encoder, train: train, dev: part(records.dev, config.data.dev),
      test: part(records.test, config.data.test))
  }

  /// A text is cut after half as many tokens again as the longest target had, unless the config says when.
  func settle(
    _ config: inout ExperimentConfig, _ encoder: SequenceEncoder, _ train: EncodedDataset, _ hooks: Experiment.Hooks
  ) throws(SeqError) {
    if config.inference.maximumLength == nil { config.inference.maximumLength = Self.maximumLength(train) }
  }

  private static func maximumLength(_ train: EncodedDataset) -> Int {
    let longest = (0..<train.count).reduce(1) { max($0, train.labelCount($1) - 1) }
    return longest + (longest + 1) / 2
  }

  /// What is written is judged by its errors.
  func defaultMetric(_ encoder: SequenceEncoder) -> String { "wordErrorRate" }

  func readEncoder(
    from directory: ModelDirectory, _ config: ExperimentConfig, _ tokenizer: Tokenizer, _ vocabulary: Vocabulary
  ) throws(SeqError) -> SequenceEncoder {
    let target = TargetSide(
      tokenizer: try Tokenizer(config.targetTokenizer),
      vocabulary: try directory.readVocabulary(
        ModelDirectory.targetTokens, entries: config.targetVocabulary.maximumSize))
    return SequenceEncoder(
      config, tokenizer: tokenizer, vocabulary: vocabulary, labels: LabelSet([]), target: target)
  }

  func writeAnswers(of encoder: SequenceEncoder, to folder: String) throws(SeqError) {
    guard let target = encoder.target else { return }
    try FileSystem.write(target.vocabulary.text(), to: folder + "/" + ModelDirectory.targetTokens)
    if let subwords = target.tokenizer.subwords {
      try FileSystem.write(subwords.text(), to: folder + "/" + ModelDirectory.targetSubwords)
    }
  }

  func recipe(_ profile: DataProfile) -> FitRecipe { FitRecipe(body: OtherRecipes.transducer) }

  var purpose: String { "turns a line of text into another" }

  func layers(_ config: ExperimentConfig) -> String {
    let (model, own) = (config.model, config.model.decoder)
    return config.recurrentLayers
      + "; decoder of \(own.layers ?? model.layers) × \((own.cell ?? model.cell).rawValue) of "
      + "\(model.decoderUnits), attention \(own.attention.rawValue)"
  }

  func limits(_ config: ExperimentConfig, _ encoder: SequenceEncoder) -> String {
    """
    It writes \(encoder.target?.vocabulary.entries.count ?? 0) tokens, and texts of at most \
    \(config.inference.decoding.maximumLength) of them. For texts unlike those it was trained on it writes something all \
    the same.
    """
  }
}
