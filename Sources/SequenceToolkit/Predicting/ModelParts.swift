import SeqCore
import SeqLayers
import SeqModel
import SeqTensor

/// What all uses of a model share: it never changes, so that any number of threads may read it.
struct ModelParts: Sendable {
  /// That of the first network.
  let config: ExperimentConfig
  let definition: any LabellingTask
  let encoder: SequenceEncoder
  /// The networks that predict together; most often it is one.
  let members: [EnsemblePass.Member]
  /// Gives what was fitted beside the network.
  let linearModels: @Sendable () throws(SeqError) -> LinearModels?

  /// The parts of models that predict together: see `Model.init(ensemble:threads:)`.
  ///
  /// - Parameters:
  ///   - cells: those of a client's that the models may have.
  ///   - isForScoring: whether what was fitted beside the network is read at once, so that it is of the same model
  ///   even if the folder is replaced before the scores are there.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged, needs another CPU or gives no labels, or if two
  ///   differ in tokenizer, vocabulary or labels.
  init(ensemble paths: [String], cells: [any CustomCell] = [], isForScoring: Bool = false) throws(SeqError) {
    guard let path = paths.first else { throw .usage("no model is named", remedy: "name a model's folder") }
    try Kernels.checkForcedLevel()
    let folder = ModelDirectory(path, cells: cells)
    let content = try folder.readLabelling(withLinearModels: isForScoring)
    var encoder = content.encoder
    var members = [try Self.member(content, path)]
    for other in paths.dropFirst() {
      let further = try ModelDirectory(other, cells: cells).readLabelling()
      try further.check(against: content, path: other, first: path)
      members.append(try Self.member(further, other))
      encoder.linear?.members += further.encoder.linear?.members ?? []
    }
    let first = content.encoder
    try self.init(content.config, encoder, members) { () throws(SeqError) in
      if isForScoring { return content.linearModels }
      return try folder.reading { now throws(SeqError) in try now.readLinearModels(first) }
    }
  }

  /// Those of a model that is in memory.
  init(_ content: ModelDirectory.Content<SequenceModel>) throws(SeqError) {
    let member = try Self.member(content, content.config.output)
    try self.init(content.config, content.encoder, [member]) { () throws(SeqError) in content.linearModels }
  }

  private init(
    _ config: ExperimentConfig, _ encoder: SequenceEncoder, _ members: [EnsemblePass.Member],
    _ linearModels: @escaping @Sendable () throws(SeqError) -> LinearModels?
  ) throws(SeqError) {
    guard let definition = encoder.definition.labelling else {
      throw SeqError(.internalFault, "a model of another task was read as one that gives labels")
    }
    self.definition = definition
    (self.config, self.encoder, self.members, self.linearModels) = (config, encoder, members, linearModels)
  }

  private static func member(
    _ content: ModelDirectory.Content<SequenceModel>, _ path: String
  ) throws(SeqError) -> EnsemblePass.Member {
    let precision = try Precisions.inference(content.config, file: path + "/config.json")
    let weights = Weights(content.weights, training: false, precision: precision)
    // On this thread alone: packing is done sooner than a thread is there.
    weights.refresh(WorkerTeam(width: 1))
    return (content.network, weights)
  }
}
