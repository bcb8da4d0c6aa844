package import SeqConfig

/// What a network's loss is made of beside the cross-entropy: the keys of it that `training` has.
public struct LossSettings: Sendable, Equatable {
  /// The share of the target that is spread over all classes.
  public var labelSmoothing = 0.0
  /// Factors on the loss of labels, by name; 1 for those not named.
  public var classWeights: [String: Double] = [:]
  /// Where the factors of labels come from that are not named.
  public var classBalance = ClassBalance.none
  /// γ of the focal loss, which counts an example by (1 − p)^γ; 0 for cross-entropy.
  public var focalGamma = 0.0
  /// β of the confidence penalty, which adds β times the negative entropy of each prediction; 0 for none.
  public var confidencePenalty = 0.0

  /// Cross-entropy alone.
  public init() {}
}

extension LossSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .double(
      "labelSmoothing", \.labelSmoothing, in: .from(0, below: 1),
      "Share of the target spread over all classes; not with `crf`"
    ).alias("label_smoothing", "label_smoothing_factor", "smoothing"),
    .classWeights("classWeights"),
    .double(
      "focalGamma", \.focalGamma, in: .closed(0...10),
      when: [.task(not: "generation", "transduction", else: "only applies to labels and tags")],
      "γ of the focal loss: an example weighs (1 − p)^γ, where p is its label's probability; not with `labelSmoothing` or `crf`"
    ).renamed(from: "focus").alias("focal_loss", "gamma", "focal_gamma"),
    .double(
      "confidencePenalty", \.confidencePenalty, in: .closed(0...10),
      "β of the confidence penalty: β times the negative entropy of each prediction is added to its loss; not with "
        + "`focalGamma` or `crf`"
    ).see("how-to/train-well.md#losses").alias("confidence_penalty", "entropy_penalty", "entropy_regularization"),
  ]

  package func check(_ reader: ConfigReader) {
    let isSoftmax = reader.facts.text("model.head") != "crf"
    if !isSoftmax, labelSmoothing > 0 {
      reader.problem("labelSmoothing", "only applies to the softmax head", remedy: "leave it out")
    }
    if !isSoftmax, focalGamma > 0 {
      reader.problem(
        "focalGamma", "only applies to the softmax head", remedy: "leave it out, or use training.classWeights")
    }
    if !isSoftmax, confidencePenalty > 0 {
      reader.problem("confidencePenalty", "only applies to the softmax head", remedy: "leave it out")
    }
    for (other, value) in [("labelSmoothing", labelSmoothing), ("confidencePenalty", confidencePenalty)]
    where focalGamma > 0 && value > 0 {
      reader.problem(
        "focalGamma", "cannot be combined with \(other): one asks for certainty, the other against it",
        remedy: "leave one of them out")
    }
    if !classWeights.isEmpty, reader.facts.text("task") == "transduction" {
      reader.problem("classWeights", "has no effect with transduction", remedy: "leave it out")
    }
  }
}
