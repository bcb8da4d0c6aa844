/// The distinct word forms of a dataset's tokens, each as the lists of ids that a model's traits read.
///
/// Word form 0 belongs to texts without tokens: each of its lists holds the padding.
package struct WordFormTable: Sendable, Equatable {
  /// The lists of one trait, one after the other.
  private struct Lists: Sendable, Equatable {
    var ids: [Int32] = []
    var ends: [Int] = []
  }

  private var traits: [Lists]

  /// - Parameter traits: the number of lists of a word form.
  package init(traits: Int) {
    self.traits = (0..<traits).map { _ in Lists(ids: [0], ends: [1]) }
  }

  /// The number of word forms.
  package var count: Int { traits.first?.ends.count ?? 0 }

  /// The ids of a trait for a word form.
  package func ids(_ trait: Int, of wordForm: Int32) -> ArraySlice<Int32> {
    let ends = traits[trait].ends
    return traits[trait].ids[(wordForm == 0 ? 0 : ends[Int(wordForm) - 1])..<ends[Int(wordForm)]]
  }

  /// Adds a word form, trait by trait.
  /// - Parameter fill: adds the ids of a trait to a list; an empty list gets the padding.
  package mutating func append(_ fill: (_ trait: Int, _ ids: inout [Int32]) -> Void) {
    for trait in traits.indices {
      let start = traits[trait].ids.count
      fill(trait, &traits[trait].ids)
      if traits[trait].ids.count == start { traits[trait].ids.append(0) }
      traits[trait].ends.append(traits[trait].ids.count)
    }
  }

  /// Keeps only the word form of texts without tokens.
  package mutating func removeAll() {
    for trait in traits.indices {
      traits[trait].ids.removeLast(traits[trait].ids.count - 1)
      traits[trait].ends.removeLast(traits[trait].ends.count - 1)
    }
  }
}
