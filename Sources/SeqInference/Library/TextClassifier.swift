public import SeqCore
import SeqEncoding
public import SeqLayers
import SeqTensor

/// A model that gives a text one label.
///
///     let examples = [LabelledText("Friendly staff", label: "positive"), …]
///     let classifier = try await TextClassifier(fitting: examples)
///     print(try classifier.predict("The soup was cold").label)
///     try classifier.write(to: "models/reviews")
///
/// Many tasks may use one classifier at once: they share its weights.
public struct TextClassifier: Sendable {
  /// A label with its probability, and all others.
  public struct Answer: Sendable, Equatable {
    /// The most probable label.
    public var label: String { ranking[0].label }
    /// The probability of the label, in 0…1.
    public var probability: Float { ranking[0].probability }
    /// All labels, the most probable first; never empty.
    public let ranking: [LabelProbability]
  }

  /// The labels that the model knows.
  public var labels: [String] { model.encoder.labels.labels }

  package let model: LoadedModel<Model>

  package init(_ model: LoadedModel<Model>) { self.model = model }

  /// Reads the folder of a classifier.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - cells: your own ones, if the model has been fitted with one.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged, of another task or of an unknown cell.
  public init(contentsOf path: String, cells: [any CustomCell] = []) throws(SeqError) {
    model = try LoadedModel(contentsOf: path, cells: cells, "a classifier", where: \.labelsTexts)
  }

  /// The label of a text.
  /// - Throws: `.data` for a text without tokens, of which nothing can be said.
  public func predict(_ text: String) throws(SeqError) -> Answer {
    let ranking = model.pool.use(threads: 1) { $0.classify(text) }
    guard !ranking.isEmpty else { throw .data("the text has no tokens", at: Place()) }
    return Answer(ranking: ranking)
  }

  /// The labels of many texts, in their order; nil for a text without tokens.
  public func predict(_ texts: [String]) -> [Answer?] {
    model.pool.use(threads: WorkerTeam.processors) { model in
      model.predict(texts) { $0.ranking.isEmpty ? nil : Answer(ranking: $0.ranking) }
    }
  }
}
