import SeqModel

/// What a model has written for one text.
public struct Transduction: Sendable {
  /// One of the texts that it found.
  public struct Output: Sendable {
    /// What was written.
    public let text: String
    /// The same in tokens.
    public let tokens: [String]
    /// By which outputs are ranked: ln p, normalised by the length; see docs/how-to/transduce-text.md.
    public let score: Double
    /// ln p of the tokens and the end.
    public let logProbability: Double
    /// Whether it ended by itself; else it was cut at the greatest length.
    public let isWhole: Bool
    /// If it was asked for: how each token's step shared out its attention over the tokens of the text, in 0…1.
    public let attention: [[Float]]
  }

  /// The text as it was given.
  public let text: String
  /// Tokens of the text.
  public let tokenCount: Int
  /// If attention was asked for: the tokens of the text that were read.
  public let sourceTokens: [String]
  /// What was written, the best first; empty for a text without tokens.
  public let outputs: [Output]

  /// Whether the model has read only the first `ModelSettings.longestText` tokens.
  public var isCut: Bool { tokenCount > ModelSettings.longestText }
}

/// How a model writes; where nothing is said, as its config has it.
public struct TransductionOptions: Sendable, Equatable {
  /// Unfinished texts that are kept beside each other; 1 always takes the most probable token.
  public var beam: Int?
  /// Outputs for each text, at most `beam`.
  public var count = 1
  /// How much longer texts are favoured.
  public var lengthPenalty: Double?
  /// Whether to tell what each step looked at.
  public var attention = false

  /// The model's own.
  public init() {}
}
