/// The smallest number of symbols to replace, delete or insert to turn one sequence into another (Levenshtein 1966).
package struct EditDistance: Sendable, Equatable {
  /// One of these changes, as a correction of `found`.
  package enum Edit: Sendable, Hashable {
    /// `found` instead of `expected`.
    case substitution(expected: Int32, found: Int32)
    /// `expected` is missing.
    case deletion(expected: Int32)
    /// `found` should not be there.
    case insertion(found: Int32)
  }

  /// The changes of a best alignment, in the order of the sequences. Ties are resolved from the end: substitutions come
  /// before deletions, and these before insertions.
  package let edits: [Edit]

  /// How many there are.
  package var count: Int { edits.count }

  package init(found: [Int32], expected: [Int32]) {
    let width = found.count + 1
    // costs[i, j]: from the first j found to the first i expected ones.
    var costs = [Int](repeating: 0, count: (expected.count + 1) * width)
    for j in 0..<width { costs[j] = j }
    for i in 0..<expected.count {
      costs[(i + 1) * width] = i + 1
      for j in found.indices {
        let same = costs[i * width + j] + (expected[i] == found[j] ? 0 : 1)
        costs[(i + 1) * width + j + 1] = min(same, costs[i * width + j + 1] + 1, costs[(i + 1) * width + j] + 1)
      }
    }
    edits = Self.edits(costs, width, found, expected)
  }

  private static func edits(_ costs: [Int], _ width: Int, _ found: [Int32], _ expected: [Int32]) -> [Edit] {
    var edits: [Edit] = []
    var (i, j) = (expected.count, found.count)
    while i > 0 || j > 0 {
      let cost = costs[i * width + j]
      if i > 0, j > 0, cost == costs[(i - 1) * width + j - 1] + (expected[i - 1] == found[j - 1] ? 0 : 1) {
        (i, j) = (i - 1, j - 1)
        if expected[i] != found[j] { edits.append(.substitution(expected: expected[i], found: found[j])) }
      } else if i > 0, cost == costs[(i - 1) * width + j] + 1 {
        i -= 1
        edits.append(.deletion(expected: expected[i]))
      } else {
        j -= 1
        edits.append(.insertion(found: found[j]))
      }
    }
    return edits.reversed()
  }
}
