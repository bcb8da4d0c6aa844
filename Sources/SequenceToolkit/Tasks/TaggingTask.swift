import SeqCore
import SeqData
import SeqLayers
import SeqMetrics
import SeqModel
import SeqRecipes
import SeqText

/// Many-to-many of equal length: one tag for each token, and perhaps a label for the whole.
struct TaggingTask: LabellingTask {
  var name: SequenceTask { .tagging }
  var answers: AnswerKind { .tags }
  var answer: String { "tag" }
  var topology: Topology { .stepwise }
  var wanted: Wanted { .tags }
  var usualTokenizer: TokenizerSettings.Kind { .whitespace }

  func encode(_ record: Record, _ encoder: SequenceEncoder, into buffer: inout SequenceBuffer) -> Int {
    let count = encoder.append(record, to: &buffer)
    for tag in encoder.tags(of: record) {
      buffer.labels.append(encoder.labels.id(of: tag) ?? SequenceBuffer.unseen)
    }
    return count
  }

  func answers(of record: Record, _ encoder: SequenceEncoder) -> [String] { encoder.tags(of: record) }

  func isSequence(_ ids: ArraySlice<Int32>) -> Bool { !ids.isEmpty }

  func network(_ config: ExperimentConfig, _ encoder: SequenceEncoder) -> SequenceModel {
    var network = SequenceModel(
      topology: topology, settings: config.model, vocabularySize: encoder.inputCount, classes: encoder.classCount,
      labels: encoder.sequenceLabels?.count ?? 0,
      inputRows: encoder.views?.rows(config.model.inputs, words: encoder.vocabulary.count) ?? [])
    let tags = encoder.labels.labels
    if let scheme = config.inference.constraints.scheme, let grammar = TagGrammar(scheme, tags: tags) {
      network.rules = TransitionRules(
        count: tags.count, mayStart: grammar.mayStart, mayFollow: grammar.mayFollow, mayEnd: grammar.mayEnd)
    }
    return network
  }

  func settle(
    _ config: inout ExperimentConfig, _ encoder: SequenceEncoder, _ train: EncodedDataset, _ hooks: Experiment.Hooks
  ) throws(SeqError) { try config.settleConstraints(encoder, train, hooks) }

  /// Tags with a label beside them are judged by texts with all of it right, spans by their F1.
  func defaultMetric(_ encoder: SequenceEncoder) -> String {
    if encoder.sequenceLabels != nil { return "jointAccuracy" }
    return encoder.tagScheme != nil ? "f1" : "accuracy"
  }

  func recipe(_ profile: DataProfile) -> FitRecipe {
    let recipe = TaggerRecipe(profile)
    return FitRecipe(body: recipe.body + "\n\"baseline\": true,", data: recipe.data)
  }

  var purpose: String { "gives a tag to every token of a line" }

  func layers(_ config: ExperimentConfig) -> String {
    let constraints = config.inference.constraints.scheme.map { ", constrained to \($0.rawValue)" } ?? ""
    return config.recurrentLayers + (config.model.head == .crf ? ", CRF" : "") + constraints
      + (config.model.joint.map { "; a label by \($0.pooling.rawValue) pooling" } ?? "") + config.linearAddition
  }
}
