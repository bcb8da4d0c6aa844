import SeqCore
import SeqLayers
package import SeqModel
package import SeqRecords
import SeqTags
package import SeqText

/// Many-to-many of equal length: one tag for each token, and perhaps a label for the whole.
package struct TaggingTask: LabellingTask {
  package init() {}

  package var name: SequenceTask { .tagging }
  package var answers: AnswerKind { .tags }
  package var answer: String { "tag" }
  package var topology: Topology { .stepwise }
  package var wanted: Wanted { .tags }
  package var usualTokenizer: TokenizerSettings.Kind { .whitespace }

  package func encode(_ record: Record, _ encoder: SequenceEncoder, into buffer: inout SequenceBuffer) -> Int {
    let count = encoder.append(record, to: &buffer)
    for tag in encoder.tags(of: record) {
      buffer.labels.append(encoder.labels.id(of: tag) ?? SequenceBuffer.unseen)
    }
    return count
  }

  package func answers(of record: Record, _ encoder: SequenceEncoder) -> [String] { encoder.tags(of: record) }

  package func isSequence(_ ids: ArraySlice<Int32>) -> Bool { !ids.isEmpty }

  package func network(_ config: ModelConfig, _ encoder: SequenceEncoder) -> SequenceModel {
    var network = SequenceModel(
      topology: topology, settings: config.model, vocabularySize: encoder.inputCount, classes: encoder.classCount,
      labels: encoder.sequenceLabels?.count ?? 0,
      featureRows: encoder.features?.rows(config.model.features, words: encoder.vocabulary.count) ?? [])
    let tags = encoder.labels.labels
    if let scheme = config.inference.constraints.scheme, let grammar = TagGrammar(scheme, tags: tags) {
      network.rules = TransitionRules(
        count: tags.count, mayStart: grammar.mayStart, mayFollow: grammar.mayFollow, mayEnd: grammar.mayEnd)
    }
    return network
  }
}
