public import SeqCore
import SeqEncoding
public import SeqExperiment
public import SeqInference
public import SeqTraining

extension TextClassifier {
  /// The scores on the dev data of the fit; nil for a model that was read or had none.
  public var evaluation: Evaluation? { model.evaluation }

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
    self.init(
      try await LoadedModel(
        MemoryFit(ClassificationTask(), examples, dev: dev, recipe: recipe),
        FitListener(onEvent: onEvent, onWarning: onWarning)))
  }

  /// Writes the model's folder, which the command reads too, in the place of a model that is there.
  /// - Throws: `.inputOutput` if it cannot be written.
  public func write(to path: String) throws(SeqError) { try model.write(to: path) }
}
