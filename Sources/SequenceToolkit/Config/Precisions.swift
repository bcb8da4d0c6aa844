import SeqCore
import SeqTensor

/// What a config's choices of precision come to on this CPU.
struct Precisions {
  let training: Precision
  let inference: Precision

  /// - Throws: `.data` if the CPU lacks one that the config names.
  init(_ config: ExperimentConfig) throws(SeqError) {
    let choices = [("training", config.training.precision), ("inference", config.inference.precision)]
    let missing = choices.filter { $1.resolved == nil }
    guard let training = choices[0].1.resolved, let inference = choices[1].1.resolved else {
      throw SeqError(.data, missing.map { Self.refusal($1, at: .path("\($0).precision")) })
    }
    self.training = training
    self.inference = inference
  }

  /// The precision of a model's predictions.
  /// - Parameter file: where the config is from.
  /// - Throws: as `init`.
  static func inference(_ config: ExperimentConfig, file: String) throws(SeqError) -> Precision {
    let choice = config.inference.precision
    if let resolved = choice.resolved { return resolved }
    throw SeqError(.data, [refusal(choice, at: Place(file: file, path: "inference.precision"))])
  }

  private static func refusal(_ choice: PrecisionChoice, at place: Place) -> SeqError.Diagnostic {
    .init(
      "\(choice.rawValue) needs a CPU of level amx, this one is \(Kernels.level)", at: place,
      remedy: "use float32 or auto")
  }
}
