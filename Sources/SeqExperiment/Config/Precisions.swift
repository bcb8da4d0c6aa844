package import SeqCore
import SeqEncoding
package import SeqTensor
import SeqTraining

/// What a config's choices of precision come to on this CPU.
package struct Precisions {
  package let training: Precision
  package let inference: Precision

  /// - Throws: `.data` if the CPU lacks one that the config names.
  package init(_ config: ExperimentConfig) throws(SeqError) {
    let choices = [("training", config.training.precision), ("inference", config.inference.precision)]
    let missing = choices.filter { $1.resolved == nil }
    guard let training = choices[0].1.resolved, let inference = choices[1].1.resolved else {
      throw SeqError(.data, missing.map { $1.refusal(at: .path("\($0).precision")) })
    }
    self.training = training
    self.inference = inference
  }

}
