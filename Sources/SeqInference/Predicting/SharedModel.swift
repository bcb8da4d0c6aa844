package import SeqCore
package import SeqEncoding
package import SeqLayers
package import SeqModel
import SeqTensor

/// What all uses of a model share: it never changes, so that any number of threads may read it.
package struct SharedModel: Sendable {
  /// That of the first network.
  package let config: ModelConfig
  package let definition: any LabellingTask
  package let encoder: SequenceEncoder
  /// The networks that predict together; most often it is one.
  package let members: [EnsemblePass.Member]

  /// What models that predict together share: see `Model.init(ensemble:threads:)`.
  ///
  /// - Parameters:
  ///   - paths: their folders, at least one.
  ///   - cells: those of a client's that the models may have.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged, needs another CPU or gives no labels, or if two
  ///   differ in tokenizer, vocabulary or labels.
  package init(ensemble paths: [String], cells: [any CustomCell] = []) throws(SeqError) {
    guard let path = paths.first else { throw .usage("no model is named", remedy: "name a model's folder") }
    try Kernels.checkForcedLevel()
    try self.init(ModelDirectory(path, cells: cells).readLabelling(), path, with: paths.dropFirst(), cells: cells)
  }

  /// Those of a model that was read, and of others that predict with it.
  package init(
    _ content: ModelDirectory.Content<SequenceModel>, _ path: String, with others: ArraySlice<String> = [],
    cells: [any CustomCell] = []
  ) throws(SeqError) {
    guard let definition = content.encoder.definition.labelling else {
      throw SeqError(.internalFault, "a model of another task was read as one that gives labels")
    }
    var encoder = content.encoder
    var members = [try Self.member(content, path)]
    for other in others {
      let further = try ModelDirectory(other, cells: cells).readLabelling()
      try further.check(against: content, path: other, first: path)
      members.append(try Self.member(further, other))
      encoder.linear?.members += further.encoder.linear?.members ?? []
    }
    (config, self.definition, self.encoder, self.members) = (content.config, definition, encoder, members)
  }

  private static func member(
    _ content: ModelDirectory.Content<SequenceModel>, _ path: String
  ) throws(SeqError) -> EnsemblePass.Member {
    let precision = try content.config.inference.resolvedPrecision(file: path + "/config.json")
    let weights = Weights(content.weights, training: false, precision: precision)
    // On this thread alone: packing is done sooner than a thread is there.
    weights.refresh(WorkerTeam(width: 1))
    return (content.network, weights)
  }
}
