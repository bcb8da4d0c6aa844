import SeqData
import SeqModel
import SeqRecipes
import SeqText
import SeqTraining

/// One-to-many: a text from a label or from nothing. Each token is predicted from those before.
struct GenerationTask: LabellingTask {
  var name: SequenceTask { .generation }
  var answers: AnswerKind { .newText }
  var answer: String { "text" }
  var topology: Topology { .stepwise }
  /// A text needs a label only if there are any.
  var wanted: Wanted { .text }
  var usualModel: ModelSettings {
    var model = ModelSettings()
    model.isBidirectional = false
    return model
  }

  /// A text begins with the symbol of its label, or with one that stands for none.
  func extraSymbols(_ encoder: SequenceEncoder) -> Int { max(1, encoder.labels.count) }

  func classes(_ encoder: SequenceEncoder) -> Int { encoder.vocabulary.count }

  func encode(_ record: Record, _ encoder: SequenceEncoder, into buffer: inout SequenceBuffer) -> Int {
    buffer.append(symbol: start(of: record, encoder))
    let start = buffer.ids.count
    let count = encoder.append(record, to: &buffer)
    buffer.labels.append(contentsOf: buffer.ids[start...])
    buffer.labels.append(Vocabulary.paddingID)
    return count
  }

  private func start(of record: Record, _ encoder: SequenceEncoder) -> Int32 {
    guard let label = record.label else { return encoder.startSymbol(label: nil) }
    return encoder.labels.id(of: label).map(encoder.startSymbol) ?? SequenceBuffer.unseen
  }

  /// A text whose label the model does not know cannot be begun.
  func isSequence(_ ids: ArraySlice<Int32>) -> Bool { ids.first != SequenceBuffer.unseen }

  func isLeftOut(_ record: Record, _ encoder: SequenceEncoder) -> Bool {
    record.label.map { encoder.labels.id(of: $0) == nil } ?? false
  }

  /// Texts are judged by how probable they are.
  func evaluate(_ data: Evaluator, _ predictor: Predictor, isQuick: Bool) -> Evaluation { data.likelihood(predictor) }

  func defaultMetric(_ encoder: SequenceEncoder) -> String { "loss" }

  func recipe(_ profile: DataProfile) -> FitRecipe { FitRecipe(body: OtherRecipes.generator) }

  var purpose: String { "makes up texts" }

  func command(model name: String, _ encoder: SequenceEncoder) -> String {
    let label = encoder.labels.labels.first.map { " --label '\($0)'" } ?? ""
    return "seqtool generate --model \(name)\(label) --count 10"
  }

  func layers(_ config: ExperimentConfig) -> String { config.recurrentLayers + config.linearAddition }

  func limits(_ config: ExperimentConfig, _ encoder: SequenceEncoder) -> String {
    let names = encoder.labels.labels.map { "`\($0)`" }.joined(separator: ", ")
    return """
      It makes up texts like those it was trained on\(names.isEmpty ? "" : ", of these labels: \(names)"). What they say \
      need not be true, and some may be texts of the training data.
      """
  }
}
