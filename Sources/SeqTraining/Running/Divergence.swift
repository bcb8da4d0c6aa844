package import SeqCore
package import SeqLayers

/// A fit whose loss, gradient or weights are no longer finite, and the setting that is to blame.
package struct Divergence {
  private let settings: TrainingSettings
  private let options: LossOptions

  /// A factor of the loss from which on it is to blame before the learning rate.
  private static let greatWeight: Float = 10_000

  /// Of a fit with some settings.
  package init(settings: TrainingSettings, options: LossOptions) { (self.settings, self.options) = (settings, options) }

  /// What ends the fit.
  /// - Parameters:
  ///   - what: what is infinite or NaN.
  ///   - place: such as "epoch 2, batch 7".
  package func error(_ what: String, in place: String) -> SeqError {
    let message = "the fit diverged in \(place): \(what)"
    if let weight = options.classWeights?.max(), weight >= Self.greatWeight {
      return .data(
        message, at: .path("training.classWeights"),
        remedy: "make them smaller: the greatest is \(weight), and only their ratios matter")
    }
    let rate = settings.optimizer.learningRate
    return .data(
      message, at: .path("training.optimizer.learningRate"),
      remedy: "lower it (now \(rate); try \(Self.lower(rate)))"
        + (settings.clip > 0 ? "" : " or set training.clip to 5"))
  }

  /// A tenth, without the digits that binary fractions add; nothing learns at rates far above 1.
  private static func lower(_ rate: Double) -> String { rate > 1 ? "0.1" : "\(Float(rate / 10))" }
}
