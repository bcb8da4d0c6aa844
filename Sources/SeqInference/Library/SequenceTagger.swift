public import SeqCore
import SeqEncoding
public import SeqLayers
import SeqRecords
import SeqTensor

/// A model that gives each token a tag.
///
///     let tagger = try SequenceTagger(contentsOf: "models/commands")
///     let text = "wake me at seven"
///     for span in tagger.spans(in: text) { print(text[span.range], span.label, span.probability) }
///
/// Many tasks may use one tagger at once: they share its weights.
public struct SequenceTagger: Sendable {
  /// A part of a text that the tags mark.
  public struct Span: Sendable, Equatable {
    /// Where it stands in the text.
    public let range: Range<String.Index>
    /// Its type, such as `PER`.
    public let label: String
    /// The probability of exactly this span, in 0…1.
    public let probability: Double
  }

  /// The tags that the model knows.
  public var tags: [String] { model.encoder.labels.labels }
  /// The labels of whole texts that the model gives beside the tags; nil if it gives none.
  public var labels: [String]? { model.encoder.sequenceLabels?.labels }

  package let model: LoadedModel<Model>

  package init(_ model: LoadedModel<Model>) { self.model = model }

  /// Reads the folder of a tagger.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - cells: your own ones, if the model has been fitted with one.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged, of another task or of an unknown cell.
  public init(contentsOf path: String, cells: [any CustomCell] = []) throws(SeqError) {
    model = try LoadedModel(contentsOf: path, cells: cells, "a tagger", where: \.tagsTokens)
  }

  /// The tokens of a text, each with its tag; none for a text without tokens.
  public func tag(_ text: String) -> [TaggedToken] { model.pool.use(threads: 1) { $0.tag(text) } }

  /// The tags of tokens that are given.
  public func tag(tokens: [String]) -> [TaggedToken] {
    model.pool.use(threads: 1) { $0.predict(records: [.init(tokens: tokens, line: 1)])[0].tokens }
  }

  /// The tokens of many texts, in their order.
  public func tag(_ texts: [String]) -> [[TaggedToken]] {
    model.pool.use(threads: WorkerTeam.processors) { model in model.predict(texts) { $0.tokens } }
  }

  /// The spans that the tags of a text mark, in their order.
  public func spans(in text: String) -> [Span] {
    var options = PredictionOptions()
    (options.spans, options.probabilities) = (true, false)
    let prediction = model.pool.use(threads: 1) { model in model.predict([text], options: options) { $0 }[0] }
    return prediction.spans.map { span in
      let bytes = prediction.tokens[span.tokens.lowerBound].range.lowerBound
      let end = prediction.tokens[span.tokens.upperBound - 1].range.upperBound
      let start = text.utf8.index(text.utf8.startIndex, offsetBy: bytes)
      return Span(
        range: start..<text.utf8.index(start, offsetBy: end - bytes), label: span.label, probability: span.probability)
    }
  }

  /// The labels of a text beside its tags, the most probable first; empty if the model gives none.
  public func label(_ text: String) -> [LabelProbability] {
    model.pool.use(threads: 1) { model in model.predict([text]) { $0.ranking }[0] }
  }
}
