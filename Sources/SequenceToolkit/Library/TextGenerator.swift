public import SeqCore
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
  public let labels: [String]
  /// The scores on the dev data of the fit; nil for a model that was read or had none.
  public let evaluation: Evaluation?

  private let pool: ModelPool<Model>
  private let origin: ModelOrigin

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
    let outcome = try await MemoryFit(GenerationTask(), texts, dev: dev, recipe: recipe).run(onEvent, onWarning)
    try self.init(
      ModelParts(outcome.content), .fitted(outcome.finished), outcome.finished.evaluations.first?.evaluation)
  }

  /// The same with a label for each text, for which others can be made up then.
  public init(
    fitting texts: [LabelledText], dev: [LabelledText] = [], recipe: Recipe = .automatic,
    onEvent: @escaping @Sendable (TrainingEvent) -> Void = { _ in },
    onWarning: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws {
    let outcome = try await MemoryFit(GenerationTask(), texts, dev: dev, recipe: recipe).run(onEvent, onWarning)
    try self.init(
      ModelParts(outcome.content), .fitted(outcome.finished), outcome.finished.evaluations.first?.evaluation)
  }

  /// Reads the folder of a generator.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged or of another task.
  public init(contentsOf path: String) throws(SeqError) {
    let parts = try ModelParts(ensemble: [path])
    guard parts.encoder.task.makesTexts else { throw .otherTask(parts.encoder.task, "a generator", path) }
    try self.init(parts, .folder(path, parts.config), nil)
  }

  private init(_ parts: ModelParts, _ origin: ModelOrigin, _ evaluation: Evaluation?) throws(SeqError) {
    labels = parts.encoder.labels.labels
    pool = ModelPool { Model(parts, threads: $0) }
    self.origin = origin
    self.evaluation = evaluation
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
    return try pool.use(threads: count > 1 ? WorkerTeam.processors : 1) { model throws(SeqError) in
      try model.generate(count, settings)
    }
  }

  /// Writes the model's folder, which the command reads too, in the place of a model that is there.
  /// - Throws: `.inputOutput` if it cannot be written.
  public func write(to path: String) throws(SeqError) { try origin.write(to: path) }
}
