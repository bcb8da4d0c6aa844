import SeqData
import SeqMetrics
import SeqModel
import SeqText

/// What one task counts in some training records.
///
/// Unchecked, as the other part is, because it is filled by one task and read when that has ended: see `WorkerTeam`.
final class LearnedPart: @unchecked Sendable {
  private(set) var tokens = VocabularyBuilder()
  private(set) var labels = VocabularyBuilder()
  private(set) var targetTokens = VocabularyBuilder()
  /// Of whole texts, if these have labels beside their tags.
  private(set) var sequenceLabels = VocabularyBuilder()
  /// Tags as the file has them, if they are learned in another scheme.
  private(set) var census = SchemeCensus()
  private(set) var views: ViewLearning?
  private let normalizer: Tokenizer?

  init(_ config: ExperimentConfig) {
    views = ViewLearning(config.model.inputs)
    normalizer = WordLookup.normalizer(config)
  }

  /// - Parameter scheme: what tags are brought into.
  func fill(
    _ records: ArraySlice<Record>, _ tokenizer: Tokenizer, _ targetTokenizer: Tokenizer?, scheme: TagScheme?
  ) {
    for record in records {
      targetTokenizer?.forEachUTF8Token(in: record.target ?? "") { token, _ in targetTokens.add(utf8: token) }
      tokenizer.forEachUTF8Token(of: record) { add($0) }
      views?.add(columns: record.inputs ?? [])
      if let label = record.label, record.tags != nil {
        sequenceLabels.add(label)
      } else if let label = record.label {
        labels.add(label)
      }
      for tag in record.tags(in: scheme) { labels.add(tag) }
      if let tags = record.tags { census.add(scheme == nil ? tags : tags.map(TagForm.usual)) }
    }
  }

  private func add(_ token: ArraySlice<UInt8>) {
    if let normalizer {
      normalizer.visitNormalized(utf8: token) { tokens.add(utf8: $0) }
    } else {
      tokens.add(utf8: token)
    }
    views?.add(spelling: token)
  }

  func fill(_ text: StreamText, _ tokenizer: Tokenizer) { text.forEachToken(tokenizer) { tokens.add(utf8: $0) } }
}

/// Some records as ids: what one task makes of them.
final class EncodedPart: @unchecked Sendable {
  /// Stands for a label that the model does not know, until it gets an id.
  private static let unseen = Int32.min

  private(set) var records: ArraySlice<Record> = []
  private var scheme: TagScheme?
  private var ids: [Int32] = [], labels: [Int32] = [], sequenceLabels: [Int32] = []
  private var seen = SeenTokens()
  /// What each record has beside the network's scores, if it has anything.
  private var offsets: [ScoreOffsets] = []
  /// Where the ids and the labels of each record end.
  private var ends: [(ids: Int, labels: Int)] = []
  /// The records of which only a part is read, though nobody asked for that.
  private(set) var longRecords: [Int] = []

  /// Takes other records, reusing the memory.
  func fill(_ records: ArraySlice<Record>, _ encoder: Encoder) {
    self.records = records
    ids.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    sequenceLabels.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    longRecords.removeAll(keepingCapacity: true)
    seen.removeAll()
    var tokens: [ArraySlice<UInt8>] = []
    let limit = encoder.task == .transduction ? Model.maximumTokens : Int.max
    for (number, record) in zip(records.indices, records) {
      if encoder.task == .generation { appendStart(record.label, encoder) }
      let start = ids.count
      var count = 0
      tokens.removeAll(keepingCapacity: true)
      encoder.tokenizer.forEachUTF8Token(of: record) { token in
        if encoder.linear != nil { tokens.append(Array(token)[...]) }
        count += 1
        guard count <= limit else { return }
        ids.append(encoder.id(ofUTF8: token))
        if let views = encoder.views { seen.append(token, views) }
      }
      if let views = encoder.views { seen.append(columns: record.inputs, tokens: ids.count - start, views) }
      if encoder.readsStartOnly(ofTokens: count) { longRecords.append(number) }
      if encoder.task.isClassification { cut(encoder.longTexts.gap(in: start..<ids.count)) }
      encoder.ngrams?.append(to: &ids, from: start)
      if let target = encoder.target {
        appendTarget(record.target ?? "", target)
      } else if encoder.task == .generation {
        labels.append(contentsOf: ids[start...])
        labels.append(Vocabulary.paddingID)
      } else if encoder.task == .tagging {
        for tag in encoder.tags(of: record) { labels.append(encoder.labels.id(of: tag) ?? Self.unseen) }
      } else {
        labels.append(record.label.map { encoder.labels.id(of: $0) ?? Self.unseen } ?? -1)
      }
      // One that the model does not know is told by a number that is none's, as of the model's own there are no more.
      if let known = encoder.sequenceLabels {
        sequenceLabels.append(record.label.map { known.id(of: $0) ?? Int32(known.count) } ?? -1)
      }
      if let added = encoder.offsets(of: tokens) { offsets.append(added) }
      ends.append((ids.count, labels.count))
    }
    scheme = encoder.scheme
  }

