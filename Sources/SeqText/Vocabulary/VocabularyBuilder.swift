/// Counts tokens and makes a vocabulary of them.
public struct VocabularyBuilder: Sendable {
  private var counts: [CodePoints: Int] = [:]
  /// The number of tokens added.
  public private(set) var total = 0

  /// A count of no tokens.
  public init() {}

  /// Counts a token.
  public mutating func add(_ token: String, count: Int = 1) {
    counts[CodePoints(token), default: 0] += count
    total += count
  }

  /// Counts tokens.
  public mutating func add(contentsOf tokens: some Sequence<String>) {
    for token in tokens { add(token) }
  }

  /// Adds the counts of another builder.
  public mutating func merge(_ other: VocabularyBuilder) {
    counts.merge(other.counts, uniquingKeysWith: +)
    total += other.total
  }

  /// How often a token was added.
  public func count(of token: String) -> Int { counts[CodePoints(token)] ?? 0 }

  /// The number of different tokens.
  public var distinct: Int { counts.count }

  /// The vocabulary of the tokens added, by descending count, ties by code points.
  ///
  /// - Parameters:
  ///   - minimumCount: how often a token must have been added.
  ///   - maximumSize: how many tokens are kept at most, not counting `<pad>` and `<unk>`; `nil` for all.
  public func build(minimumCount: Int = 1, maximumSize: Int? = nil) -> Vocabulary {
    let kept = counts.filter { $0.value >= minimumCount }
    let sorted = kept.sorted { a, b in a.value == b.value ? a.key < b.key : a.value > b.value }
    return Vocabulary(sorted.prefix(max(0, maximumSize ?? .max)).map(\.key.text))
  }
}
