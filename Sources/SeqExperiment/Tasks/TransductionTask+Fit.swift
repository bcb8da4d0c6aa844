package import SeqCore
package import SeqEncoding
import SeqModel
package import SeqRecipes
package import SeqRecords
package import SeqTensor
import SeqText

extension TransductionTask: FittedTask {
  package func prepare(
    _ config: ExperimentConfig, _ team: WorkerTeam, note: (String) -> Void
  ) throws(SeqError) -> PreparedData<TransductionEvaluator> {
    let records = try LoadedData(config)
    let learned = try EncoderLearning.encoder(of: records.train, config, team)
    let encoder = learned.encoder
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
      learned: learned, train: train, dev: part(records.dev, config.data.dev),
      test: part(records.test, config.data.test))
  }

  /// A text is cut after half as many tokens again as the longest target had, unless the config says when.
  package func settle(
    _ config: inout ExperimentConfig, _ learned: LearnedEncoder, _ train: EncodedDataset, _ hooks: Experiment.Hooks
  ) throws(SeqError) {
    if config.inference.maximumLength == nil { config.inference.maximumLength = Self.maximumLength(train) }
  }

  private static func maximumLength(_ train: EncodedDataset) -> Int {
    let longest = (0..<train.count).reduce(1) { max($0, train.labelCount($1) - 1) }
    return longest + (longest + 1) / 2
  }

  /// What is written is judged by its errors.
  package func defaultMetric(_ encoder: SequenceEncoder) -> String { "wordErrorRate" }

  package func recipe(_ profile: DataProfile) -> FitRecipe { FitRecipe(body: OtherRecipes.transducer) }

  package var purpose: String { "turns a line of text into another" }

  package func layers(_ config: ExperimentConfig) -> String {
    let (model, own) = (config.model, config.model.decoder)
    return config.recurrentLayers
      + "; decoder of \(own.layers ?? model.layers) × \((own.cell ?? model.cell).rawValue) of "
      + "\(model.decoderUnits), attention \(own.attention.rawValue)"
  }

  package func limits(_ config: ExperimentConfig, _ encoder: SequenceEncoder) -> String {
    """
    It writes \(encoder.target?.vocabulary.entries.count ?? 0) tokens, and texts of at most \
    \(config.inference.decoding.maximumLength) of them. It also writes something \
    for texts unlike those it was trained on.
    """
  }
}
