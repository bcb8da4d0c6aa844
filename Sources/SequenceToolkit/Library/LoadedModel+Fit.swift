import SeqCore
import SeqEncoding
import SeqExperiment
import SeqInference
import SeqModel

/// A fit in memory that a model came from.
struct FitOrigin: ModelOrigin {
  let finished: ModelDirectory.Finished
}

extension LoadedModel<Model> {
  /// Fits a model of examples in memory: see `MemoryFit.run`.
  init<Task: LabellingFit>(_ fit: MemoryFit<Task>, _ listener: FitListener) async throws {
    let outcome = try await fit.run(listener)
    self.init(
      try SharedModel(outcome.content, outcome.finished.config.output), FitOrigin(finished: outcome.finished))
  }
}

extension LoadedModel<TransductionEngine> {
  /// Fits a model of pairs in memory: see `MemoryFit.run`.
  init(_ fit: MemoryFit<TransductionTask>, _ listener: FitListener) async throws {
    let outcome = try await fit.run(listener)
    self.init(
      try SharedTransducer(outcome.content, outcome.finished.config.output), FitOrigin(finished: outcome.finished))
  }
}

extension LoadedModel {
  /// The scores on the dev data of the fit; nil for a model that was read or had none.
  var evaluation: Evaluation? { (origin as? FitOrigin)?.finished.evaluations.first?.evaluation }

  /// Writes the model's folder.
  ///
  /// - Throws: `.inputOutput` if it cannot be written or the place holds something that is no model, `.missingInput` if the
  ///   folder that the model was read from is gone.
  func write(to path: String) throws(SeqError) {
    let directory = ModelDirectory(path)
    let lock = try directory.claim()
    defer { lock.release() }
    if let fit = origin as? FitOrigin { return try directory.write(fit.finished) }
    guard let folder = origin as? FolderOrigin else {
      throw SeqError(.internalFault, "a model came from nowhere that it can be written from")
    }
    try NewFolder(path, replaces: true).fill { beside throws(SeqError) in
      try directory.copyParts(of: folder.path, to: beside)
      // Its paths are those of another place.
      try FileSystem.write(
        ExperimentConfig(of: folder.config).portableText(for: path), to: beside + "/config.json")
    }
  }
}
