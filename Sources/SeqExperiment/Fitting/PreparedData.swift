package import SeqCore
import SeqData
package import SeqEncoding
package import SeqRecords
package import SeqTensor
import SeqText
import SeqTraining

/// The data of a fit as ids, in memory or on disk; the ids are the same.
package struct PreparedData<Scored: ScoredData> {
  package let learned: LearnedEncoder
  package var encoder: SequenceEncoder { learned.encoder }
  package let train: EncodedDataset
  package var dev: Scored?
  package var test: Scored?
  /// What the config asks to be fitted beside the network; nil also if the data is on disk.
  package var linearModels: LinearModels?
  /// How long that took.
  package var baselineSeconds = 0.0
}

extension LabellingFit {
  package func prepare(
    _ config: ExperimentConfig, _ team: WorkerTeam, note: (String) -> Void
  ) throws(SeqError) -> PreparedData<Evaluator> {
    if config.data.isStream { return try prepareStreams(config, team) }
    if config.data.isOnDisk { return prepared(try CorpusCache(config).open(team, note: note)) }
    let records = try LoadedData(config)
    var learned = try EncoderLearning.encoder(of: records.train, config, team)
    let started = ContinuousClock.now
    let linearModels = LinearModels.fit(config, learned.encoder, records.train, team)
    let (seconds, attoseconds) = (ContinuousClock.now - started).components
    // The training data goes without: the linear model has it by heart, and would leave nothing to learn.
    let train = learned.encoder.encode(records.train, from: config.data.train, team).data
    learned.encoder = learned.encoder.adding(linearModels, config.inference)
    let encoder = learned.encoder
    func part(_ records: [Record], _ file: String?) -> Evaluator? {
      if records.isEmpty { return nil }
      var evaluator = Evaluator(self, encoder: encoder, records: records, from: file ?? config.data.train, team: team)
      if evaluator.data.count == 0 { return nil }
      evaluator.baseline = linearModels?.scores(records, encoder, team)
      return evaluator
    }
    return PreparedData(
      learned: learned, train: train, dev: part(records.dev, config.data.dev),
      test: part(records.test, config.data.test), linearModels: linearModels,
      baselineSeconds: Double(seconds) + Double(attoseconds) * 1e-18)
  }

  /// Each file, or each part of the only one, as one long text.
  private func prepareStreams(
    _ config: ExperimentConfig, _ team: WorkerTeam
  ) throws(SeqError) -> PreparedData<Evaluator> {
    var train = try StreamText(config.data.train, config)
    var (dev, test): (StreamText?, StreamText?) = (nil, nil)
    if let split = config.data.split {
      (train, dev, test) = train.split(split)
    } else {
      if let path = config.data.dev { dev = try StreamText(path, config) }
      if let path = config.data.test { test = try StreamText(path, config) }
    }
    let learning = try EncoderLearning(config, team)
    learning.add(train)
    let learned = try learning.encoder()
    let encoder = learned.encoder
    let ids = train.ids(encoder)
    guard !ids.isEmpty else {
      throw .data("holds no tokens to learn from", at: .file(config.data.train))
    }
    guard case .sequences(let streams) = config.training.batch else {
      preconditionFailure("a stream has no other batch")
    }
    func part(_ text: StreamText?) -> Evaluator? {
      text.flatMap { Evaluator(self, encoder: encoder, stream: $0) }
    }
    return PreparedData(
      learned: learned,
      train: EncodedDataset(
        stream: ids, startSymbol: encoder.startSymbol(label: nil), streams: streams, window: config.training.window),
      dev: part(dev), test: part(test))
  }

  private func prepared(_ corpus: IndexedCorpus) -> PreparedData<Evaluator> {
    func evaluator(_ part: IndexedCorpus.Part?) -> Evaluator? {
      part.map {
        Evaluator(
          self, encoder: corpus.learned.encoder, data: $0.data, unseenLabels: $0.unseenLabels, characters: $0.characters
        )
      }
    }
    return PreparedData(
      learned: corpus.learned, train: corpus.train.data, dev: evaluator(corpus.dev), test: evaluator(corpus.test))
  }
}

extension DataSettings {
  /// Whether the ids are kept on disk: as told, else if the files are large.
  package var isOnDisk: Bool {
    if memory != nil { return false }
    switch storage {
    case .memory: return false
    case .disk: return true
    case .automatic:
      let size = FileStamp(of: train)?.size ?? 0
      // What is packed is about four times as large.
      return size * (train.hasSuffix(".gz") ? 4 : 1) > Self.largestInMemory
    }
  }

  /// Bytes of a training file whose texts are still held in memory: 256 MiB.
  private static var largestInMemory: Int { 256 << 20 }
}
