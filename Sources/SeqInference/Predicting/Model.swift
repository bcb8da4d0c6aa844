public import SeqCore
public import SeqEncoding
public import SeqLayers
import SeqModel
package import SeqPrediction
public import SeqRecords
package import SeqTensor
public import SeqText

/// A fitted model that classifies or tags texts.
///
///     let model = try Model(contentsOf: "models/names")
///     let answer = model.classify("Kowalczyk")
///     print(answer[0].label, answer[0].probability)
///
/// A model is used by one thread at a time; it runs long lists on several of its own.
public final class Model {
  /// What the model was fitted from.
  package let config: ModelConfig
  /// Whether it gives a label to a text or a tag to each token, or makes up texts.
  public var task: SequenceTask { encoder.task }
  /// The labels of whole texts that a tagger gives beside its tags; nil if it gives none.
  public var sequenceLabels: [String]? { encoder.sequenceLabels?.labels }
  /// The labels or tags, in the order of their ids.
  public var labels: [String] { encoder.labels.labels }

  /// Tokens that are read at a time: of a longer text a tagger reads one chunk after the other, and a classifier the
  /// first one.
  public static let maximumTokens = ModelSettings.longestText

  /// Texts that are worked on at a time: with as many, no thread is short of work.
  package var windowTexts: Int { pipeline.windowTexts }

  package let definition: any LabellingTask
  package let encoder: SequenceEncoder
  package let predictor: Predictor
  package let team: WorkerTeam
  private let pipeline: TextPipeline
  private let best = SharedArray<Int32>()

  /// Reads a model's folder.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - threads: for lists of texts, by default as many as the machine has processors for this process; the results do not
  ///     depend on it.
  ///   - cells: your own ones, if the model has been fitted with one.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged or needs another CPU.
  public convenience init(
    contentsOf path: String, threads: Int? = nil, cells: [any CustomCell] = []
  ) throws(SeqError) {
    try self.init(ensemble: [path], threads: threads, cells: cells)
  }

  /// Reads models that predict together, by the mean of their probabilities (Hansen and Salamon 1990, "Neural network
  /// ensembles"), or of their scores if one has a CRF: those of several seeds, or of several networks, fitted on the same
  /// data.
  ///
  /// - Parameters:
  ///   - paths: at least one folder; `config` is that of the first.
  ///   - threads: as above.
  ///   - cells: as above.
  /// - Throws: also `.data` if they differ in tokenizer, vocabulary or labels.
  public convenience init(
    ensemble paths: [String], threads: Int? = nil, cells: [any CustomCell] = []
  ) throws(SeqError) {
    self.init(try SharedModel(ensemble: paths, cells: cells), threads: max(1, threads ?? WorkerTeam.processors))
  }

  /// - Parameter threads: at least one.
  package init(_ parts: SharedModel, threads: Int) {
    team = WorkerTeam(width: threads)
    config = parts.config
    definition = parts.definition
    encoder = parts.encoder
    predictor = Predictor(parts.members, team: team)
    pipeline = TextPipeline(encoder: parts.encoder, predictor: predictor, team: team)
  }

  /// What a model is for, without its weights.
  /// - Throws: as `init(contentsOf:threads:cells:)`.
  public static func task(of path: String, cells: [any CustomCell] = []) throws(SeqError) -> SequenceTask {
    try ModelDirectory(path, cells: cells).readTask()
  }

  /// The tokenizer of a model, without the model's weights.
  /// - Throws: as `init(contentsOf:threads:cells:)`.
  public static func tokenizer(of path: String, cells: [any CustomCell] = []) throws(SeqError) -> Tokenizer {
    try ModelDirectory(path, cells: cells).readTokenizer()
  }

  /// The labels of a text with their probabilities, the most probable first; empty for a text without tokens.
  /// - Precondition: the task is classification or one-to-one.
  public func classify(_ text: String) -> [LabelProbability] {
    precondition(task.labelsTexts, "classify needs a classifier")
    return predict([text])[0].ranking
  }

  /// The tokens of a text, each with its tag.
  /// - Precondition: the task is tagging.
  public func tag(_ text: String) -> [TaggedToken] {
    precondition(task.tagsTokens, "tag needs a tagger")
    return predict([text])[0].tokens
  }

  /// Predictions for many texts, in their order.
  ///
  /// - Parameters:
  ///   - texts: what is read.
  ///   - top: how many labels of a classifier are given at most; by default all.
  public func predict(_ texts: [String], top: Int = .max) -> [TextPrediction] { predict(texts, top: top) { $0 } }

