#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The loss of a language model in nats, and the number of tokens: counts that add up over shards.
public struct LanguageModelCounts: Sendable, Equatable {
  /// Σ −ln p(token).
  public private(set) var nats: Double
  /// How many tokens were predicted, including ends of sequences if the model predicts them.
  public private(set) var tokens: Int

  /// The number of characters of the texts; 0 if they were not counted.
  public private(set) var characters: Int

  /// The given counts; by default none.
  public init(nats: Double = 0, tokens: Int = 0, characters: Int = 0) {
    (self.nats, self.tokens, self.characters) = (nats, tokens, characters)
  }

  /// Counts `tokens` more tokens with a summed −ln p of `nats`.
  public mutating func add(nats: Double, tokens: Int) {
    self.nats += nats
    self.tokens += tokens
  }

  /// Adds the counts of another shard.
  public mutating func merge(_ other: LanguageModelCounts) {
    add(nats: other.nats, tokens: other.tokens)
    characters += other.characters
  }

  /// Nats per token, at least 0; `nil` without tokens.
  public var natsPerToken: Double? { tokens == 0 ? nil : nats / Double(tokens) }

  /// Bits per token: nats per token ÷ ln 2; `nil` without tokens.
  public var bitsPerToken: Double? { natsPerToken.map { $0 / log(2) } }

  /// e to the power of nats per token: 1 for a model that is always certain and right, the vocabulary's size for one
  /// that guesses evenly, infinite on overflow; `nil` without tokens.
  public var perplexity: Double? { natsPerToken.map { exp($0) } }

  /// Bits per character of the texts, which compares models with different tokens; `nil` if characters were not
  /// counted.
  public var bitsPerCharacter: Double? { characters == 0 ? nil : nats / log(2) / Double(characters) }
}

extension LanguageModelCounts: ScoredCounts {
  /// How the scores follow from the counts, in the order in which they are listed.
  public static let rules: [ScoreRule<LanguageModelCounts>] = [
    ScoreRule(
      Metric("loss", "mean of −ln p of the true label, in nats", isHigherBetter: false, basis: .probabilities)
    ) { $0.natsPerToken },
    ScoreRule(
      Metric("perplexity", "e to the power of the loss", isHigherBetter: false, basis: .probabilities, isDetail: true)
    ) { $0.perplexity },
    ScoreRule(
      Metric("bitsPerToken", "the loss in bits", isHigherBetter: false, basis: .probabilities, isDetail: true)
    ) { $0.bitsPerToken },
    ScoreRule(
      Metric(
        "bitsPerCharacter", "bits per Unicode scalar of the texts", isHigherBetter: false, basis: .probabilities)
    ) { $0.tokens == 0 ? nil : $0.bitsPerCharacter },
  ]
}
