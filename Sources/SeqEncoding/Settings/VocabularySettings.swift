package import SeqConfig

/// Which symbols a model knows.
public struct VocabularySettings: Sendable, Equatable {
  /// Rarer tokens become unknown.
  public var minimumCount = 1
  /// Symbols beside padding and unknown.
  public var maximumSize = 50_000
  /// Whether words are looked up in lower case; features of their characters read them as they are.
  public var lowercase = false
  /// Whether every decimal digit of a word is taken for `0`; features of its characters read them as they are.
  public var foldDigits = false
  /// The probability that a word that occurs once in the training data is taken for unknown, each time.
  public var singletonDropout = 0.0
  /// Words of files of vectors that are added though the training data lacks them, at most.
  public var fromVectors = 100_000

  /// The defaults.
  public init() {}
}

extension VocabularySettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .int("minimumCount", \.minimumCount, in: 1...1_000_000, "Tokens that are rarer in the training data become unknown")
      .alias("min_freq", "min_count", "min_df", "minCount", "min_word_count"),
    .int(
      "maximumSize", \.maximumSize, in: 1...10_000_000,
      "Most tokens to keep, the most frequent ones; padding and unknown do not count"
    ).alias("max_size", "vocab_size", "max_features", "max_words", "num_words", "max_vocab_size"),
    .bool(
      "lowercase", \.lowercase, when: [words],
      "Whether words are looked up in lower case; other token features see them as they are"
    ).see("reference/token-features.md#upper-and-lower-case"),
    .bool("foldDigits", \.foldDigits, when: [words], "Whether words are looked up with every decimal digit as `0`"),
    .double(
      "singletonDropout", \.singletonDropout, in: .closed(0...1), when: [words],
      "Probability that a word that occurs once in the training data, and has no pretrained vector, is read as "
        + "unknown in training"
    ).see("reference/token-features.md#unknown-words"),
    .int(
      "fromVectors", \.fromVectors, in: 0...10_000_000,
      when: [
        words,
        Condition("with `vectors`") { _, facts in
          let hasVectors = facts["model.features"]?.elements?.contains { $0["vectors"] != nil } ?? false
          return hasVectors ? nil : "only applies to a word feature with vectors"
        },
      ], "Most words to add from a file of vectors: the first that the training data lacks"
    ).see("reference/token-features.md#pretrained-vectors"),
  ]

  private static let words: Condition<Self> = .task(
    "classification", "tagging", else: "only applies to classification and tagging")
}
