package import SeqConfig
public import SeqCore
package import SeqEncoding
public import SeqLayers
import SeqModel
import SeqText

// Configs from files.

extension ExperimentConfig {
  /// Reads a config file.
  ///
  /// - Parameters:
  ///   - path: a `.json` or `.plist` file; relative paths in it are meant from its folder.
  ///   - overrides: such as `training.epochs=5`; relative paths in them are meant from the working folder.
  ///   - cells: your own ones that it may name.
  /// - Throws: `.missingInput`, for the file of a tokenizer too, or `.data` with every mistake at once, each with its place and path.
  public init(
    contentsOf path: String, overrides: [String] = [], cells: [any CustomCell] = []
  ) throws(SeqError) {
    var root = try ConfigNode(contentsOf: path)
    try root.apply(overrides: overrides)
    try self.init(root, folder: FileSystem.folder(of: path), cells: cells)
    for (i, feature) in model.features.enumerated() {
      guard let file = feature.vectors, !FileSystem.exists(file) else { continue }
      var place = Place.file(path)
      place.path = "model.features[\(i)].vectors"
      throw .missingInput(
        FileSystem.missing(file).description, at: place, remedy: "fetch or name a file of word vectors")
    }
    guard let file = tokenizer.file, !FileSystem.exists(file) else { return }
    var place = root["tokenizer"]?["file"]?.place ?? .file(path)
    place.path = "tokenizer.file"
    throw .missingInput(
      FileSystem.missing(file).description, at: place, remedy: .makeTokenizerFile)
  }

  /// Reads the config of a model, whose own files are looked for by whoever reads the model. Keys may have the names that
  /// they had when it was fitted.
  package init(ofModel path: String, cells: [any CustomCell] = []) throws(SeqError) {
    try self.init(
      try ConfigNode(contentsOf: path), folder: FileSystem.folder(of: path), withFormerNames: true, cells: cells)
  }

  /// The whole of a model's config: of its fit, too.
  package init(of model: ModelConfig) throws(SeqError) {
    guard let source = model.source else { throw SeqError(.internalFault, "a config that is in no file") }
    try self.init(source.node, folder: source.folder, withFormerNames: true, cells: model.model.ownCells)
  }

  /// - Parameters:
  ///   - folder: the folder that relative paths start from.
  ///   - cells: those of a client's that it may name.
  package init(
    _ root: ConfigNode, folder: String, withFormerNames: Bool = false, cells: [any CustomCell] = []
  ) throws(SeqError) {
    self = try .reading(
      root, onto: ExperimentConfig(task: .classification, train: ""), folder: folder, advice: Self.advice,
      withFormerNames: withFormerNames, given: cells)
    origin = root
  }
}
