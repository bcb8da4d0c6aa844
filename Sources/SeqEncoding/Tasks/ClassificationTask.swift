package import SeqModel
package import SeqRecords

/// Many-to-one: a recurrent network gives one label to a text.
package struct ClassificationTask: LabellingTask {
  package init() {}

  package var name: SequenceTask { .classification }
  package var answers: AnswerKind { .label }
  package var answer: String { "label" }
  package var topology: Topology { .pooled }
  package var wanted: Wanted { .label }
  package var readsStartOfLongTexts: Bool { true }

  package func encode(_ record: Record, _ encoder: SequenceEncoder, into buffer: inout SequenceBuffer) -> Int {
    let start = buffer.ids.count
    let count = encoder.append(record, to: &buffer)
    buffer.cut(encoder.longTexts.gap(in: start..<buffer.ids.count))
    appendLabel(of: record, encoder, to: &buffer)
    return count
  }
}
