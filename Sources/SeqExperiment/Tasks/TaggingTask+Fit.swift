package import SeqCore
package import SeqEncoding
import SeqModel
package import SeqRecipes
package import SeqRecords
import SeqTags

extension TaggingTask: LabellingFit {
  package func settle(
    _ config: inout ExperimentConfig, _ learned: LearnedEncoder, _ train: EncodedDataset, _ hooks: Experiment.Hooks
  ) throws(SeqError) { try config.settleConstraints(learned, train, hooks) }

  /// Tags with a label beside them are judged by texts with all of it right, spans by their F1.
  package func defaultMetric(_ encoder: SequenceEncoder) -> String {
    if encoder.sequenceLabels != nil { return "jointAccuracy" }
    return encoder.tagScheme != nil ? "f1" : "accuracy"
  }

  package func recipe(_ profile: DataProfile) -> FitRecipe {
    let recipe = TaggerRecipe(profile)
    return FitRecipe(body: recipe.body + "\n\"baseline\": true,", data: recipe.data)
  }

  package var purpose: String { "gives a tag to every token of a line" }

  package func layers(_ config: ExperimentConfig) -> String {
    let constraints = config.inference.constraints.scheme.map { ", constrained to \($0.rawValue)" } ?? ""
    return config.recurrentLayers + (config.model.head == .crf ? ", CRF" : "") + constraints
      + (config.model.sentenceLabel.map { "; a label by \($0.pooling.rawValue) pooling" } ?? "") + config.linearAddition
  }
}
