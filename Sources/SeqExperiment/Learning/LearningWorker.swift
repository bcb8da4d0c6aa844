import SeqData
import SeqEncoding
import SeqMetrics
import SeqModel
package import SeqRecords
package import SeqTags
package import SeqText

/// What one task counts in its share of the training records.
///
/// Unchecked because one task fills it and others read it after that task has ended: see `WorkerTeam`.
package final class LearningWorker: @unchecked Sendable {
  package private(set) var tokens = VocabularyBuilder()
  package private(set) var labels = VocabularyBuilder()
  package private(set) var targetTokens = VocabularyBuilder()
  /// Of whole texts, if these have labels beside their tags.
  package private(set) var sequenceLabels = VocabularyBuilder()
  /// Tags as the file has them, if they are learned in another scheme.
  package private(set) var census = SchemeCensus()
  package private(set) var features: FeatureLearning?
  private let normalizer: Tokenizer?

  package init(_ config: ExperimentConfig) {
    features = FeatureLearning(config.model.features)
    normalizer = WordLookup.normalizer(config.fitted)
  }

  /// - Parameter scheme: what tags are brought into.
  package func fill(
    _ records: ArraySlice<Record>, _ tokenizer: Tokenizer, _ targetTokenizer: Tokenizer?, scheme: TagScheme?
  ) {
    for record in records {
      targetTokenizer?.forEachUTF8Token(in: record.target ?? "") { token, _ in targetTokens.add(utf8: token) }
      tokenizer.forEachUTF8Token(of: record) { add($0) }
      features?.add(columns: record.features ?? [])
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
    features?.add(wordForm: token)
  }

  package func fill(_ text: StreamText, _ tokenizer: Tokenizer) {
    text.forEachToken(tokenizer) { tokens.add(utf8: $0) }
  }
}
