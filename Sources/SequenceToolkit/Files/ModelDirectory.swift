import SeqConfig
import SeqCore
import SeqData
import SeqLayers
import SeqModel
import SeqTensor
import SeqText
import SeqTraining

/// A model on disk: config, vocabulary, labels, weights, scores, history and a card, in one folder.
///
/// The folder is made beside its place and then renamed, and holds no time stamps: the same seed and the same build give
/// the same bytes.
struct ModelDirectory {
  let path: String
  /// The cells of a client's that its config may name.
  private let cells: [any CustomCell]

  /// - Parameter path: where the model is, or goes.
  init(_ path: String, cells: [any CustomCell] = []) { (self.path, self.cells) = (path, cells) }

  var checkpoint: String { path + "/checkpoint" }

  /// The pieces of a model that cuts texts into subwords, as seen from its folder.
  static let subwords = "vocabulary/subwords.txt"
  /// The same of what a model writes, and the tokens it writes.
  static let targetSubwords = "vocabulary/target-subwords.txt", targetTokens = "vocabulary/target-tokens.txt"

  /// Where raw text is cut otherwise than by its kind of tokenizer.
  static let rawCuts = "vocabulary/raw-cuts.txt"

  /// The labels of whole texts, beside their tags.
  static let labels = "vocabulary/labels.txt", sequenceLabels = "vocabulary/sequence-labels.txt"

  /// What was fitted beside the network: what gives labels or tags, labels of texts beside their tags, and tags to single
  /// words.
  static let baseline = "baseline.bin", labelBaseline = "baseline-labels.bin", wordBaseline = "baseline-words.bin"

  /// The parts of a model that are read back.
  struct Content<Net: Network> {
    let config: ExperimentConfig
    let encoder: SequenceEncoder
    let network: Net
    let weights: ParameterVector
    /// What was fitted beside the network, if it was asked for.
    var linearModels: LinearModels?

