import SeqData
import SeqModel
import SeqRecipes

/// Many-to-one: a recurrent network gives one label to a text.
struct ClassificationTask: LabellingTask {
  var name: SequenceTask { .classification }
  var answers: AnswerKind { .label }
  var answer: String { "label" }
  var topology: Topology { .pooled }
  var wanted: Wanted { .label }
  var readsStartOfLongTexts: Bool { true }

  func encode(_ record: Record, _ encoder: SequenceEncoder, into buffer: inout SequenceBuffer) -> Int {
    let start = buffer.ids.count
    let count = encoder.append(record, to: &buffer)
    buffer.cut(encoder.longTexts.gap(in: start..<buffer.ids.count))
    appendLabel(of: record, encoder, to: &buffer)
    return count
  }

  func recipe(_ profile: DataProfile) -> FitRecipe {
    let recipe = ClassifierRecipe(profile)
    return FitRecipe(body: recipe.body + "\n\"baseline\": \(recipe.baseline),", data: recipe.data)
  }

  var purpose: String { "gives one label to a line of text" }

  func layers(_ config: ExperimentConfig) -> String {
    config.recurrentLayers + ", \(config.model.pooling.rawValue) pooling" + config.linearAddition
  }
}
