package import SeqRecords
import SeqText

/// Some records as ids: what one thread makes of them.
///
/// Unchecked because it is filled by one thread at a time and read when that has ended: see `WorkerTeam`.
package final class EncodedRecords: @unchecked Sendable {
  package private(set) var records: ArraySlice<Record> = []
  /// The records of which only a part is read, though nobody asked for that.
  package private(set) var longRecords: [Int] = []
  private var buffer = SequenceBuffer()

  /// Takes other records, reusing the memory.
  package func fill(_ records: ArraySlice<Record>, _ encoder: SequenceEncoder) {
    self.records = records
    longRecords.removeAll(keepingCapacity: true)
    buffer.removeAll()
    for (number, record) in zip(records.indices, records) {
      let tokens = encoder.definition.encode(record, encoder, into: &buffer)
      // One that the model does not know is told by a number that is none's, as of the model's own there are no more.
      if let known = encoder.sequenceLabels {
        buffer.sequenceLabels.append(record.label.map { known.id(of: $0) ?? Int32(known.count) } ?? -1)
      }
      buffer.endSequence()
      if encoder.readsStartOnly(ofTokens: tokens) { longRecords.append(number) }
    }
  }

  /// Adds a record to a dataset, if it makes a sequence for the task.
  package func append(
    _ record: Int, _ encoder: SequenceEncoder, to data: inout some SequenceCollector, _ unseen: inout UnseenLabels,
    _ wordForms: inout WordFormIndex?
  ) {
    let sequence = record - records.startIndex
    let (tokens, places) = (buffer.tokens(of: sequence), buffer.labels(of: sequence))
    let names = encoder.definition.answers(of: records[record], encoder)
    guard encoder.definition.isSequence(buffer.ids[tokens]) else {
      if buffer.ids[tokens].first == SequenceBuffer.unseen, let name = names.first { _ = unseen.id(of: name) }
      return
    }
    for i in places where buffer.labels[i] == SequenceBuffer.unseen {
      buffer.labels[i] = unseen.id(of: names[i - places.lowerBound])
    }
    let extras = buffer.extras(tokens, &wordForms, &data.wordForms)
    data.append(
      ids: buffer.ids[tokens], labels: buffer.labels[places], extras: extras,
      sequenceLabel: buffer.sequenceLabels.isEmpty ? -1 : buffer.sequenceLabels[sequence])
    if let linearScores = buffer.linearScores(of: sequence) { data.append(linearScores: linearScores) }
  }
}

/// Labels that the model does not know, numbered as they come.
package struct UnseenLabels {
  package private(set) var names: [String] = []
  private let first: Int
  // By bytes: the labels of a model are told apart by code points, too.
  private var ids: [[UInt8]: Int32] = [:]

  /// - Parameter count: labels that the model knows.
  package init(after count: Int) { first = count }

  package mutating func id(of name: String) -> Int32 {
    if let known = ids[Array(name.utf8)] { return known }
    let new = Int32(first + names.count)
    names.append(name)
    ids[Array(name.utf8)] = new
    return new
  }
}
