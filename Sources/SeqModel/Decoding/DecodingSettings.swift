#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How a decoder writes.
public struct DecodingSettings: Sendable, Equatable {
  /// Unfinished texts that are kept beside each other; 1 always takes the most probable token.
  public var beam = 5
  /// α of the length normalisation (Wu et al. 2016, section 7): texts are ranked by log p / ((5 + length) / 6)^α, where the
  /// length counts the end; 0 ranks by probability.
  public var lengthPenalty = 0.6
  /// Tokens after which a text that has not ended is cut.
  public var maximumLength = 100

  /// The defaults.
  public init() {}

  /// log p, normalised by the length.
  package func score(_ logProbability: Double, length: Int) -> Double {
    lengthPenalty == 0 ? logProbability : logProbability / pow(Double(5 + length) / 6, lengthPenalty)
  }
}

/// A text that a decoder has written.
package struct Hypothesis: Sendable {
  /// Without the end.
  package let tokens: [Int32]
  package let logProbability: Double
  /// By which texts are ranked: see `DecodingSettings.lengthPenalty`.
  package let score: Double
  /// Whether it ended by itself and was not cut.
  package let isWhole: Bool
  /// How each token's step shared out its attention over the rows of the source; empty if that was not asked for.
  package let attention: [[Float]]

  /// The better of two: a whole one before one that was cut, then by score.
  func isBetter(than other: Hypothesis) -> Bool {
    isWhole == other.isWhole ? score > other.score : isWhole
  }
}

/// ln x.
func naturalLogarithm(_ x: Double) -> Double { log(x) }
