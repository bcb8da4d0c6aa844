public import SeqCore
import SeqEncoding
public import SeqLayers
import SeqTensor

/// A model that makes up texts, token by token.
///
///     let generator = try TextGenerator(contentsOf: "models/names-generation")
///     for text in try generator.generate(10) { print(text.text) }
///
/// Many tasks may use one generator at once: they share its weights.
public struct TextGenerator: Sendable {
  /// The labels that texts can be made up for; empty if the model was fitted without.
  public var labels: [String] { model.encoder.labels.labels }

  package let model: LoadedModel<Model>

  package init(_ model: LoadedModel<Model>) { self.model = model }

  /// Reads the folder of a generator.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - cells: your own ones, if the model has been fitted with one.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged, of another task or of an unknown cell.
  public init(contentsOf path: String, cells: [any CustomCell] = []) throws(SeqError) {
    model = try LoadedModel(contentsOf: path, cells: cells, "a generator", where: \.makesTexts)
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
}
