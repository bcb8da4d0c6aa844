package import SeqCore
import SeqData
package import SeqEncoding
import SeqMetrics
import SeqModel
package import SeqRecords
import SeqTags
package import SeqTensor
import SeqText

/// Learns the vocabulary and the labels of training records, which may come in portions.
///
/// Neither depends on the order of the records, so neither do they on the portions or the number of threads.
package struct EncoderLearning {
  private let workers: [LearningWorker]
  private let tokenizer: Tokenizer
  /// Of targets, if there are any.
  private let targetTokenizer: Tokenizer?
  private let config: ExperimentConfig

  /// - Throws: what reading a tokenizer's file throws.
  package init(_ config: ExperimentConfig, _ team: WorkerTeam) throws(SeqError) {
    self.config = config
    tokenizer = try config.fitted.makeTokenizer()
    targetTokenizer = try config.task.definition.targetTokenizer(config.fitted)
    workers = (0..<team.width).map { _ in LearningWorker(config) }
  }

  /// What records teach.
  package static func encoder(
    of records: [Record], _ config: ExperimentConfig, _ team: WorkerTeam
  ) throws(SeqError) -> LearnedEncoder {
    let learning = try EncoderLearning(config, team)
    learning.add(records, team)
    return try learning.encoder()
  }

  /// Counts the tokens and labels of records, on the team.
  package func add(_ records: [Record], _ team: WorkerTeam) {
    let (workers, tokenizer, targetTokenizer, scheme) = (workers, tokenizer, targetTokenizer, config.data.scheme)
    team.run(workers.count) { p in
      let range = p * records.count / workers.count..<(p + 1) * records.count / workers.count
      workers[p].fill(records[range], tokenizer, targetTokenizer, scheme: scheme)
    }
  }

  /// Counts the tokens of a long text.
  package func add(_ text: StreamText) { workers[0].fill(text, tokenizer) }

  /// What was learned.
  /// - Throws: `.data` if there is nothing to tell apart.
  package func encoder() throws(SeqError) -> LearnedEncoder {
    if let targetTokenizer { return try encoder(writing: targetTokenizer) }
    let census = workers.reduce(into: SchemeCensus()) { $0.merge($1.census) }
    let fileScheme = try fileScheme(census)
    let labels = LabelSet(workers.lazy.flatMap { $0.labels.tokens })
    guard labels.count > 1 || !config.task.choosesLabels else {
      let what = config.task.definition.answer
      let found = labels.labels.first.map { "every \(what) is \"\($0)\"" } ?? "there are no \(what)s"
      throw .data("\(found): there is nothing to distinguish", at: .file(config.data.train))
    }
    var learned = vocabulary(\.tokens, config.vocabulary)
    var pretrained = try config.pretrained(learned, adding: config.vocabulary.fromVectors)
    let singletons = singletons(&learned, &pretrained)
    let extended = learned.adding(pretrained.flatMap(\.additional))
    // What one file adds, another may have a vector of too.
    if pretrained.count > 1 { pretrained = try config.pretrained(extended, adding: 0) }
    let encoder = SequenceEncoder(
      config.fitted, tokenizer: tokenizer, vocabulary: extended, labels: labels,
      sequenceLabels: try sequenceLabels(), writtenScheme: config.data.scheme == nil ? nil : fileScheme,
      tagScheme: fileScheme, features: features)
    return LearnedEncoder(
      encoder: encoder, misfits: fileScheme.map(census.misfits) ?? 0, singletons: singletons, pretrained: pretrained)
  }

  private var features: FeatureEncoder? {
    guard var features = FeatureLearning(config.model.features) else { return nil }
    for worker in workers { if let other = worker.features { features.merge(other) } }
    return features.encoder
  }

  /// The words that occur once and have no vector, which are brought to the end. One that has a vector is known well.
  ///
  /// Entries are sorted by their counts, so that those that occur once are the last as it is.
  private func singletons(_ vocabulary: inout Vocabulary, _ pretrained: inout [PretrainedVectors]) -> Range<Int32> {
    guard config.vocabulary.singletonDropout > 0 else { return 0..<0 }
    var counts = VocabularyBuilder()
    for worker in workers { counts.merge(worker.tokens) }
    let entries = vocabulary.entries
    let first = entries.firstIndex { counts.count(of: $0) == 1 } ?? entries.count
    let reserved = vocabulary.count - entries.count
    let (known, unknown) = (first..<entries.count).partitioned { place in
      pretrained.contains { $0.hasVector(Int32(reserved + place)) }
    }
    if !known.isEmpty {
      vocabulary = Vocabulary(entries[..<first] + (known + unknown).map { entries[$0] })
      for i in pretrained.indices {
        pretrained[i].reorder(from: reserved + first, (known + unknown).map { reserved + $0 })
      }
    }
    return Int32(reserved + first + known.count)..<Int32(vocabulary.count)
  }

  /// The labels of whole texts beside their tags.
  private func sequenceLabels() throws(SeqError) -> LabelSet? {
    if config.model.sentenceLabel == nil { return nil }
    let labels = LabelSet(workers.lazy.flatMap { $0.sequenceLabels.tokens })
    guard labels.count > 1 else {
      throw .data(
        "every label is \"\(labels.labels.first ?? "")\": there is nothing to distinguish",
        at: .file(config.data.train),
        remedy: "leave out model.sentenceLabel")
    }
    return labels
  }

  /// The scheme of the file's tags; nil if they mark no spans.
  /// - Throws: `.data` if such are to be brought into a scheme.
  private func fileScheme(_ census: SchemeCensus) throws(SeqError) -> TagScheme? {
    guard let scheme = config.data.scheme else { return census.scheme }
    if let other = TagScheme.firstWithoutSpan(in: census.tags) {
      throw .data(
        "the tag \"\(other)\" marks no span, so it cannot be converted to \(scheme.rawValue)",
        at: .path("data.scheme"), remedy: "leave it out")
    }
    return census.scheme ?? .iob2
  }

  private func encoder(writing targetTokenizer: Tokenizer) throws(SeqError) -> LearnedEncoder {
    let target = TargetSide(
      tokenizer: targetTokenizer, vocabulary: vocabulary(\.targetTokens, config.targetVocabulary))
    guard !target.vocabulary.entries.isEmpty else {
      throw .data("no target has a token: there is nothing to write", at: .file(config.data.train))
    }
    return LearnedEncoder(
      encoder: SequenceEncoder(
        config.fitted, tokenizer: tokenizer, vocabulary: vocabulary(\.tokens, config.vocabulary),
        labels: LabelSet([]), target: target))
  }

  private func vocabulary(
    _ tokens: KeyPath<LearningWorker, VocabularyBuilder>, _ settings: VocabularySettings
  ) -> Vocabulary {
    var counts = VocabularyBuilder()
    for worker in workers { counts.merge(worker[keyPath: tokens]) }
    return counts.build(minimumCount: settings.minimumCount, maximumSize: settings.maximumSize)
  }
}

