package import SeqCore
package import SeqEncoding
package import SeqLayers
package import SeqModel
package import SeqTensor

/// What all uses of a model that writes share: it never changes, so that any number of threads may read it.
package struct SharedTransducer: Sendable {
  package let config: ModelConfig
  package let encoder: SequenceEncoder
  package let target: TargetSide
  package let network: TransductionModel
  package let weights: Weights

  /// Reads a model's folder.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged, of another task, or needs another CPU.
  package init(contentsOf path: String, cells: [any CustomCell] = []) throws(SeqError) {
    try Kernels.checkForcedLevel()
    try self.init(ModelDirectory(path, cells: cells).readWriting(), path)
  }

  /// Those of a model that was read from a folder, or is in memory.
  package init(_ content: ModelDirectory.Content<TransductionModel>, _ path: String) throws(SeqError) {
    guard let target = content.encoder.target else { throw SeqError(.internalFault, "a model without targets") }
    let precision = try content.config.inference.resolvedPrecision(file: path + "/config.json")
    weights = Weights(content.weights, training: false, precision: precision)
    weights.refresh(WorkerTeam(width: 1))
    (config, encoder, network, self.target) = (content.config, content.encoder, content.network, target)
  }
}
