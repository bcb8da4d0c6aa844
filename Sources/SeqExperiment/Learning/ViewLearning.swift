package import SeqEncoding
package import SeqModel
import SeqText

/// Counts what the views look up.
package struct ViewLearning {
  private let inputs: [InputSettings]
  private let features: [SpellingFeature]
  private var counts: [VocabularyBuilder]
  private var columns: [VocabularyBuilder]

  /// nil if there is nothing to count.
  package init?(_ inputs: [InputSettings]) {
    if inputs.isEmpty { return nil }
    self.inputs = inputs
    features = inputs.features
    counts = features.map { _ in VocabularyBuilder() }
    columns = (0..<inputs.columns.count).map { _ in VocabularyBuilder() }
  }

  package mutating func add(spelling: ArraySlice<UInt8>) {
    for (k, feature) in features.enumerated() { feature.forEachUnit(spelling) { counts[k].add(utf8: $0) } }
  }

  package mutating func add(columns values: [[String]]) {
    for (k, column) in values.enumerated() where k < columns.count { columns[k].add(contentsOf: column) }
  }

  package mutating func merge(_ other: ViewLearning) {
    for k in counts.indices { counts[k].merge(other.counts[k]) }
    for k in columns.indices { columns[k].merge(other.columns[k]) }
  }

  /// What was learned.
  package var encoder: ViewEncoder {
    func minimum(_ isRight: (InputSettings) -> Bool) -> Int { inputs.first(where: isRight)?.minimumCount ?? 1 }
    return ViewEncoder(
      features: features,
      vocabularies: zip(features, counts).map { feature, counts in
        feature.fileName == nil ? nil : counts.build(minimumCount: minimum { $0.feature == feature })
      },
      columns: columns.enumerated().map { k, counts in
        counts.build(minimumCount: inputs.columns[k].minimumCount)
      })
  }
}
