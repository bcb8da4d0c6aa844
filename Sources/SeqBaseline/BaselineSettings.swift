package import SeqConfig

/// How the linear model is fitted.
public struct BaselineSettings: Sendable, Equatable {
  /// Rounds over the training data.
  public var epochs = 10
  /// For support vector machines: the share of a feature's weight that comes from its naive Bayes log-count ratio; the
  /// rest is 1. From 0 to 1.
  public var naiveBayes = 0.5
  /// For support vector machines: the cost of a violated margin, relative to the squares of the weights.
  public var cost = 1.0
  /// For labels of whole texts: the length of the longest n-gram, in tokens.
  public var ngrams = 2
  /// For labels of whole texts: the length of the longest n-gram of characters of a word, including its borders; 0 for
  /// none.
  public var characters = 0

  /// The defaults.
  public init() {}
}

extension BaselineSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .int("epochs", \.epochs, in: 1...1_000, "Passes over the training data"),
    .double(
      "naiveBayes", \.naiveBayes, in: .closed(0...1),
      "Share of a feature's weight that comes from its naive Bayes log-count ratio; the rest is 1; for support vector "
        + "machines"),
    .double(
      "cost", \.cost, in: .closed(1e-4...1e4),
      "Cost of a violated margin relative to the squares of the weights; use less for noisy data; for support vector "
        + "machines"
    ),
    .int(
      "ngrams", \.ngrams, in: 1...16, default: .except(["character": 5, "byte": 5], of: "tokenizer.kind"),
      when: [labels], "Length of the longest n-gram, in tokens"),
    .int(
      "characters", \.characters, in: 0...16, when: [labels],
      "Length of the longest n-gram of characters within a word, from 3 on, including the word's borders; 0 for none"),
  ]

  /// Applies if a whole text has a label.
  private static let labels = Condition<Self>("only labels of whole texts") { _, facts in
    facts.text("task") == "tagging" && !facts.has("model.sentenceLabel")
      ? "only applies to labels of whole texts: a tagger reads a window of tokens" : nil
  }
}
