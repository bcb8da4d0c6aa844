import SeqCore
import SeqData
import SeqTensor
import SeqText
import SeqTraining

/// The data of a fit as ids, in memory or on disk; the ids are the same.
struct PreparedData {
  let encoder: Encoder
  let train: EncodedDataset
  let dev: ScoredPart?
  let test: ScoredPart?
  /// What the config asks to be fitted beside the network; nil also if the data is on disk.
  let linearModels: LinearModels?
  /// How long that took.
  let baselineSeconds: Double

  /// - Parameters:
  ///   - config: what cuts raw text is settled.
  ///   - note: called with what a user may want to know.
  init(_ config: ExperimentConfig, _ team: WorkerTeam, note: (String) -> Void = { _ in }) throws(SeqError) {
    if config.data.isStream {
      try self.init(streamsOf: config, team)
      return
    }
    if config.task != .transduction, config.data.isOnDisk {
      try self.init(CorpusCache(config).open(team, note: note))
      return
    }
    let records = try LoadedData(config)
    let learning = try EncoderLearning(config, team)
    learning.add(records.train, team)
    let learned = try learning.encoder()
    let started = ContinuousClock.now
    let linearModels = LinearModels.fit(config, learned, records.train, team)
    let (seconds, attoseconds) = (ContinuousClock.now - started).components
    // The training data goes without: the linear model has it by heart, and would leave nothing to learn.
    let train = learned.encode(records.train, from: config.data.train, team).data
    let encoder = learned.adding(linearModels, config.inference)
    var decoding = config.inference.decoding
    if config.inference.maximumLength == nil { decoding.maximumLength = Self.maximumLength(train) }
    func part(_ records: [Record], _ file: String?) -> ScoredPart? {
      let file = file ?? config.data.train
      if records.isEmpty { return nil }
      guard let target = encoder.target else {
        var evaluator = Evaluator(encoder: encoder, records: records, from: file, team: team)
        if evaluator.data.count == 0 { return nil }
        evaluator.baseline = linearModels?.scores(records, encoder, team)
        return .labelled(evaluator)
      }
      return .paired(
        TransductionEvaluator(
          encoder: encoder, target: target, records: records, from: file, decoding: decoding, team: team))
    }
    self.init(
      encoder: encoder, train: train, dev: part(records.dev, config.data.dev),
      test: part(records.test, config.data.test),
      linearModels: linearModels,
      seconds: Double(seconds) + Double(attoseconds) * 1e-18)
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
    func part(_ text: StreamText?) -> ScoredPart? {
      text.flatMap { Evaluator(encoder: encoder, stream: $0) }.map(ScoredPart.labelled)
    }
    self.init(
      encoder: encoder,
      train: EncodedDataset(
        stream: ids, startSymbol: encoder.startSymbol(label: nil), streams: streams, window: config.training.window),
      dev: part(dev), test: part(test))
  }

  /// Tokens after which a text is cut if the config does not say: half as many again as the longest target had.
  static func maximumLength(_ train: EncodedDataset) -> Int {
    let longest = (0..<train.count).reduce(1) { max($0, train.labelCount($1) - 1) }
    return longest + (longest + 1) / 2
  }

  private init(
    encoder: Encoder, train: EncodedDataset, dev: ScoredPart?, test: ScoredPart?, linearModels: LinearModels? = nil,
    seconds: Double = 0
  ) {
    baselineSeconds = seconds
    (self.encoder, self.train, self.dev, self.test, self.linearModels) = (encoder, train, dev, test, linearModels)
  }

  private init(_ corpus: IndexedCorpus) {
    func evaluator(_ part: IndexedCorpus.Part?) -> ScoredPart? {
      part.map {
        .labelled(
          Evaluator(
            encoder: corpus.encoder, data: $0.data, unseenLabels: $0.unseenLabels, characters: $0.characters))
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
