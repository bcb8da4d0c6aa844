import SeqCore
package import SeqEncoding
package import SeqLayers
import SeqTensor

/// What the four types of models have in common: engines that share weights, and where the model came from.
package struct LoadedModel<Engine>: Sendable {
  package let config: ModelConfig
  package let encoder: SequenceEncoder
  package let pool: ModelPool<Engine>
  package let origin: any ModelOrigin
}

/// Where a model came from, for those who write it: a folder, or a fit in memory.
package protocol ModelOrigin: Sendable {}

/// A folder that a model was read from, with its config.
package struct FolderOrigin: ModelOrigin {
  package let path: String
  package let config: ModelConfig
}

extension LoadedModel<Model> {
  /// Reads the folder of a model.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - cells: those of a client's that it may have.
  ///   - expected: what a model of the right task is called.
  ///   - isRight: whether a task is the one that is expected.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged or of another task.
  package init(
    contentsOf path: String, cells: [any CustomCell], _ expected: String, where isRight: (SequenceTask) -> Bool
  ) throws(SeqError) {
    let parts = try SharedModel(ensemble: [path], cells: cells)
    guard isRight(parts.encoder.task) else {
      throw .data("the model's task is \(parts.encoder.task.rawValue), expected \(expected)", at: .file(path))
    }
    self.init(parts, FolderOrigin(path: path, config: parts.config))
  }

  package init(_ parts: SharedModel, _ origin: any ModelOrigin) {
    self.init(
      config: parts.config, encoder: parts.encoder, pool: ModelPool { Model(parts, threads: $0) }, origin: origin)
  }
}

extension LoadedModel<TransductionEngine> {
  /// Reads the folder of a model.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged or of another task.
  package init(contentsOf path: String, cells: [any CustomCell]) throws(SeqError) {
    let parts = try SharedTransducer(contentsOf: path, cells: cells)
    self.init(parts, FolderOrigin(path: path, config: parts.config))
  }

  package init(_ parts: SharedTransducer, _ origin: any ModelOrigin) {
    self.init(
      config: parts.config, encoder: parts.encoder, pool: ModelPool { TransductionEngine(parts, threads: $0) },
      origin: origin)
  }
}
