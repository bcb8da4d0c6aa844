/// The distinct spellings of a dataset's tokens, each as the lists of ids that a model's views look at.
///
/// Spelling 0 is that of a text without tokens: every list of it holds the padding.
package struct SpellingTable: Sendable, Equatable {
  /// The lists of one feature, one behind the other.
  private struct Lists: Sendable, Equatable {
    var ids: [Int32] = []
    var ends: [Int] = []
  }

  private var features: [Lists]

  /// - Parameter features: lists of a spelling.
  package init(features: Int) {
    self.features = (0..<features).map { _ in Lists(ids: [0], ends: [1]) }
  }

  /// Spellings.
  package var count: Int { features.first?.ends.count ?? 0 }

  /// The ids that a feature has of a spelling.
  package func ids(_ feature: Int, of spelling: Int32) -> ArraySlice<Int32> {
    let ends = features[feature].ends
    return features[feature].ids[(spelling == 0 ? 0 : ends[Int(spelling) - 1])..<ends[Int(spelling)]]
  }

  /// Adds a spelling, feature by feature.
  /// - Parameter fill: adds the ids of a feature to a list; an empty list gets the padding.
  package mutating func append(_ fill: (_ feature: Int, _ ids: inout [Int32]) -> Void) {
    for feature in features.indices {
      let start = features[feature].ids.count
      fill(feature, &features[feature].ids)
      if features[feature].ids.count == start { features[feature].ids.append(0) }
      features[feature].ends.append(features[feature].ids.count)
    }
  }

  /// Keeps the spelling of a text without tokens alone.
  package mutating func removeAll() {
    for feature in features.indices {
      features[feature].ids.removeLast(features[feature].ids.count - 1)
      features[feature].ends.removeLast(features[feature].ends.count - 1)
    }
  }
}
