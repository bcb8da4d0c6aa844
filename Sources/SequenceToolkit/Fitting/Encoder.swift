import SeqCore
import SeqData
import SeqModel
import SeqText

/// Turns records into ids: the tokeniser, the vocabulary and the labels of one model.
struct Encoder: Sendable {
  let task: Task
  let tokenizer: Tokenizer
  let vocabulary: Vocabulary
  let labels: LabelSet

  /// Learns the vocabulary and the labels of training records.
  /// - Throws: `.data` if there is nothing to tell apart.
  init(learning records: [Record], config: ExperimentConfig) throws(SeqError) {
    let tokenizer = Tokenizer(config.tokenizer)
    var builder = VocabularyBuilder()
    var names: [String] = []
    var seen: Set<[UInt8]> = []
    func note(_ name: String) { if seen.insert(Array(name.utf8)).inserted { names.append(name) } }
    for record in records {
      for token in tokenizer.tokenTexts(of: record) { builder.add(token) }
      if let label = record.label { note(label) }
      record.tags?.forEach(note)
    }
    let labels = LabelSet(names)
    guard labels.count > 1 else {
      let what = config.task == .tagging ? "tag" : "label"
      let found = labels.labels.first.map { "every \(what) is \"\($0)\"" } ?? "there are no \(what)s"
      throw .data("\(found): there is nothing to tell apart", at: .file(config.data.train))
    }
    task = config.task
    self.tokenizer = tokenizer
    vocabulary = builder.build(
      minimumCount: config.vocabulary.minimumCount, maximumSize: config.vocabulary.maximumSize)
    self.labels = labels
  }

  init(task: Task, tokenizer: Tokenizer, vocabulary: Vocabulary, labels: LabelSet) {
    self.task = task
    self.tokenizer = tokenizer
    self.vocabulary = vocabulary
    self.labels = labels
  }

  /// - Returns: the records as ids, and the labels the model does not know; their ids follow the model's.
  func encode(_ records: [Record]) -> (data: EncodedDataset, unseenLabels: [String]) {
    var data = EncodedDataset(isTagged: task == .tagging)
    var unseen: [String] = []
    // By bytes: the labels of a model are told apart by code points, too.
    var unseenIDs: [[UInt8]: Int32] = [:]
    func id(_ name: String) -> Int32 {
      if let known = labels.id(of: name) ?? unseenIDs[Array(name.utf8)] { return known }
      let new = Int32(labels.count + unseen.count)
      unseen.append(name)
      unseenIDs[Array(name.utf8)] = new
      return new
    }
    for record in records {
      let ids = tokenizer.tokenTexts(of: record).map(vocabulary.id)
      if task == .tagging {
        if !ids.isEmpty { data.append(ids: ids, labels: (record.tags ?? []).map(id)) }
      } else {
        data.append(ids: ids.prefix(Model.maximumTokens), labels: CollectionOfOne(record.label.map(id) ?? -1))
      }
    }
    return (data, unseen)
  }

  /// What the reader of a data file must deliver.
  static func wanted(for task: Task) -> Wanted { task == .tagging ? .tags : .label }
}

extension Tokenizer {
  /// The tokens of a record: those it brings, each normalised, or those of its text.
  func tokenTexts(of record: Record) -> [String] {
    if let tokens = record.tokens { return tokens.map(normalized) }
    return record.text.map { texts(of: $0) } ?? []
  }
}
