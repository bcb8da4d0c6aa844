public import SeqBaseline
import SeqConfig
public import SeqCore
public import SeqData
public import SeqMetrics
public import SeqModel
public import SeqTensor
public import SeqText
public import SeqTraining

/// All that decides a fit: the task, the data, the network and how it is trained.
///
/// Read from one JSON or property-list file; its shape is in docs/reference/config.md.
public struct ExperimentConfig: Sendable {
  /// What a sequence is turned into.
  public var task: SequenceTask
  /// Where the data is and how it is read.
  public var data: DataSettings
  /// How texts are cut into tokens.
  public var tokenizer: TokenizerSettings
  /// How raw text is cut, if that differs because the training data comes as tokens.
  public var rawText: RawTextSettings
  /// Which tokens the model knows.
  public var vocabulary: VocabularySettings
  /// How targets are cut into tokens, if texts are to be turned into others.
  public var targetTokenizer: TokenizerSettings
  /// Which tokens the model writes.
  public var targetVocabulary: VocabularySettings
  /// The shape of the network.
  public var model: ModelSettings
  /// How it is fitted.
  public var training: TrainingSettings
  /// How it is used.
  public var inference: InferenceSettings
  /// What is fitted beside the network to be compared with it; nil for nothing.
  public var baseline: BaselineSettings?
  /// The name of the dev score that tells which epoch is best; nil for the task's own: see `Experiment`.
  public var metric: String?
  /// The folder of the model.
  public var output: String
  /// What was read, every default explicit.
  let effective: ConfigNode
  /// What the user wrote.
  let source: ConfigNode

  /// Reads a config file.
  ///
  /// - Parameters:
  ///   - path: a `.json` or `.plist` file; relative paths in it are meant from its folder.
  ///   - overrides: such as `training.epochs=5`; relative paths in them are meant from the working folder.
  /// - Throws: `.missingInput`, for the file of a tokenizer too, or `.data` with every mistake at once, each with its place and path.
  public init(contentsOf path: String, overrides: [String] = []) throws(SeqError) {
    var root = try ConfigNode(contentsOf: path)
    try root.apply(overrides: overrides)
    try self.init(root, folder: FileSystem.folder(of: path))
    for (i, input) in model.inputs.enumerated() {
      guard let file = input.vectors, !FileSystem.exists(file) else { continue }
      var place = Place.file(path)
      place.path = "model.inputs[\(i)].vectors"
      throw .missingInput(
        FileSystem.missing(file).description, at: place, remedy: "fetch or name a file of word vectors")
    }
    guard let file = tokenizer.file, !FileSystem.exists(file) else { return }
    var place = root["tokenizer"]?["file"]?.place ?? .file(path)
    place.path = "tokenizer.file"
    throw .missingInput(
      FileSystem.missing(file).description, at: place, remedy: "seqtool tokenizer train makes such a file")
  }

  /// Reads the config of a model, whose own files are looked for by whoever reads the model.
  init(ofModel path: String) throws(SeqError) {
    try self.init(try ConfigNode(contentsOf: path), folder: FileSystem.folder(of: path))
  }

  /// - Parameter folder: what relative paths are meant from.
  init(_ root: ConfigNode, folder: String) throws(SeqError) {
    let reader = ConfigReader(root: root)
    let task = reader.requiredChoice("task") ?? SequenceTask.classification
    self.task = task
    data = DataSettings(reading: reader.object("data"), task: task, folder: folder)
    let tokenizerReader = reader.object("tokenizer")
    tokenizer = TokenizerSettings(reading: tokenizerReader, task: task, folder: folder)
    rawText = RawTextSettings(reading: tokenizerReader, task: task, folder: folder)
    tokenizerReader.finish()
    data.reading.segmentation = tokenizer
    let vocabularyReader = reader.object("vocabulary")
    vocabulary = VocabularySettings(reading: vocabularyReader)
    (targetTokenizer, targetVocabulary) = Self.targetSide(reader, task, of: tokenizer, folder: folder)
    let inputs = InputsReading(task: task, format: data.reading.format, tokenizer: tokenizer.kind, folder: folder)
    let modelReader = reader.object("model")
    (model, data.reading.columns.inputs) = inputs.read(modelReader)
    vocabulary.readWords(vocabularyReader, task: task, hasVectors: model.inputs.contains { $0.vectors != nil })
    data.readJoint(modelReader, model)
    let training = reader.object("training")
    self.training = TrainingSettings(reading: training, task: task, isStream: data.isStream)
    self.training.readSampling(training, task: task)
    if model.head == .crf, self.training.labelSmoothing > 0 {
      training.problem("labelSmoothing", "goes with the softmax head only", remedy: "leave it out")
    }
    if model.head == .crf, self.training.focus > 0 {
      training.problem("focus", "goes with the softmax head only", remedy: "leave it out, or use training.classWeights")
    }
    let hasDev = data.dev != nil || (data.split?.dev ?? 0) > 0
    metric = Self.metric(training, hasDev: hasDev)
    if self.training.schedule.kind == .plateau, !hasDev {
      training.problem("schedule", "plateau needs dev data to be measured on", remedy: "name data.dev, or use linear")
    }
    training.finish()
    let inferenceReader = reader.object("inference")
    inference = InferenceSettings(reading: inferenceReader, task: task)
    baseline = BaselineSettings.read(reader, task: task, tokenizer: tokenizer.kind, hasLabels: model.joint != nil)
    inference.readLinear(inferenceReader, task: task, hasLabels: model.joint != nil, baseline)
    inference.readLearned(inferenceReader, task: task)
    inferenceReader.finish()
    output = FileSystem.nameable(reader.path("output", default: "model", folder: folder))
    if reader.node("output")?.stringValue == "" { reader.problem("output", "expected a folder's name, found \"\"") }
    reader.finish()
    try reader.throwIfProblems()
    effective = reader.effective
    source = root
  }
}