  /// What `transform` makes of the predictions for many texts, in their order.
  ///
  /// - Parameters:
  ///   - texts: what is read.
  ///   - top: how many labels of a classifier are given at most; by default all.
  ///   - transform: called once for each text, on several threads at a time.
  /// - Throws: what `transform` throws for the first text that it throws for.
  public func predict<Result: Sendable, Failure: Error>(
    _ texts: [String], top: Int = .max, transform: @Sendable (TextPrediction) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    var options = PredictionOptions()
    options.top = top
    return try predict(texts, options: options, transform: transform)
  }

  /// What `transform` makes of the predictions for many texts, in their order.
  ///
  /// - Parameters:
  ///   - texts: what is read.
  ///   - options: what is wanted of each.
  ///   - transform: called once for each text, on several threads at a time.
  /// - Throws: what `transform` throws for the first text that it throws for.
  public func predict<Result: Sendable, Failure: Error>(
    _ texts: [String], options: PredictionOptions, transform: @Sendable (TextPrediction) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    precondition(task.choosesLabels, "a generator gives no labels: see generate")
    return try pipeline.predict(texts, options) { _, prediction throws(Failure) in try transform(prediction) }
  }

  /// Columns of its data that the model reads beside the tokens: of texts alone they are not known.
  public var featureColumns: [ColumnReference] { config.model.features.columns.map(\.column) }

  /// Predictions for records of a file, in their order: their tokens are taken as they are, and what further columns say
  /// of them.
  ///
  /// - Parameters:
  ///   - records: what is read.
  ///   - options: what is wanted of each.
  public func predict(records: [Record], options: PredictionOptions = PredictionOptions()) -> [TextPrediction] {
    predict(records: records, options: options) { $1 }
  }

  /// What `transform` makes of the number and the prediction of each record, in their order.
  ///
  /// - Parameters:
  ///   - records: what is read.
  ///   - options: what is wanted of each.
  ///   - transform: called once for each record, on several threads at a time.
  /// - Throws: what `transform` throws for the first record that it throws for.
  public func predict<Result: Sendable, Failure: Error>(
    records: [Record], options: PredictionOptions,
    transform: @Sendable (Int, TextPrediction) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    precondition(task.choosesLabels, "a generator gives no labels: see generate")
    return try pipeline.predict(records, options, transform)
  }

  /// What `transform` makes of the number and the scores before the softmax of each record, in their order: see
  /// `logits(_:)`.
  public func logits<Result: Sendable, Failure: Error>(
    records: [Record], transform: @Sendable (Int, [[Float]]) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    precondition(task.choosesLabels, "a generator gives no labels: see generate")
    return try pipeline.logits(records, transform)
  }

  /// The scores before the softmax, for many texts in their order: one row a text for a classifier, one row a token for
  /// a tagger, each with a score a label in the order of `labels`; no row for a text without tokens.
  public func logits(_ texts: [String]) -> [[[Float]]] { logits(texts) { $0 } }

  /// What `transform` makes of the scores before the softmax, for many texts in their order.
  ///
  /// - Parameters:
  ///   - texts: what is read.
  ///   - transform: called once for each text, on several threads at a time.
  /// - Throws: what `transform` throws for the first text that it throws for.
  public func logits<Result: Sendable, Failure: Error>(
    _ texts: [String], transform: @Sendable ([[Float]]) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    precondition(task.choosesLabels, "a generator gives no labels: see generate")
    return try pipeline.logits(texts) { _, rows throws(Failure) in try transform(rows) }
  }

  /// Texts as the model's token ids, with what its linear model says of them, if it has one.
  public func encode(_ texts: [String]) -> EncodedTexts {
    precondition(task.choosesLabels, "a generator gives no labels: see generate")
    var window = TextWindow(encoder)
    window.fill(texts, texts.indices, team)
    return EncodedTexts(count: texts.count, data: window.data, owners: window.owners)
  }

  /// The most probable labels as indices into `labels`: one a text for a classifier, −1 for a text without tokens; one a
  /// token for a tagger, text after text.
  /// - Precondition: this model has encoded the texts.
  public func predict(_ encoded: EncodedTexts) -> [Int32] {
    let isTagging = task.tagsTokens
    let (data, owners) = (encoded.data, encoded.owners)
    best.reset(isTagging ? data.tokenCount : encoded.count, to: -1)
    // The softmax would change no order, but that of a mean.
    var request = PredictionRequest()
    request.isOfScores = !predictor.isEnsemble
    request.findsProbabilities = false
    predictor.predict(data, request) { [best] sequence, prediction in
      let first = isTagging ? data.start(sequence) : owners[sequence]
      for step in 0..<prediction.count { best[first + step] = Int32(prediction.best(step)) }
    }
    return best.elements
  }
}
