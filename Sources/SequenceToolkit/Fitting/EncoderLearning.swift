import SeqCore
import SeqData
import SeqModel
import SeqTensor
import SeqText

/// Learns the vocabulary and the labels of training records, which may come in portions.
///
/// Neither depends on the order of the records, so neither do they on the portions or the number of threads.
struct EncoderLearning {
  private let parts: [LearnedPart]
  private let tokenizer: Tokenizer
  private let config: ExperimentConfig

  /// - Throws: what reading a tokenizer's file throws.
  init(_ config: ExperimentConfig, _ team: WorkerTeam) throws(SeqError) {
    self.config = config
    tokenizer = try Tokenizer(config.tokenizer)
    parts = (0..<team.width).map { _ in LearnedPart() }
  }

  /// Counts the tokens and labels of records, on the team.
  func add(_ records: [Record], _ team: WorkerTeam) {
    let (parts, tokenizer) = (parts, tokenizer)
    team.run(parts.count) { p in
      let range = p * records.count / parts.count..<(p + 1) * records.count / parts.count
      parts[p].fill(records[range], tokenizer)
    }
  }

  /// Counts the tokens of a long text.
  func add(_ text: StreamText) { parts[0].fill(text, tokenizer) }

  /// What was learned.
  /// - Throws: `.data` if there is nothing to tell apart.
  func encoder() throws(SeqError) -> Encoder {
    let labels = LabelSet(parts.lazy.flatMap { $0.labels.tokens })
    guard labels.count > 1 || config.task == .generation else {
      let what = config.task == .tagging ? "tag" : "label"
      let found = labels.labels.first.map { "every \(what) is \"\($0)\"" } ?? "there are no \(what)s"
      throw .data("\(found): there is nothing to tell apart", at: .file(config.data.train))
    }
    var counts = parts.first?.tokens ?? VocabularyBuilder()
    for part in parts.dropFirst() { counts.merge(part.tokens) }
    let vocabulary = counts.build(
      minimumCount: config.vocabulary.minimumCount, maximumSize: config.vocabulary.maximumSize)
    return Encoder(config, tokenizer: tokenizer, vocabulary: vocabulary, labels: labels)
  }
}
