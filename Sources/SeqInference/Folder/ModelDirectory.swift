package import SeqCore
package import SeqEncoding
package import SeqLayers
package import SeqModel
package import SeqTensor
import SeqText

/// A model on disk: config, vocabulary, labels, weights, scores, history and a card, in one folder.
///
/// Reading is here; a fit writes it.
package struct ModelDirectory {
  package let path: String
  /// The cells of a client's that its config may name.
  private let cells: [any CustomCell]

  /// - Parameter path: where the model is, or goes.
  package init(_ path: String, cells: [any CustomCell] = []) { (self.path, self.cells) = (path, cells) }

  /// Where an unfinished fit keeps its state.
  package var checkpoint: String { path + "/checkpoint" }

  /// What was fitted beside the network: what gives labels or tags, labels of texts beside their tags, and tags to single
  /// words.
  package static let baseline = "baseline.bin", labelBaseline = "baseline-labels.bin",
    wordBaseline = "baseline-words.bin"

  /// The parts of a model that are read back.
  package struct Content<Net: Network> {
    package let config: ModelConfig
    package let encoder: SequenceEncoder
    package let network: Net
    package let weights: ParameterVector

    package init(config: ModelConfig, encoder: SequenceEncoder, network: Net, weights: ParameterVector) {
      (self.config, self.encoder, self.network, self.weights) = (config, encoder, network, weights)
    }

    /// Tells whether its answers can be put together with those of another model.
    /// - Throws: `.data` if they are about other things, or read other tokens.
    package func check(against other: Content, path: String, first: String) throws(SeqError) {
      let (own, others) = (encoder, other.encoder)
      var (difference, remedy): (String?, String) =
        (nil, "fit both on the same data with the same tokenizer and vocabulary")
      if !own.task.choosesLabels || own.task != others.task {
        difference = "task: \(own.task.rawValue) and \(others.task.rawValue)"
      } else if own.labels != others.labels || own.sequenceLabels != others.sequenceLabels {
        difference = "labels"
      } else if own.scheme != others.scheme || own.writtenScheme != others.writtenScheme {
        difference = "data.scheme"
      } else if config.inference.constraints.scheme != other.config.inference.constraints.scheme {
        (difference, remedy) = ("inference.constraints", "write the same into the config.json of both")
      } else if config.inference.linear != other.config.inference.linear {
        (difference, remedy) = ("inference.linear", "write the same into the config.json of both")
      } else if config.inference.linearLabel != other.config.inference.linearLabel {
        (difference, remedy) = ("inference.linearLabel", "write the same into the config.json of both")
      } else if own.tokenizer.settings != others.tokenizer.settings || own.tokenizer.cuts != others.tokenizer.cuts
        || own.longTexts != others.longTexts
      {
        difference = "tokens"
      } else if own.vocabulary != others.vocabulary || own.inputCount != others.inputCount {
        difference = "vocabulary"
      } else if config.model.features != other.config.model.features {
        difference = "features"
      }
      guard let difference else { return }
      throw .data(
        "cannot predict together with \(first): they differ in \(difference)", at: .file(path),
        remedy: remedy)
    }
  }

  /// Reads and checks a model that predicts classes.
  ///
  /// - Throws: `.missingInput` if there is none, `.data` if a part is damaged or does not fit the others, or if the model is
  ///   one that writes.
  package func readLabelling() throws(SeqError) -> Content<SequenceModel> {
    try reading { folder throws(SeqError) in
      let config = try folder.readConfig()
      guard let task = config.task.definition.labelling else {
        throw .data(
          "this model writes texts and gives no labels", at: .file(path),
          remedy: .useTransducer)
      }
      return try folder.readParts(task, config)
    }
  }

  /// The same of a model that writes.
  func readWriting() throws(SeqError) -> Content<TransductionModel> {
    try reading { folder throws(SeqError) in
      let config = try folder.readConfig()
      guard config.task.rewritesTexts else {
        throw .data(
          "this model gives labels and writes no texts", at: .file(path), remedy: .useClassifier)
      }
      return try folder.readParts(TransductionTask(), config)
    }
  }

  /// Reads from the folder, after what a killed fit has left is put right: `body` may be called several times, as the folder
  /// may be replaced meanwhile.
  package func reading<Result>(_ body: (ModelDirectory) throws(SeqError) -> Result) throws(SeqError) -> Result {
    FileSystem.putBackFolder(path)
    return try FileSystem.reading(path) { now throws(SeqError) in try body(ModelDirectory(now, cells: cells)) }
  }

  private func readParts<Task: TaskDefinition>(
    _ task: Task, _ given: ModelConfig
  ) throws(SeqError) -> Content<Task.Net> {
    var config = given
    let encoder = try addLinearScorer(to: try EncoderFiles(path).read(config), config)
    // A fit puts what it has found out in the place of this; there is no training data here, but the tags it had.
    if config.inference.constraints == .automatic {
      config.inference.constraints = ConstraintChoice(encoder.tagScheme)
    }
    let (network, weights) = try readNetwork(task, config, encoder)
    return Content(config: config, encoder: encoder, network: network, weights: weights)
  }

  /// Sizes are compared before anything takes memory in proportion to them.
  private func readNetwork<Task: TaskDefinition>(
    _ task: Task, _ config: ModelConfig, _ encoder: SequenceEncoder
  ) throws(SeqError) -> (Task.Net, ParameterVector) {
    let file = path + "/model.safetensors"
    let tensors = try Safetensors(contentsOf: file, in: path)
    // The rules of a tagger take memory with the square of its tags.
    var unruled = config
    unruled.inference.constraints = .none
    try tensors.check(task.network(unruled, encoder).layout)
    let network = task.network(config, encoder)
    let weights = ParameterVector(network.layout)
    try tensors.read(into: weights)
    guard weights.isSound else {
      throw .data("a weight is infinite, huge or not a number: the file is damaged", at: .file(file))
    }
    return (network, weights)
  }

  /// Reads what the model is for.
  package func readTask() throws(SeqError) -> SequenceTask {
    try reading { folder throws(SeqError) in try folder.readConfig().task }
  }

  /// Reads the tokenizer alone.
  func readTokenizer() throws(SeqError) -> Tokenizer {
    try reading { folder throws(SeqError) in try folder.readConfig().makeTokenizer() }
  }

  private func readConfig() throws(SeqError) -> ModelConfig {
    try checkPresence()
    try ModelLayout.check(path)
    let config = try ModelConfig(contentsOf: ContainedFile(path + "/config.json", in: path).path, cells: cells)
    try EncoderFiles(path).check(config)
    return config
  }

  private func checkPresence() throws(SeqError) {
    guard FileSystem.isFolder(path) else {
      let place = Place.file(path)
      if FileSystem.exists(path) {
        throw .data("is a file, expected a model's folder", at: place, remedy: .nameModelFolder)
      }
      let near = suggestion(for: FileSystem.name(of: path), among: FileSystem.names(in: FileSystem.folder(of: path)))
      throw .missingInput(
        "there is no model here" + (near.map { " — did you mean \"\($0)\"?" } ?? ""), at: place,
        remedy: .fitModel)
    }
    let answers =
      FileSystem.exists(path + "/" + EncoderFiles.targetTokens) ? EncoderFiles.targetTokens : EncoderFiles.labels
    let files = ["config.json", "vocabulary/tokens.txt", answers, "model.safetensors"]
    let missing = files.filter { !FileSystem.exists(path + "/" + $0) }
    if missing == files {
      let isFitting = FileSystem.isFolder(checkpoint)
      throw .missingInput(
        isFitting
          ? "its fit has not finished"
          : "is not a model's folder: it has none of \(files.joined(separator: ", "))",
        at: .file(path),
        remedy: isFitting ? .finishFit : .nameModelFolder)
    }
    guard missing.isEmpty else {
      throw .data("the model is damaged: \(missing.joined(separator: ", ")) missing", at: .file(path))
    }
  }
}