    /// Tells whether its answers can be put together with those of another model.
    /// - Throws: `.data` if they are about other things, or read other tokens.
    func check(against other: Content, path: String, first: String) throws(SeqError) {
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
      } else if config.model.inputs != other.config.model.inputs {
        difference = "inputs"
      }
      guard let difference else { return }
      throw .data(
        "cannot predict together with \(first): they differ in \(difference)", at: .file(path),
        remedy: remedy)
    }
  }

  /// Reads and checks a model that predicts classes.
  ///
  /// - Parameter withLinearModels: whether what was fitted beside the network is read too.
  /// - Throws: `.missingInput` if there is none, `.data` if a part is damaged or does not fit the others, or if the model is
  ///   one that writes.
  func readLabelling(withLinearModels: Bool = false) throws(SeqError) -> Content<SequenceModel> {
    try reading { folder throws(SeqError) in
      let config = try folder.readConfig()
      guard let task = config.task.definition.labelling else {
        throw .data(
          "this model writes texts and gives no labels", at: .file(path),
          remedy: "use seqtool transduce, or Transducer")
      }
      var content = try folder.readParts(task, config)
      if withLinearModels { content.linearModels = try folder.readLinearModels(content.encoder) }
      return content
    }
  }

  /// The same of a model that writes.
  func readWriting() throws(SeqError) -> Content<TransductionModel> {
    try reading { folder throws(SeqError) in
      let config = try folder.readConfig()
      guard config.task.rewritesTexts else {
        throw .data(
          "this model gives labels and writes no texts", at: .file(path), remedy: "use seqtool tag, or Model")
      }
      return try folder.readParts(TransductionTask(), config)
    }
  }

  /// Reads from the folder, after what a killed fit has left is put right: `body` may be called several times, as the folder
  /// may be replaced meanwhile.
  func reading<Result>(_ body: (ModelDirectory) throws(SeqError) -> Result) throws(SeqError) -> Result {
    FileSystem.putBackFolder(path)
    return try FileSystem.reading(path) { now throws(SeqError) in try body(ModelDirectory(now, cells: cells)) }
  }

  private func readParts<Task: TaskDefinition>(
    _ task: Task, _ given: ExperimentConfig
  ) throws(SeqError) -> Content<Task.Net> {
    var config = given
    let entries = config.vocabulary.maximumSize + config.vocabulary.fromVectors
    let vocabulary = try readVocabulary("vocabulary/tokens.txt", entries: entries)
    let tokenizer = try config.makeTokenizer()
    let encoder = try addLinearPart(to: try task.readEncoder(from: self, config, tokenizer, vocabulary), config)
    // A fit puts what it has found out in the place of this; there is no training data here, but the tags it had.
    if config.inference.constraints == .automatic {
      config.inference.constraints = ConstraintChoice(encoder.tagScheme)
    }
    let (network, weights) = try readNetwork(task, config, encoder)
    return Content(config: config, encoder: encoder, network: network, weights: weights)
  }

  /// Sizes are compared before anything takes memory in proportion to them.
  private func readNetwork<Task: TaskDefinition>(
    _ task: Task, _ config: ExperimentConfig, _ encoder: SequenceEncoder
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
      throw .data("a weight is infinite, huge or no number: the file is damaged", at: .file(file))
    }
    return (network, weights)
  }

  /// The most bytes of a file of vocabulary: 64 MiB, or of a large one, a KiB an entry.
  private static func textLimit(entries: Int = 0) -> Int {
    min(FileSystem.readLimit, max(64 << 20, entries.multipliedReportingOverflow(by: 1024).partialValue))
  }

  private func readText(_ name: String, entries: Int = 0) throws(SeqError) -> String {
    try FolderPart(path + "/" + name, in: path, limit: Self.textLimit(entries: entries)).readText()
  }

  func readVocabulary(_ name: String, entries: Int) throws(SeqError) -> Vocabulary {
    try Vocabulary(parsing: readText(name, entries: entries), file: path + "/" + name)
  }

  func readLabels(_ name: String) throws(SeqError) -> LabelSet {
    try LabelSet(parsing: readText(name), file: path + "/" + name)
  }

  func readViews(_ config: ExperimentConfig) throws(SeqError) -> ViewEncoder? {
    let inputs = config.model.inputs
    return inputs.isEmpty ? nil : try ViewEncoder(reading: path + "/vocabulary", for: inputs)
  }

  func readSequenceLabels(_ config: ExperimentConfig) throws(SeqError) -> LabelSet? {
    if config.model.joint == nil { return nil }
    guard FileSystem.exists(path + "/" + Self.sequenceLabels) else {
      throw .data("the model is damaged: \(Self.sequenceLabels) missing", at: .file(path))
    }
    return try readLabels(Self.sequenceLabels)
  }

  /// Reads what the model is for.
  func readTask() throws(SeqError) -> SequenceTask {
    try reading { folder throws(SeqError) in try folder.readConfig().task }
  }

  /// Reads the tokenizer alone.
  func readTokenizer() throws(SeqError) -> Tokenizer {
    try reading { folder throws(SeqError) in try folder.readConfig().makeTokenizer() }
  }

  private func readConfig() throws(SeqError) -> ExperimentConfig {
    try checkPresence()
    try ModelLayout.check(path)
    let config = try ExperimentConfig(ofModel: FolderPart(path + "/config.json", in: path).path, cells: cells)
    for (pieces, name) in [
      (config.tokenizer.file, Self.subwords), (config.targetTokenizer.file, Self.targetSubwords),
      (config.rawText.file, Self.rawCuts),
    ] {
      guard let pieces else { continue }
      guard FileSystem.exists(pieces) else {
        throw .data("the model is damaged: \(name) missing", at: .file(path))
      }
      _ = try FolderPart(pieces, in: path, limit: Self.textLimit())
    }
    return config
  }

  private func checkPresence() throws(SeqError) {
    guard FileSystem.isFolder(path) else {
      let place = Place.file(path)
      if FileSystem.exists(path) {
        throw .data("is a file, expected a model's folder", at: place, remedy: "name the folder that seqtool fit wrote")
      }
      let near = suggestion(for: FileSystem.name(of: path), among: FileSystem.names(in: FileSystem.folder(of: path)))
      throw .missingInput(
        "there is no model here" + (near.map { " — did you mean \"\($0)\"?" } ?? ""), at: place,
        remedy: "fit one with seqtool fit")
    }
    let answers = FileSystem.exists(path + "/" + Self.targetTokens) ? Self.targetTokens : Self.labels
    let files = ["config.json", "vocabulary/tokens.txt", answers, "model.safetensors"]
    let missing = files.filter { !FileSystem.exists(path + "/" + $0) }
    if missing == files {
      let isFitting = FileSystem.isFolder(checkpoint)
      throw .missingInput(
        isFitting ? "its fit has not ended" : "is no model's folder: it has none of \(files.joined(separator: ", "))",
        at: .file(path),
        remedy: isFitting ? "go on with seqtool fit --resume" : "name the folder that seqtool fit wrote")
    }
    guard missing.isEmpty else {
      throw .data("the model is damaged: \(missing.joined(separator: ", ")) missing", at: .file(path))
    }
  }

  /// What a finished fit leaves.
  struct Finished {
    let config: ExperimentConfig
    let encoder: SequenceEncoder
    let weights: ParameterVector
    /// What the products of training were computed from.
    let precision: Precision
    let state: TrainingState
    let evaluations: [(name: String, evaluation: Evaluation)]
    /// What was fitted beside the network.
    let linearModels: LinearModels?
  }

  /// Puts a finished model in place, and with that ends its checkpoint.
  func write(_ finished: Finished) throws(SeqError) {
    try NewFolder(path, replaces: true).fill { beside throws(SeqError) in
      try FileSystem.makeFolder(beside + "/vocabulary")
      try FileSystem.write(finished.config.portableText(for: path), to: beside + "/config.json")
      try FileSystem.write(ModelLayout.text(), to: beside + "/" + ModelLayout.file)
      try writeVocabulary(finished.encoder, beside)
      try FileSystem.write(
        Safetensors.encode(
          [("", finished.weights)],
          metadata: [("format", "pt"), ("seqtool", seqtoolVersion), ("precision", finished.precision.rawValue)]),
        to: beside + "/model.safetensors")
      try finished.linearModels?.write(to: beside)
      try FileSystem.write(metrics(finished), to: beside + "/metrics.json")
      try FileSystem.write(History.csv(finished.state), to: beside + "/history.csv")
      try FileSystem.write(ModelCard(finished, name: FileSystem.name(of: path)).text, to: beside + "/README.md")
    }
  }

  private func writeVocabulary(_ encoder: SequenceEncoder, _ folder: String) throws(SeqError) {
    try FileSystem.write(encoder.vocabulary.text(), to: folder + "/vocabulary/tokens.txt")
    try encoder.views?.write(to: folder + "/vocabulary")
    if let subwords = encoder.tokenizer.subwords {
      try FileSystem.write(subwords.text(), to: folder + "/" + Self.subwords)
    }
    if let cuts = encoder.tokenizer.cuts { try FileSystem.write(cuts.text(), to: folder + "/" + Self.rawCuts) }
    try encoder.definition.writeAnswers(of: encoder, to: folder)
  }

  private func metrics(_ finished: Finished) throws(SeqError) -> String {
    var members = finished.evaluations.map { ($0.name, ConfigNode.object($0.evaluation.scores.members)) }
    let baselines = finished.evaluations.compactMap { part in
      part.evaluation.baseline.map { scores -> (String, ConfigNode) in
        (part.name, ["linear": .object(scores.linear.members), "majority": .object(scores.majority.members)])
      }
    }
    let alone = finished.evaluations.compactMap { part in
      part.evaluation.networkScores.map { (part.name, ConfigNode.object($0.members)) }
    }
    if !alone.isEmpty { members.append(("network", .object(alone))) }
    if !baselines.isEmpty { members.append(("baseline", .object(baselines))) }
    return try JSONWriter.text(of: .object([("bestEpoch", .integer(finished.state.bestEpoch))] + members)) + "\n"
  }
}

extension ExperimentConfig {
  /// The config with every default and with its paths as seen from the model's folder, so that it is accepted back from there.
  func portableText(for folder: String) throws(SeqError) -> String {
    try JSONWriter.text(of: portableNode(for: folder)) + "\n"
  }

  /// The same as a tree.
  func portableNode(for folder: String) -> ConfigNode {
    var copy = self
    copy.output = folder
    // Copies, so that the model is whole by itself.
    if tokenizer.file != nil { copy.tokenizer.file = folder + "/" + ModelDirectory.subwords }
    if targetTokenizer.file != nil { copy.targetTokenizer.file = folder + "/" + ModelDirectory.targetSubwords }
    if rawText.cuts != nil || rawText.file != nil { copy.rawText.file = folder + "/" + ModelDirectory.rawCuts }
    return copy.node(relativeTo: folder)
  }
}
