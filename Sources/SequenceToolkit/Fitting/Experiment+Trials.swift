public import SeqCore
import SeqMetrics
import SeqTensor
public import SeqTraining

extension Experiment {
  /// Tries learning rates from small to great in one short fit, of which nothing is kept.
  /// - Throws: what `fit` throws before training.
  public func findLearningRate(hooks: Hooks = Hooks()) throws(SeqError) -> LearningRateTrial {
    try Kernels.checkForcedLevel()
    var config = config
    // It has no part in the loss.
    config.baseline = nil
    return try FitWork(config, hooks: hooks).findLearningRate(hooks)
  }

  /// Whether a greater main score is better.
  public static func isBetter(_ a: Score, than b: Score) -> Bool {
    (MetricName.higherIsBetter(a.name) ?? true) ? a.value > b.value : a.value < b.value
  }

  /// Puts a model that was fitted elsewhere where the config's goes.
  /// - Throws: `.inputOutput` if the place is taken by what is no model, or nothing can be moved there.
  public func take(from folder: String) throws(SeqError) {
    try ModelDirectory(config.output).prepare()
    try FileSystem.replaceFolder(config.output, with: folder)
  }

  /// Tells before a fit elsewhere whether its model could be put in its place.
  /// - Throws: as `take`.
  public func prepareOutput() throws(SeqError) { try ModelDirectory(config.output).prepare() }

  /// The score by which models of one config are compared: that by which the best epoch was chosen; nil without dev data.
  public func devScore(of result: Result) -> Score? {
    guard let evaluation = result.evaluations.first(where: { $0.name == "dev" })?.evaluation else { return nil }
    guard let name = result.metric, let value = evaluation.scores[name] else { return evaluation.mainScore }
    return Score(name, value)
  }
}