extension ExperimentConfig {
  /// The vectors that the words of a vocabulary start with, feature by feature.
  /// - Parameter limit: words of each file that are to be added to the vocabulary, at most.
  func pretrained(_ vocabulary: Vocabulary, adding limit: Int) throws(SeqError) -> [PretrainedVectors] {
    var (all, known): ([PretrainedVectors], Vocabulary) = ([], vocabulary)
    for (i, feature) in model.features.enumerated() {
      guard let word = feature.word, word.vectors != nil else { continue }
      let vectors = try PretrainedVectors(word, feature: i, known, adding: limit)
      known = known.adding(vectors.additional)
      all.append(vectors)
    }
    return all
  }
}

extension Range<Int> {
  fileprivate func partitioned(_ isFirst: (Int) -> Bool) -> ([Int], [Int]) {
    (filter(isFirst), filter { !isFirst($0) })
  }
}

extension Vocabulary {
  /// With further entries behind its own.
  fileprivate func adding(_ words: [String]) -> Vocabulary {
    words.isEmpty ? self : Vocabulary(entries + words)
  }
}

/// An encoder, and what else its training data told.
package struct LearnedEncoder {
  package var encoder: SequenceEncoder
  /// Training sequences that are ill-formed in the scheme of their file.
  package var misfits = 0
  /// The ids of words that occur once in the training data; empty where that is not known.
  package var singletons: Range<Int32> = 0..<0
  /// Vectors that some words start with.
  package var pretrained: [PretrainedVectors] = []
}
