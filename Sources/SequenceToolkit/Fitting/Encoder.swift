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

  /// Learns the vocabulary and the labels of training records, on the team.
  /// - Throws: `.data` if there is nothing to tell apart; what reading a tokenizer's file throws.
  init(learning records: [Record], config: ExperimentConfig, team: WorkerTeam) throws(SeqError) {
    task = config.task
    tokenizer = try Tokenizer(config.tokenizer)
    // Neither vocabulary nor labels depend on the order of the records, so neither do they on the number of parts.
    let parts = (0..<min(team.width, records.count)).map { _ in LearnedPart() }
    let tokenizer = tokenizer
    team.run(parts.count) { p in
      let range = p * records.count / parts.count..<(p + 1) * records.count / parts.count
      parts[p].fill(records[range], tokenizer)
    }
    labels = LabelSet(parts.lazy.flatMap { $0.labels.tokens })
    guard labels.count > 1 else {
      let what = config.task == .tagging ? "tag" : "label"
      let found = labels.labels.first.map { "every \(what) is \"\($0)\"" } ?? "there are no \(what)s"
      throw .data("\(found): there is nothing to tell apart", at: .file(config.data.train))
    }
    var counts = parts.first?.tokens ?? VocabularyBuilder()
    for part in parts.dropFirst() { counts.merge(part.tokens) }
    vocabulary = counts.build(
      minimumCount: config.vocabulary.minimumCount, maximumSize: config.vocabulary.maximumSize)
  }

  init(task: SequenceTask, tokenizer: Tokenizer, vocabulary: Vocabulary, labels: LabelSet) {
    self.task = task
    self.tokenizer = tokenizer
    self.vocabulary = vocabulary
    self.labels = labels
  }

  /// Turns records into ids, on the team.
  /// - Returns: the records as ids, and the labels the model does not know; their ids follow the model's.
  func encode(_ records: [Record], _ team: WorkerTeam) -> (data: EncodedDataset, unseenLabels: [String]) {
    var data = EncodedDataset(isTagged: task == .tagging)
    var unseen = UnseenLabels(after: labels.count)
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
        for record in part.records.indices { part.append(record, to: &data, &unseen) }
      }
    }
    return (data, unseen.names)
  }

  /// What the reader of a data file must deliver.
  static func wanted(for task: SequenceTask) -> Wanted { task == .tagging ? .tags : .label }
}
