public import SeqCore
import SeqData
public import SeqModel
import SeqTensor
import SeqText
import SeqTraining

/// A fitted model that classifies or tags texts.
///
///     let model = try Model(contentsOf: "models/names")
///     let answer = model.classify("Kowalczyk")
///     print(answer[0].label, answer[0].probability)
///
/// A model is used by one thread at a time; it runs long lists on several of its own.
public final class Model {
  /// What the model was fitted from.
  public let config: ExperimentConfig
  /// Whether it gives a label to a text or a tag to each token.
  public var task: SequenceTask { encoder.task }
  /// The labels or tags, in the order of their ids.
  public var labels: [String] { encoder.labels.labels }

  /// Tokens that are read at a time: of a longer text a tagger reads one stretch after the other, and a classifier the
  /// first one.
  public static let maximumTokens = 10_000

  private let encoder: Encoder
  private let predictor: Predictor

  /// Reads a model's folder.
  ///
  /// - Parameter threads: for lists of texts; the results do not depend on it.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged or needs another CPU.
  public init(contentsOf path: String, threads: Int = 2) throws(SeqError) {
    try Kernels.checkForcedLevel()
    let folder = ModelDirectory.reading(path)
    let content = try folder.read()
    let precision = try Precisions.inference(content.config, file: folder.path + "/config.json")
    let team = WorkerTeam(width: max(1, threads))
    let weights = Weights(content.weights, training: false, precision: precision)
    // On this thread alone: packing is done sooner than a thread is there.
    weights.refresh(WorkerTeam(width: 1))
    config = content.config
    encoder = content.encoder
    predictor = Predictor(model: content.model, weights: weights, team: team)
  }

  /// The labels of a text with their probabilities, the most probable first; empty for a text without tokens.
  /// - Precondition: the task is classification.
  public func classify(_ text: String) -> [LabelProbability] {
    precondition(task == .classification, "classify needs a classifier")
    return predict([text])[0].ranking
  }

  /// The tokens of a text, each with its tag.
  /// - Precondition: the task is tagging.
  public func tag(_ text: String) -> [TaggedToken] {
    precondition(task == .tagging, "tag needs a tagger")
    return predict([text])[0].tokens
  }

  /// Predictions for many texts, in their order.
  public func predict(_ texts: [String]) -> [TextPrediction] {
    let input = Input(texts, encoder)
    var results = zip(texts, input.tokens).map { TextPrediction(text: $0, tokenCount: $1.count) }
    predictor.predict(input.data) { sequence, prediction in
      let i = input.owners[sequence]
      guard task == .tagging else {
        results[i].ranking = ranking(prediction[0])
        return
      }
      for step in 0..<prediction.count {
        let best = prediction.best(step)
        let token = input.tokens[i][results[i].tokens.count]
        results[i].tokens.append(
          TaggedToken(
            text: texts[i].slice(utf8: token.range), range: token.range, tag: labels[best],
            probability: prediction[step][best]))
      }
    }
    return results
  }

  /// The scores before the softmax, for many texts in their order: one row a text for a classifier, one row a token for
  /// a tagger, each with a score a label in the order of `labels`.
  public func logits(_ texts: [String]) -> [[[Float]]] {
    let input = Input(texts, encoder)
    var results: [[[Float]]] = Array(repeating: [], count: texts.count)
    predictor.predict(input.data, asLogits: true) { sequence, prediction in
      for step in 0..<prediction.count { results[input.owners[sequence]].append(prediction[step]) }
    }
    return results
  }

  /// Texts as the model's token ids.
  public func encode(_ texts: [String]) -> EncodedTexts {
    let input = Input(texts, encoder)
    return EncodedTexts(count: texts.count, data: input.data, owners: input.owners)
  }

