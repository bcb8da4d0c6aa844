public import SeqCore
public import SeqLayers
import SeqModel
import SeqTensor
public import SeqTraining

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
  /// The scores on the dev data of the fit; nil for a model that was read or had none.
  public var evaluation: Evaluation? { model.evaluation }

  private let model: FittedModel<Model>

  /// Fits a classifier on a thread of its own.
  ///
  /// - Parameters:
  ///   - examples: at least two labels must occur.
  ///   - dev: tells which epoch is best; without it the last one counts.
  ///   - recipe: the settings.
  ///   - onEvent: is told of progress, on the fitting thread.
  ///   - onWarning: is told what you should know and need not mend, such as labels of `dev` that `examples` lack.
  /// - Throws: `SeqError` if nothing can be learned from the examples or the loss diverges; `CancellationError` if the task is
  ///   cancelled.
  public init(
    fitting examples: [LabelledText], dev: [LabelledText] = [], recipe: Recipe = .automatic,
    onEvent: @escaping @Sendable (TrainingEvent) -> Void = { _ in },
    onWarning: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws {
    model = try await FittedModel(
      MemoryFit(ClassificationTask(), examples, dev: dev, recipe: recipe),
      FitListener(onEvent: onEvent, onWarning: onWarning))
  }

  /// Reads the folder of a classifier.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - cells: your own ones, if the model has been fitted with one.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged, of another task or of an unknown cell.
  public init(contentsOf path: String, cells: [any CustomCell] = []) throws(SeqError) {
    model = try FittedModel(contentsOf: path, cells: cells, "a classifier", where: \.labelsTexts)
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

  /// Writes the model's folder, which the command reads too, in the place of a model that is there.
  /// - Throws: `.inputOutput` if it cannot be written.
  public func write(to path: String) throws(SeqError) { try model.write(to: path) }
}
