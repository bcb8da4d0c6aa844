/// The distinct word forms of a dataset's tokens, each as the lists of ids that a model's features read.
///
/// Word form 0 belongs to texts without tokens: each of its lists holds the padding.
package struct SpellingTable: Sendable, Equatable {
  /// The lists of one feature, one after the other.
  private struct Lists: Sendable, Equatable {
    var ids: [Int32] = []
    var ends: [Int] = []
  }

  private var features: [Lists]

  /// - Parameter features: the number of lists of a word form.
  package init(features: Int) {
    self.features = (0..<features).map { _ in Lists(ids: [0], ends: [1]) }
  }

  /// The number of word forms.
  package var count: Int { features.first?.ends.count ?? 0 }

  /// The ids of a feature for a word form.
  package func ids(_ feature: Int, of spelling: Int32) -> ArraySlice<Int32> {
    let ends = features[feature].ends
    return features[feature].ids[(spelling == 0 ? 0 : ends[Int(spelling) - 1])..<ends[Int(spelling)]]
  }

  /// Adds a word form, feature by feature.
  /// - Parameter fill: adds the ids of a feature to a list; an empty list gets the padding.
  package mutating func append(_ fill: (_ feature: Int, _ ids: inout [Int32]) -> Void) {
    for feature in features.indices {
      let start = features[feature].ids.count
      fill(feature, &features[feature].ids)
      if features[feature].ids.count == start { features[feature].ids.append(0) }
      features[feature].ends.append(features[feature].ids.count)
    }
  }

  /// Keeps only the word form of texts without tokens.
  package mutating func removeAll() {
    for feature in features.indices {
      features[feature].ids.removeLast(features[feature].ids.count - 1)
      features[feature].ends.removeLast(features[feature].ends.count - 1)
    }
  }
}