  /// The most probable labels as indices into `labels`: one a text for a classifier, −1 for a text without tokens; one a
  /// token for a tagger, text after text.
  public func predict(_ encoded: EncodedTexts) -> [Int32] {
    let isTagging = task == .tagging
    var results = [Int32](repeating: -1, count: isTagging ? 0 : encoded.count)
    if isTagging { results.reserveCapacity(encoded.tokenCount) }
    // The softmax would change no order.
    predictor.predict(encoded.data, asLogits: true) { sequence, prediction in
      guard isTagging else {
        results[encoded.owners[sequence]] = Int32(prediction.best())
        return
      }
      for step in 0..<prediction.count { results.append(Int32(prediction.best(step))) }
    }
    return results
  }

  /// Scores the model on a labelled file, read as the model's own data was; by default on its test file.
  /// - Throws: `.usage` if no file is named and the model has none; else what reading throws.
  public func evaluate(_ path: String? = nil) throws(SeqError) -> Evaluation {
    let records: [Record]
    if let path = path ?? config.data.test {
      records = try LoadedData.read(path, config)
    } else if config.data.split != nil {
      records = try LoadedData(config).test
    } else {
      throw .usage("the model's config names no test data", remedy: "name a labelled file: seqtool eval FILE")
    }
    return Evaluator(encoder: encoder, records: records).evaluate(predictor)
  }

  private func ranking(_ probabilities: [Float]) -> [LabelProbability] {
    let order = probabilities.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
    return order.map { LabelProbability(label: labels[$0], probability: probabilities[$0]) }
  }
}

extension Model {
  /// Texts as sequences of ids; the stretches of a long text are sequences of their own.
  private struct Input {
    let tokens: [[Token]]
    private(set) var data: EncodedDataset
    /// The text that each sequence belongs to.
    private(set) var owners: [Int] = []

    init(_ texts: [String], _ encoder: Encoder) {
      let isTagging = encoder.task == .tagging
      tokens = texts.map { encoder.tokenizer.tokens(of: $0) }
      data = EncodedDataset(isTagged: isTagging)
      for (i, line) in tokens.enumerated() where !line.isEmpty {
        for start in stride(from: 0, to: isTagging ? line.count : 1, by: Model.maximumTokens) {
          let end = min(line.count, start + Model.maximumTokens)
          let ids = line[start..<end].map { encoder.vocabulary.id(of: $0.text) }
          data.append(ids: ids, labels: repeatElement(-1, count: isTagging ? ids.count : 1))
          owners.append(i)
        }
      }
    }
  }
}

/// A label and how probable the model finds it.
public struct LabelProbability: Sendable, Equatable {
  /// One of the model's labels.
  public let label: String
  /// In 0…1; a text's labels add up to 1.
  public let probability: Float
}

/// A token and the tag the model gives it.
public struct TaggedToken: Sendable, Equatable {
  /// The token as it stands in the text.
  public let text: String
  /// Where it stands, in UTF-8 bytes.
  public let range: Range<Int>
  /// One of the model's tags.
  public let tag: String
  /// The tag's probability, in 0…1.
  public let probability: Float
}

/// What a model says of one text.
public struct TextPrediction: Sendable {
  /// The text as it was given.
  public let text: String
  /// Tokens of the text.
  public let tokenCount: Int
  /// A classifier's labels, the most probable first; empty for a text without tokens.
  public internal(set) var ranking: [LabelProbability] = []
  /// A tagger's tokens.
  public internal(set) var tokens: [TaggedToken] = []

  init(text: String, tokenCount: Int) {
    self.text = text
    self.tokenCount = tokenCount
  }

  /// Whether a classifier has read only the first `Model.maximumTokens` tokens.
  public var isCut: Bool { tokens.isEmpty && tokenCount > Model.maximumTokens }
}

extension String {
  /// The text of a range of UTF-8 bytes that lies on the borders of scalars.
  fileprivate func slice(utf8 range: Range<Int>) -> String {
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return String(self[start..<utf8.index(start, offsetBy: range.count)])
  }
}
