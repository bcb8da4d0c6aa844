import SeqCore
import SeqData
import SeqModel
import SeqTensor
import SeqText

/// Turns records into ids: the tokeniser, the vocabulary and the labels of one model.
struct Encoder: Sendable {
  let task: SequenceTask
  let tokenizer: Tokenizer
  let vocabulary: Vocabulary
  let labels: LabelSet
  /// What targets are made of, if texts are to be turned into others; there are no labels then.
  var target: TargetSide?

  /// Turns records into ids, on the team.
  /// - Returns: the records as ids, and the labels the model does not know; their ids follow the model's.
  func encode(_ records: [Record], _ team: WorkerTeam) -> (data: EncodedDataset, unseenLabels: [String]) {
    var data = task == .transduction ? .pairs : EncodedDataset(isTagged: task == .tagging)
    var unseen = UnseenLabels(after: labels.count)
    encode(records, team, into: &data, &unseen)
    return (data, unseen.names)
  }

  /// Turns records into ids, on the team, and adds them to a dataset.
  func encode(
    _ records: [Record], _ team: WorkerTeam, into data: inout some SequenceCollector, _ unseen: inout UnseenLabels
  ) {
    // In rounds, so that not everything is held twice.
    let size = 256
    let parts = (0..<8 * team.width).map { _ in EncodedPart() }
    for start in stride(from: 0, to: records.count, by: size * parts.count) {
      let round = records[start..<min(records.count, start + size * parts.count)]
      let count = (round.count + size - 1) / size
      team.run(count) { p in
        parts[p].fill(round[start + p * size..<min(round.endIndex, start + (p + 1) * size)], self)
      }
      for part in parts[..<count] {
        for record in part.records.indices { part.append(record, isTagged: task == .tagging, to: &data, &unseen) }
      }
    }
  }

  /// What the reader of a data file must deliver.
  static func wanted(for task: SequenceTask) -> Wanted {
    switch task {
    case .classification: .label
    case .tagging: .tags
    case .transduction: .target
    }
  }
}
