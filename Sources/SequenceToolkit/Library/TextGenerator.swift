public import SeqCore
public import SeqLayers
import SeqModel
import SeqTensor
public import SeqTraining

/// A model that makes up texts, token by token.
///
///     let generator = try TextGenerator(contentsOf: "models/names-generation")
///     for text in try generator.generate(10) { print(text.text) }
///
/// Many tasks may use one generator at once: they share its weights.
public struct TextGenerator: Sendable {
  /// The labels that texts can be made up for; empty if the model was fitted without.
  public var labels: [String] { model.encoder.labels.labels }
  /// The scores on the dev data of the fit; nil for a model that was read or had none.
  public var evaluation: Evaluation? { model.evaluation }

  private let model: FittedModel<Model>

  /// Fits a generator of texts like some others, on a thread of its own.
  ///
  /// - Parameters:
  ///   - texts: what the texts should be like.
  ///   - dev: tells which epoch is best; without it the last one counts.
  ///   - recipe: the settings.
  ///   - onEvent: is told of progress, on the fitting thread.
  ///   - onWarning: is told what you should know and need not mend, such as texts that are read in part.
  /// - Throws: `SeqError` if nothing can be learned from the texts or the loss diverges; `CancellationError` if the task is
  ///   cancelled.
  public init(
    fitting texts: [String], dev: [String] = [], recipe: Recipe = .automatic,
    onEvent: @escaping @Sendable (TrainingEvent) -> Void = { _ in },
    onWarning: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws {
    model = try await FittedModel(
      MemoryFit(GenerationTask(), texts, dev: dev, recipe: recipe), FitListener(onEvent: onEvent, onWarning: onWarning))
  }

  /// The same with a label for each text, for which others can be made up then.
  public init(
    fitting texts: [LabelledText], dev: [LabelledText] = [], recipe: Recipe = .automatic,
    onEvent: @escaping @Sendable (TrainingEvent) -> Void = { _ in },
    onWarning: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws {
    model = try await FittedModel(
      MemoryFit(GenerationTask(), texts, dev: dev, recipe: recipe), FitListener(onEvent: onEvent, onWarning: onWarning))
  }

  /// Reads the folder of a generator.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - cells: your own ones, if the model has been fitted with one.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged, of another task or of an unknown cell.
  public init(contentsOf path: String, cells: [any CustomCell] = []) throws(SeqError) {
    model = try FittedModel(contentsOf: path, cells: cells, "a generator", where: \.makesTexts)
  }

  /// Makes up texts. The same settings give the same texts.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - settings: the label, the prompt, the length, how tokens are drawn and the seed.
  /// - Throws: `.usage` for a label that the model does not know, or none where it needs one.
  public func generate(
    _ count: Int, _ settings: GenerationSettings = GenerationSettings()
  ) throws(SeqError) -> [GeneratedText] {
    guard count >= 0, settings.maximumLength >= 0 else {
      throw .usage("expected numbers of texts and tokens from 0 on", remedy: "make count and maximumLength positive")
    }
    return try model.pool.use(threads: count > 1 ? WorkerTeam.processors : 1) { model throws(SeqError) in
      try model.generate(count, settings)
    }
  }

  /// Writes the model's folder, which the command reads too, in the place of a model that is there.
  /// - Throws: `.inputOutput` if it cannot be written.
  public func write(to path: String) throws(SeqError) { try model.write(to: path) }
}