/// How a fitted network is used: for the scores of a fit, by `tag` and by `eval`.
public struct InferenceSettings: Sendable, Equatable {
  /// What the products of predictions are computed from.
  public var precision = PrecisionChoice.float32
  /// Which tag sequences a tagger may give.
  public var constraints = ConstraintChoice.automatic
  /// How a tagger writes tags, if it was not trained in that scheme; nil for as it was trained. Set by the fit to the
  /// scheme of the training file if `DataSettings.scheme` is another.
  public var scheme: TagScheme?
  /// The scheme of the tags that a tagger learned; nil if they mark no spans, or if a model of an older version does not say.
  /// Set by the fit.
  public internal(set) var learnedScheme: TagScheme?
  /// What the scores of the linear model of `baseline` are multiplied by before they are added to those of the network; 0
  /// for a network that is alone.
  public var linear = 0.0
  /// The same for the label beside tags.
  public var linearLabel = 0.0
  /// Of a model that writes: unfinished texts that are kept beside each other.
  public var beam = 5
  /// How much longer texts are favoured: see `DecodingSettings`.
  public var lengthPenalty = 0.6
  /// Tokens after which a text is cut; nil before the fit has set it: half as many again as the longest target it saw.
  public var maximumLength: Int?

  /// The same for the decoder.
  var decoding: DecodingSettings {
    var settings = DecodingSettings()
    (settings.beam, settings.lengthPenalty) = (beam, lengthPenalty)
    if let maximumLength { settings.maximumLength = maximumLength }
    return settings
  }

  /// The defaults.
  public init() {}
}

/// Which tag sequences a tagger may give.
public enum ConstraintChoice: String, CaseIterable, Sendable {
  /// Those that are well-formed in the scheme of the training tags, if all of these are; what the fit has found out takes
  /// the place of this.
  case automatic = "auto"
  /// All.
  case none
  /// Those that are well-formed in a scheme.
  case iob1, iob2, bioes, bilou, bmes

  /// The scheme.
  public var scheme: TagScheme? { TagScheme(rawValue: rawValue) }

  /// The constraints of a scheme.
  public init(_ scheme: TagScheme?) { self = scheme.flatMap { ConstraintChoice(rawValue: $0.rawValue) } ?? .none }
}

/// Which symbols a model knows.
public struct VocabularySettings: Sendable, Equatable {
  /// Rarer tokens become unknown.
  public var minimumCount = 1
  /// Symbols beside padding and unknown.
  public var maximumSize = 50_000
  /// Whether words are looked up in lower case; their characters are seen as they are.
  public var lowercase = false
  /// Whether every decimal digit of a word is taken for `0`; its characters are seen as they are.
  public var foldDigits = false
  /// The probability that a word that occurs once in the training data is taken for unknown, each time.
  public var singletonDropout = 0.0
  /// Words of files of vectors that are added though the training data lacks them, at most.
  public var fromVectors = 0

  /// The defaults.
  public init() {}
}

/// Where the data is and how it is read.
public struct DataSettings: Sendable, Equatable {
  /// The file, or folder of parallel files, to learn from.
  public var train: String
  /// The one that tells which epoch is best.
  public var dev: String?
  /// The one that the final scores are from.
  public var test: String?
  /// How all of them are read.
  public var reading: ReadingOptions
  /// What a record must have beside its text or tokens.
  public var wanted = Wanted.label
  /// Whether each file is one long text, for a language model, rather than a list of texts.
  public var isStream = false
  /// What a classifier reads of long texts.
  public var longTexts = LongTexts()
  /// The scheme that tags are learned in; nil for that of the files.
  public var scheme: TagScheme?
  /// How `train` is cut if it is the only file.
  public var split: SplitSettings?
  /// Where the tokens' ids are kept during a fit.
  public var storage = DataStorage.automatic
  /// The folder for ids on disk; nil for one beside the model's.
  public var cache: String?
  /// The records themselves, where there is no file to read them from.
  var memory: MemoryData?
}

/// Where a fit keeps the ids of its data.
public enum DataStorage: String, CaseIterable, Sendable {
  /// On disk if the training file is larger than 256 MiB, else in memory.
  case automatic = "auto"
  /// In memory.
  case memory
  /// In files of a cache, read as they are needed: for a corpus larger than memory.
  case disk
}

/// A seeded, stratified cut of one file.
public struct SplitSettings: Sendable, Equatable {
  /// The share of the texts that tells which epoch is best.
  public var dev = 0.1
  /// The share of the texts that the final scores are from.
  public var test = 0.1
  /// Another seed gives another cut.
  public var seed: UInt64 = 1

  /// A tenth for each.
  public init() {}
}
