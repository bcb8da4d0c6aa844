import SeqCore
package import SeqEncoding
import SeqModel
package import SeqPrediction
package import SeqRecipes
import SeqText

extension GenerationTask: LabellingFit {
  /// Texts are judged by how probable they are.
  package func evaluate(_ data: Evaluator, _ predictor: Predictor, isQuick: Bool) -> Evaluation {
    data.likelihood(predictor)
  }

  package func defaultMetric(_ encoder: SequenceEncoder) -> String { "loss" }

  package func recipe(_ profile: DataProfile) -> FitRecipe { FitRecipe(body: OtherRecipes.generator) }

  package var purpose: String { "generates texts" }

  package func command(model name: String, _ encoder: SequenceEncoder) -> String {
    let label = encoder.labels.labels.first.map { " --label '\($0)'" } ?? ""
    return "seqtool generate --model \(name)\(label) --count 10"
  }

  package func layers(_ config: ExperimentConfig) -> String { config.recurrentLayers + config.linearAddition }

  package func limits(_ config: ExperimentConfig, _ encoder: SequenceEncoder) -> String {
    let names = encoder.labels.labels.map { "`\($0)`" }.joined(separator: ", ")
    return """
      It generates texts like those it was trained on\(names.isEmpty ? "" : ", of these labels: \(names)"). What they say \
      need not be true, and some may be texts of the training data.
      """
  }
}
