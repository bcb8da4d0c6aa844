import SeqBaseline
package import SeqCore
package import SeqData
import SeqEncoding
package import SeqInference
import SeqRecords
import SeqTensor

/// A model with the experiment that it is from, to be scored on labelled data.
package struct ModelScoring {
  package let model: Model
  package let config: ExperimentConfig
  /// What was fitted beside the network; nil if nothing was.
  private let linearModels: LinearModels?

  /// Reads models that predict together, and of the first what was fitted beside its network: at once, so that all is of the
  /// same model even if the folder is replaced meanwhile.
  ///
  /// - Throws: as `Model.init(ensemble:threads:)`.
  package init(ensemble paths: [String], threads: Int? = nil) throws(SeqError) {
    guard let path = paths.first else { throw .usage("no model is named", remedy: "name a model's folder") }
    try Kernels.checkForcedLevel()
    let (content, linearModels) = try ModelDirectory(path).reading { now throws(SeqError) in
      let content = try now.readLabelling()
      return (content, try now.readLinearModels(content.encoder))
    }
    let parts = try SharedModel(content, path, with: paths.dropFirst())
    model = Model(parts, threads: max(1, threads ?? WorkerTeam.processors))
    config = try ExperimentConfig(of: content.config)
    self.linearModels = linearModels
  }

  /// Scores the model on a labelled file, read as the model's own data was; by default on its test file.
  ///
  /// - Parameters:
  ///   - reading: how the file is read, if it is not laid out as the model's own data was.
  ///   - progress: is told how many texts of all are done, on several threads at a time.
  /// - Throws: `.usage` if no file is named and the model has none; else what reading throws.
  package func evaluate(
    _ path: String? = nil, reading: ReadingOptions? = nil, progress: (@Sendable (Int, Int) -> Void)? = nil
  ) throws(SeqError) -> Evaluation {
    var config = config
    if let reading { config.data.reading = reading }
    if config.data.isStream { return try evaluate(stream: path) }
    let records = try LoadedData.scored(path, config)
    var evaluator = Evaluator(
      try model.task.labellingFit, encoder: model.encoder, records: records,
      from: LoadedData.scoredPath(path, config), team: model.team)
    evaluator.progress = progress
    guard evaluator.data.count > 0 else { throw LoadedData.nothingToScore(path, config) }
    evaluator.baseline = linearModels?.scores(records, model.encoder, model.team)
    return evaluator.evaluate(model.predictor)
  }

  /// The same of one long text.
  private func evaluate(stream path: String?) throws(SeqError) -> Evaluation {
    let text: StreamText
    if let path = path ?? config.data.test {
      text = try StreamText(path, config)
    } else if let split = config.data.split {
      text = try StreamText(config.data.train, config).split(split).test
    } else {
      throw .usage("the model's config names no test data", remedy: .nameText)
    }
    guard let evaluator = Evaluator(try model.task.labellingFit, encoder: model.encoder, stream: text) else {
      throw .data("holds no tokens to score", at: .file(path ?? config.data.test ?? config.data.train))
    }
    return evaluator.evaluate(model.predictor)
  }
}

extension TransductionEngine {
  /// Scores the model on a file of pairs, read as the model's own data was; by default on its test file. Pairs of the same
  /// text are references of one.
  /// - Parameters:
  ///   - given: the config of the model's fit.
  ///   - reading: how the file is read, if it is not laid out as the model's own data was.
  ///   - beam: instead of the config's.
  ///   - progress: is told how many texts of all are done, on several threads at a time.
  /// - Throws: `.usage` if no file is named and the model has none; else what reading throws.
  package func evaluate(
    _ path: String? = nil, _ given: ExperimentConfig, reading: ReadingOptions? = nil, beam: Int? = nil,
    progress: (@Sendable (Int, Int) -> Void)? = nil
  ) throws(SeqError) -> Evaluation {
    var config = given
    if let reading { config.data.reading = reading }
    var evaluator = TransductionEvaluator(
      encoder: encoder, target: target, records: try LoadedData.scored(path, config),
      from: LoadedData.scoredPath(path, config), decoding: self.config.inference.decoding, team: team)
    evaluator.progress = progress
    return evaluator.evaluate(transcriber, beam: beam)
  }
}
