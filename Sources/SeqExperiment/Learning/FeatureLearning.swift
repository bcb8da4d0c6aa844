package import SeqEncoding
package import SeqModel
import SeqText

/// Counts what the features look up.
package struct FeatureLearning {
  private let features: [FeatureSettings]
  private let traits: [WordFormTrait]
  private var counts: [VocabularyBuilder]
  private var columns: [VocabularyBuilder]

  /// nil if there is nothing to count.
  package init?(_ features: [FeatureSettings]) {
    if features.isEmpty { return nil }
    self.features = features
    traits = features.traits
    counts = traits.map { _ in VocabularyBuilder() }
    columns = (0..<features.columns.count).map { _ in VocabularyBuilder() }
  }

  package mutating func add(wordForm: ArraySlice<UInt8>) {
    for (k, trait) in traits.enumerated() { trait.forEachUnit(wordForm) { counts[k].add(utf8: $0) } }
  }

  package mutating func add(columns values: [[String]]) {
    for (k, column) in values.enumerated() where k < columns.count { columns[k].add(contentsOf: column) }
  }

  package mutating func merge(_ other: FeatureLearning) {
    for k in counts.indices { counts[k].merge(other.counts[k]) }
    for k in columns.indices { columns[k].merge(other.columns[k]) }
  }

  /// What was learned.
  package var encoder: FeatureEncoder {
    func minimum(_ isRight: (FeatureSettings) -> Bool) -> Int { features.first(where: isRight)?.minimumCount ?? 1 }
    return FeatureEncoder(
      traits: traits,
      vocabularies: zip(traits, counts).map { trait, counts in
        trait.fileName == nil ? nil : counts.build(minimumCount: minimum { $0.trait == trait })
      },
      columns: columns.enumerated().map { k, counts in
        counts.build(minimumCount: features.columns[k].minimumCount)
      })
  }
}
