package import SeqModel
package import SeqRecords
import SeqText

/// One-to-many: a text from a label or from nothing. Each token is predicted from those before.
package struct GenerationTask: LabellingTask {
  package init() {}

  package var name: SequenceTask { .generation }
  package var answers: AnswerKind { .newText }
  package var answer: String { "text" }
  package var topology: Topology { .stepwise }
  /// A text needs a label only if there are any.
  package var wanted: Wanted { .text }
  package var usualModel: ModelSettings {
    var model = ModelSettings()
    model.isBidirectional = false
    return model
  }

  /// A text begins with the symbol of its label, or with one that stands for none.
  package func extraSymbols(_ encoder: SequenceEncoder) -> Int { max(1, encoder.labels.count) }

  package func classes(_ encoder: SequenceEncoder) -> Int { encoder.vocabulary.count }

  package func encode(_ record: Record, _ encoder: SequenceEncoder, into buffer: inout SequenceBuffer) -> Int {
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
  package func isSequence(_ ids: ArraySlice<Int32>) -> Bool { ids.first != SequenceBuffer.unseen }

  package func isLeftOut(_ record: Record, _ encoder: SequenceEncoder) -> Bool {
    record.label.map { encoder.labels.id(of: $0) == nil } ?? false
  }
}
