package import SeqModel
package import SeqRecords

/// One-to-one: a feed-forward network gives one label to a bag of tokens and n-grams.
package struct OneToOneTask: LabellingTask {
  package init() {}

  package var name: SequenceTask { .oneToOne }
  package var answers: AnswerKind { .label }
  package var answer: String { "label" }
  package var topology: Topology { .bag }
  package var wanted: Wanted { .label }
  package var usualModel: ModelSettings {
    var model = ModelSettings()
    (model.layers, model.activation, model.ngrams) = (0, .relu, 2)
    return model
  }
  package var readsStartOfLongTexts: Bool { true }

  package func extraSymbols(_ encoder: SequenceEncoder) -> Int { encoder.ngrams?.buckets ?? 0 }

  package func encode(_ record: Record, _ encoder: SequenceEncoder, into buffer: inout SequenceBuffer) -> Int {
    let start = buffer.ids.count
    let count = encoder.append(record, to: &buffer)
    buffer.cut(encoder.longTexts.gap(in: start..<buffer.ids.count))
    if let ngrams = encoder.ngrams { buffer.append(ngrams, from: start) }
    appendLabel(of: record, encoder, to: &buffer)
    return count
  }
}
