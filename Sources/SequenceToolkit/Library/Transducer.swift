public import SeqCore
public import SeqLayers
import SeqModel
import SeqTensor
public import SeqTraining

/// A model that turns texts into other texts.
///
///     let transducer = try Transducer(contentsOf: "models/dates")
///     print(transducer.transduce("3 March 1999") ?? "")
///
/// Many tasks may use one transducer at once: they share its weights.
public struct Transducer: Sendable {
  /// The scores on the dev data of the fit; nil for a model that was read or had none.
  public var evaluation: Evaluation? { model.evaluation }
  /// Whether the decoder looks at the text while it writes, so that `TransductionOptions.attention` can be asked for.
  public var hasAttention: Bool { model.config.model.decoder.attention != .none }

  private let model: FittedModel<TransductionEngine>

  /// Fits a transducer on a thread of its own.
  ///
  /// - Parameters:
  ///   - examples: texts with what they should become; a text may occur with several targets.
  ///   - dev: tells which epoch is best; without it the last one counts.
  ///   - recipe: the settings.
  ///   - onEvent: is told of progress, on the fitting thread.
  ///   - onWarning: is told what you should know and need not mend, such as labels of `dev` that `examples` lack.
  /// - Throws: `SeqError` if nothing can be learned from the examples or the loss diverges; `CancellationError` if the task is
  ///   cancelled.
  public init(
    fitting examples: [TextPair], dev: [TextPair] = [], recipe: Recipe = .automatic,
    onEvent: @escaping @Sendable (TrainingEvent) -> Void = { _ in },
    onWarning: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws {
    model = try await FittedModel(
      MemoryFit(TransductionTask(), examples, dev: dev, recipe: recipe),
      FitListener(onEvent: onEvent, onWarning: onWarning))
  }

  /// Reads the folder of a transducer.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - cells: your own ones, if the model has been fitted with one.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged, of another task or of an unknown cell.
  public init(contentsOf path: String, cells: [any CustomCell] = []) throws(SeqError) {
    model = try FittedModel(contentsOf: path, cells: cells)
  }

  /// What a text becomes; nil for a text without tokens.
  public func transduce(_ text: String) -> String? {
    model.pool.use(threads: 1) { $0.transduce([text])[0].outputs.first?.text }
  }

  /// What many texts become, in their order, each with its alternatives as the options ask for them.
  public func transduce(_ texts: [String], options: TransductionOptions = .init()) -> [Transduction] {
    model.pool.use(threads: WorkerTeam.processors) { $0.transduce(texts, options: options) }
  }

  /// Writes the model's folder, which the command reads too, in the place of a model that is there.
  /// - Throws: `.inputOutput` if it cannot be written.
  public func write(to path: String) throws(SeqError) { try model.write(to: path) }
}
