import SeqCore
import SeqLayers
import SeqModel
import SeqTensor
package import SeqTraining

/// What the four types of models have in common: engines that share weights, where the model came from, and its dev scores.
struct FittedModel<Engine>: Sendable {
  let config: ExperimentConfig
  let encoder: SequenceEncoder
  let pool: ModelPool<Engine>
  /// The scores on the dev data of the fit; nil for a model that was read or had none.
  let evaluation: Evaluation?
  private let origin: ModelOrigin

  /// Writes the model's folder.
  /// - Throws: `.inputOutput` if it cannot be written.
  func write(to path: String) throws(SeqError) { try origin.write(to: path) }
}

extension FittedModel<Model> {
  /// Fits a model of examples in memory: see `MemoryFit.run`.
  init<Task: LabellingTask>(_ fit: MemoryFit<Task>, _ listener: FitListener) async throws {
    let outcome = try await fit.run(listener)
    self.init(try ModelParts(outcome.content), .fitted(outcome.finished))
  }

  /// Reads the folder of a model.
  ///
  /// - Parameters:
  ///   - cells: those of a client's that it may have.
  ///   - isRight: whether a task is the one that is expected.
  ///   - expected: what a model of that task is called.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged or of another task.
  init(
    contentsOf path: String, cells: [any CustomCell], _ expected: String, where isRight: (SequenceTask) -> Bool
  ) throws(SeqError) {
    let parts = try ModelParts(ensemble: [path], cells: cells)
    guard isRight(parts.encoder.task) else {
      throw .data("the model's task is \(parts.encoder.task.rawValue), expected \(expected)", at: .file(path))
    }
    self.init(parts, .folder(path, parts.config))
  }

  private init(_ parts: ModelParts, _ origin: ModelOrigin) {
    self.init(
      config: parts.config, encoder: parts.encoder, pool: ModelPool { Model(parts, threads: $0) },
      evaluation: origin.evaluation, origin: origin)
  }
}

extension FittedModel<TransductionEngine> {
  /// Fits a model of pairs in memory: see `MemoryFit.run`.
  init(_ fit: MemoryFit<TransductionTask>, _ listener: FitListener) async throws {
    let outcome = try await fit.run(listener)
    self.init(try TransducerParts(outcome.content, outcome.content.config.output), .fitted(outcome.finished))
  }

  /// Reads the folder of a model.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged or of another task.
  init(contentsOf path: String, cells: [any CustomCell]) throws(SeqError) {
    let parts = try TransducerParts(contentsOf: path, cells: cells)
    self.init(parts, .folder(path, parts.config))
  }

  private init(_ parts: TransducerParts, _ origin: ModelOrigin) {
    self.init(
      config: parts.config, encoder: parts.encoder, pool: ModelPool { TransductionEngine(parts, threads: $0) },
      evaluation: origin.evaluation, origin: origin)
  }
}

/// Who is told of a fit, on the fitting thread.
package struct FitListener: Sendable {
  /// Hears of progress.
  package let onEvent: @Sendable (TrainingEvent) -> Void
  /// Hears what should be known and need not be mended.
  package let onWarning: @Sendable (String) -> Void
}
