/// How far the written sequences are from their references: counts that add up over shards.
///
/// A sequence is compared with the reference that needs the fewest edits; of equally close ones, with the first. In
/// grapheme-to-phoneme conversion a sequence is a word's pronunciation, and `wordErrorRate` is the share of words with
/// any error; it differs from the word error rate of speech recognition, which counts wrong words within a text.
public struct TransductionCounts: Sendable, Equatable {
  /// The number of sequences.
  public private(set) var sequences = 0
  /// Sequences that equal a reference.
  public private(set) var correct = 0
  /// The number of symbols of the closest references.
  public private(set) var symbols = 0
  /// Substituted symbols.
  public private(set) var substitutions = 0
  /// Missing symbols.
  public private(set) var deletions = 0
  /// Surplus symbols.
  public private(set) var insertions = 0
  private var edits: [EditDistance.Edit: Int] = [:]

  /// Counts of nothing.
  public init() {}

  /// Counts one more sequence.
  /// - Precondition: there is a reference.
  public mutating func add(found: [Int32], references: [[Int32]]) {
    precondition(!references.isEmpty, "a sequence without a reference")
    let distances = references.map { EditDistance(found: found, expected: $0) }
    var best = 0
    for i in distances.indices where distances[i].count < distances[best].count { best = i }
    sequences += 1
    symbols += references[best].count
    if distances[best].count == 0 { correct += 1 }
    for edit in distances[best].edits { add(edit) }
  }

  private mutating func add(_ edit: EditDistance.Edit) {
    edits[edit, default: 0] += 1
    switch edit {
    case .substitution: substitutions += 1
    case .deletion: deletions += 1
    case .insertion: insertions += 1
    }
  }

  /// Adds the counts of another shard.
  public mutating func merge(_ other: TransductionCounts) {
    sequences += other.sequences
    correct += other.correct
    symbols += other.symbols
    substitutions += other.substitutions
    deletions += other.deletions
    insertions += other.insertions
    edits.merge(other.edits) { $0 + $1 }
  }

  /// The share of sequences that equal a reference, in 0…1; 0 without sequences.
  public var exactMatch: Double { ratio(correct, sequences) }

  /// The share of sequences with any error, in 0…1; 0 without sequences.
  public var wordErrorRate: Double { ratio(sequences - correct, sequences) }

  /// Edits ÷ symbols of the closest references; above 1 if there are more edits than symbols. Without symbols, it is
  /// the number of edits.
  public var symbolErrorRate: Double {
    Double(substitutions + deletions + insertions) / Double(max(1, symbols))
  }

  /// The most frequent edits; ties are sorted by name. nil stands for no symbol.
  public func mostFrequentEdits(
    _ limit: Int, name: (Int32) -> String
  ) -> [(expected: String?, found: String?, count: Int)] {
    let named = edits.map { edit, count -> (expected: String?, found: String?, count: Int) in
      switch edit {
      case .substitution(let expected, let found): return (name(expected), name(found), count)
      case .deletion(let expected): return (name(expected), nil, count)
      case .insertion(let found): return (nil, name(found), count)
      }
    }
    let sorted = named.sorted {
      ($1.count, $0.expected ?? "", $0.found ?? "") < ($0.count, $1.expected ?? "", $1.found ?? "")
    }
    return Array(sorted.prefix(limit))
  }
}

extension TransductionCounts: ScoredCounts {
  /// How the scores follow from the counts, in the order in which they are listed.
  public static let rules: [ScoreRule<TransductionCounts>] = [
    ScoreRule(Metric("wordErrorRate", "share of texts with at least one error", isHigherBetter: false)) {
      $0.wordErrorRate
    },
    ScoreRule(Metric("symbolErrorRate", "wrong symbols ÷ symbols; may exceed 1", isHigherBetter: false)) {
      $0.symbolErrorRate
    },
    ScoreRule(Metric("exactMatch", "share of texts without any error")) { $0.exactMatch },
  ]
}