  /// Takes tokens out.
  private func cut(_ gap: Range<Int>) {
    guard !gap.isEmpty else { return }
    ids.removeSubrange(gap)
    seen.removeSubrange(gap)
  }

  /// The tokens of a target and its end.
  private func appendTarget(_ text: String, _ target: TargetSide) {
    let start = labels.count
    target.tokenizer.forEachUTF8Token(in: text) { token, _ in
      if labels.count - start < Model.maximumTokens { labels.append(target.vocabulary.id(ofUTF8: token)) }
    }
    labels.append(TargetRows.end)
  }

  /// The symbol that a text begins with: of its label, if it has one.
  private func appendStart(_ label: String?, _ encoder: Encoder) {
    guard let label else { return ids.append(encoder.startSymbol(label: nil)) }
    ids.append(encoder.labels.id(of: label).map(encoder.startSymbol) ?? Self.unseen)
  }

  /// Adds a record to a dataset, unless it is a tagged one without tokens, or a text of a label to generate it from
  /// that the model does not know.
  func append(
    _ record: Int, _ task: SequenceTask, to data: inout some SequenceCollector, _ unseen: inout UnseenLabels,
    _ spellings: inout SpellingIndex?
  ) {
    let place = record - records.startIndex
    let start = place == 0 ? (ids: 0, labels: 0) : ends[place - 1]
    let ids = ids[start.ids..<ends[place].ids]
    if task == .tagging, ids.isEmpty { return }
    if task == .generation, ids.first == Self.unseen {
      _ = unseen.id(of: records[record].label ?? "")
      return
    }
    let names = task == .tagging ? records[record].tags(in: scheme) : [records[record].label ?? ""]
    for i in start.labels..<ends[place].labels where labels[i] == Self.unseen {
      labels[i] = unseen.id(of: names[i - start.labels])
    }
    let extras = seen.extras(start.ids..<ends[place].ids, &spellings, &data.spellings)
    data.append(
      ids: ids, labels: labels[start.labels..<ends[place].labels], extras: extras,
      sequenceLabel: sequenceLabels.isEmpty ? -1 : sequenceLabels[place])
    if !offsets.isEmpty { data.append(offsets: offsets[place]) }
  }
}

/// Labels that the model does not know, numbered as they come.
struct UnseenLabels {
  private(set) var names: [String] = []
  private let first: Int
  // By bytes: the labels of a model are told apart by code points, too.
  private var ids: [[UInt8]: Int32] = [:]

  /// - Parameter count: labels that the model knows.
  init(after count: Int) { first = count }

  mutating func id(of name: String) -> Int32 {
    if let known = ids[Array(name.utf8)] { return known }
    let new = Int32(first + names.count)
    names.append(name)
    ids[Array(name.utf8)] = new
    return new
  }
}

extension Tokenizer {
  /// Calls `body` with the tokens of a record: those it brings, each normalised, or those of its text.
  func forEachUTF8Token(of record: Record, _ body: (ArraySlice<UInt8>) -> Void) {
    if let tokens = record.tokens, !settings.kind.cutsCharacters {
      for token in tokens { visitNormalized(token, body) }
    } else if let text = record.text ?? record.tokens?.joined(separator: " ") {
      forEachUTF8Token(in: text) { token, _ in body(token) }
    }
  }
}
