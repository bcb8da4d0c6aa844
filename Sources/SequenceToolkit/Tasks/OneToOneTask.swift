import SeqData
import SeqModel
import SeqRecipes

/// One-to-one: a feed-forward network gives one label to a bag of tokens and n-grams.
struct OneToOneTask: LabellingTask {
  var name: SequenceTask { .oneToOne }
  var answers: AnswerKind { .label }
  var answer: String { "label" }
  var topology: Topology { .bag }
  var wanted: Wanted { .label }
  var usualModel: ModelSettings {
    var model = ModelSettings()
    (model.layers, model.activation, model.ngrams) = (0, .relu, 2)
    return model
  }
  var readsStartOfLongTexts: Bool { true }

  func extraSymbols(_ encoder: SequenceEncoder) -> Int { encoder.ngrams?.buckets ?? 0 }

  func encode(_ record: Record, _ encoder: SequenceEncoder, into buffer: inout SequenceBuffer) -> Int {
    let start = buffer.ids.count
    let count = encoder.append(record, to: &buffer)
    buffer.cut(encoder.longTexts.gap(in: start..<buffer.ids.count))
    if let ngrams = encoder.ngrams { buffer.append(ngrams, from: start) }
    appendLabel(of: record, encoder, to: &buffer)
    return count
  }

  func recipe(_ profile: DataProfile) -> FitRecipe { FitRecipe(body: OtherRecipes.bag + "\n\"baseline\": true,") }

  var purpose: String { "gives one label to a line of text" }

  func layers(_ config: ExperimentConfig) -> String {
    let model = config.model
    let grams = model.ngrams > 1 ? ", n-grams up to \(model.ngrams) in \(model.buckets) buckets" : ""
    return "mean of a bag\(grams), \(model.layers) hidden layers" + (model.layers > 0 ? " of \(model.hidden)" : "")
  }
}
