/// Counts tokens and makes a vocabulary of them.
public struct VocabularyBuilder: Sendable {
  private var index = CodePointIndex()
  /// How often the token of each number was added.
  private var counts: [Int] = []
  /// The number of tokens added.
  public private(set) var total = 0

  /// A count of no tokens.
  public init() {}

  /// Counts a token.
  public mutating func add(_ token: String, count: Int = 1) {
    let (number, isNew) = index.insert(token)
    if isNew { counts.append(0) }
    counts[number] += count
    total += count
  }

  /// Counts a token given in UTF-8.
  package mutating func add(utf8: ArraySlice<UInt8>) {
    let (number, isNew) = index.insert(utf8)
    if isNew { counts.append(0) }
    counts[number] += 1
    total += 1
  }

  /// Counts tokens.
  public mutating func add(contentsOf tokens: some Sequence<String>) {
    for token in tokens { add(token) }
  }

  /// Adds the counts of another builder.
  public mutating func merge(_ other: VocabularyBuilder) {
    for (token, count) in zip(other.index.texts, other.counts) { add(token, count: count) }
  }

  /// How often a token was added.
  public func count(of token: String) -> Int { index.number(of: token).map { counts[$0] } ?? 0 }

  /// The different tokens, in the order of insertion.
  package var tokens: [String] { index.texts }

  /// The number of different tokens.
  public var distinct: Int { counts.count }

  /// The vocabulary of the tokens added, by descending count, ties by code points.
  ///
  /// - Parameters:
  ///   - minimumCount: how often a token must have been added.
  ///   - maximumSize: the most tokens to keep, not counting `<pad>` and `<unk>`; `nil` for all.
  public func build(minimumCount: Int = 1, maximumSize: Int? = nil) -> Vocabulary {
    let kept = counts.indices.filter { counts[$0] >= minimumCount }
    let sorted = kept.sorted { a, b in
      counts[a] == counts[b] ? CodePoints(index.texts[a]) < CodePoints(index.texts[b]) : counts[a] > counts[b]
    }
    return Vocabulary(sorted.prefix(max(0, maximumSize ?? .max)).map { index.texts[$0] })
  }
}
