/// How the next token is drawn from what the model thinks of all.
public struct SamplingSettings: Sendable, Equatable {
  /// What scores are divided by: below 1 the probable becomes more probable; 0 always takes the most probable token.
  public var temperature = 1.0
  /// Only so many of the most probable tokens are drawn from; nil for all.
  public var topK: Int?
  /// Only the most probable tokens are drawn from that have this share of the probability together (nucleus sampling,
  /// Holtzman et al. 2020); 1 for all.
  public var topP = 1.0

  /// Draws from all tokens as the model weighs them.
  public init(temperature: Double = 1, topK: Int? = nil, topP: Double = 1) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
  }
}

/// Which texts are generated, and how.
public struct GenerationSettings: Sendable, Equatable {
  /// The label that the texts are of, for a model that was fitted with labels.
  public var label: String?
  /// What every text begins with.
  public var prompt = ""
  /// Tokens after the prompt, at most.
  public var maximumLength = 100
  /// How each token is drawn.
  public var sampling = SamplingSettings()
  /// The source of all randomness.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}
}

/// A text that a model has made.
public struct GeneratedText: Sendable, Equatable {
  /// The prompt and what follows.
  public let text: String
  /// Tokens after the prompt, without the end.
  public let tokens: Int
  /// Whether the model ended the text; if not, it was cut at the greatest length.
  public let isEnded: Bool
  /// ln p of what follows the prompt, the end included, as the model weighs tokens without any temperature.
  public let logProbability: Double
}
