public import SeqCore
import SeqEncoding
public import SeqLayers
import SeqModel
import SeqTensor

/// A model that turns texts into other texts.
///
///     let transducer = try Transducer(contentsOf: "models/dates")
///     print(transducer.transduce("3 March 1999") ?? "")
///
/// Many tasks may use one transducer at once: they share its weights.
public struct Transducer: Sendable {
  /// Whether the decoder looks at the text while it writes, so that `TransductionOptions.attention` can be asked for.
  public var hasAttention: Bool { model.config.model.decoder.attention != .none }

  package let model: LoadedModel<TransductionEngine>

  package init(_ model: LoadedModel<TransductionEngine>) { self.model = model }

  /// Reads the folder of a transducer.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - cells: your own ones, if the model has been fitted with one.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged, of another task or of an unknown cell.
  public init(contentsOf path: String, cells: [any CustomCell] = []) throws(SeqError) {
    model = try LoadedModel(contentsOf: path, cells: cells)
  }

  /// What a text becomes; nil for a text without tokens.
  public func transduce(_ text: String) -> String? {
    model.pool.use(threads: 1) { $0.transduce([text])[0].outputs.first?.text }
  }

  /// What many texts become, in their order, each with its alternatives as the options ask for them.
  public func transduce(_ texts: [String], options: TransductionOptions = .init()) -> [Transduction] {
    model.pool.use(threads: WorkerTeam.processors) { $0.transduce(texts, options: options) }
  }
}
