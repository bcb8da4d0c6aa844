import SeqCore
import SeqData
import SeqTensor
import SeqText
import SeqTraining

/// The data of a fit as ids, in memory or on disk; the ids are the same.
struct PreparedData {
  let encoder: Encoder
  let train: EncodedDataset
  let dev: Evaluator?
  let test: Evaluator?

  init(_ config: ExperimentConfig, _ team: WorkerTeam) throws(SeqError) {
    if config.data.isStream {
      try self.init(streamsOf: config, team)
      return
    }
    if config.data.isOnDisk {
      try self.init(CorpusCache(config).open(team))
      return
    }
    let records = try LoadedData(config)
    let learning = try EncoderLearning(config, team)
    learning.add(records.train, team)
    let encoder = try learning.encoder()
    func evaluator(_ records: [Record]) -> Evaluator? {
      records.isEmpty ? nil : Evaluator(encoder: encoder, records: records, team: team)
    }
    self.init(
      encoder: encoder, train: encoder.encode(records.train, team).data, dev: evaluator(records.dev),
      test: evaluator(records.test))
  }

  /// Each file, or each part of the only one, as one long text.
  private init(streamsOf config: ExperimentConfig, _ team: WorkerTeam) throws(SeqError) {
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
    let encoder = try learning.encoder()
    let ids = train.ids(encoder)
    guard !ids.isEmpty else {
      throw .data("holds no tokens to learn from", at: .file(config.data.train))
    }
    guard case .sequences(let streams) = config.training.batch else {
      preconditionFailure("a stream has no other batch")
    }
    func evaluator(_ text: StreamText?) -> Evaluator? { text.flatMap { Evaluator(encoder: encoder, stream: $0) } }
    self.init(
      encoder: encoder,
      train: EncodedDataset(
        stream: ids, startSymbol: encoder.startSymbol(label: nil), streams: streams, window: config.training.window),
      dev: evaluator(dev), test: evaluator(test))
  }

  private init(encoder: Encoder, train: EncodedDataset, dev: Evaluator?, test: Evaluator?) {
    (self.encoder, self.train, self.dev, self.test) = (encoder, train, dev, test)
  }

  private init(_ corpus: IndexedCorpus) {
    func evaluator(_ part: IndexedCorpus.Part?) -> Evaluator? {
      part.map {
        Evaluator(
          encoder: corpus.encoder, data: $0.data, unseenLabels: $0.unseenLabels, characters: $0.characters)
      }
    }
    self.init(
      encoder: corpus.encoder, train: corpus.train.data, dev: evaluator(corpus.dev), test: evaluator(corpus.test))
  }
}

extension DataSettings {
  /// Whether the ids are kept on disk: as told, else if the files are large.
  var isOnDisk: Bool {
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
