import Foundation
import SeqCore
import SequenceToolkit
import Testing

/// Tokens are drawn as the settings say.
struct TokenSamplerTests {
  /// Probabilities 0.1, 0.4, 0.2, 0.3.
  static let scores = [0.1, 0.4, 0.2, 0.3].map { Float(log($0)) }

  private func shares(_ settings: SamplingSettings, forbidden: [Int] = [], draws: Int = 6_000) -> [Double] {
    var sampler = TokenSampler(settings, forbidden: forbidden)
    var generator = Seed(3).generator
    var counts = [0.0, 0, 0, 0]
    for _ in 0..<draws { counts[sampler.next(Self.scores.span, &generator).token] += 1 / Double(draws) }
    return counts
  }

  private func expect(_ found: [Double], _ expected: [Double]) {
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 0.03, "\(found), expected \(expected)") }
  }

  @Test func aTokenIsAsFrequentAsItIsProbable() { expect(shares(SamplingSettings()), [0.1, 0.4, 0.2, 0.3]) }

  @Test func theTemperatureSharpensAndFlattens() {
    let squares = [0.01, 0.16, 0.04, 0.09].map { $0 / 0.3 }
    expect(shares(SamplingSettings(temperature: 0.5)), squares)
    let roots = Self.scores.map { exp(Double($0) / 2) }
    expect(shares(SamplingSettings(temperature: 2)), roots.map { $0 / roots.reduce(0, +) })
    #expect(shares(SamplingSettings(temperature: 0), draws: 50)[1] > 0.99)
    #expect(shares(SamplingSettings(temperature: 1e-9), draws: 50)[1] > 0.99)
  }

  @Test func onlyTheMostProbableAreDrawn() {
    expect(shares(SamplingSettings(topK: 2)), [0, 4.0 / 7, 0, 3.0 / 7])
    expect(shares(SamplingSettings(topK: 1)), [0, 1, 0, 0])
    expect(shares(SamplingSettings(topK: 99)), [0.1, 0.4, 0.2, 0.3])
  }

  @Test func theNucleusIsTheFewestThatHaveTheShare() {
    expect(shares(SamplingSettings(topP: 0.39)), [0, 1, 0, 0])
    expect(shares(SamplingSettings(topP: 0.41)), [0, 4.0 / 7, 0, 3.0 / 7])
    expect(shares(SamplingSettings(topP: 0.85)), [0, 4.0 / 9, 2.0 / 9, 3.0 / 9])
    expect(shares(SamplingSettings(topP: 1e-9)), [0, 1, 0, 0])
    // Of the two most probable, the first has 4/7.
    expect(shares(SamplingSettings(topK: 2, topP: 0.5)), [0, 1, 0, 0])
  }

  @Test func theNucleusOfManyTokensIsExact() {
    // Half of the probability on one token, the rest spread evenly: the tail is left out before it is sorted.
    let scores = [Float](repeating: 0, count: 499) + [Float(log(499.0))]
    var sampler = TokenSampler(SamplingSettings(topP: 0.6), forbidden: [])
    var (generator, seen, top): (SplitMix64, Set<Int>, Int) = (Seed(1).generator, [], 0)
    for _ in 0..<3_000 {
      let token = sampler.next(scores.span, &generator).token
      if token == 499 { top += 1 } else { seen.insert(token) }
    }
    #expect(abs(Double(top) / 3_000 - 0.5 / 0.6) < 0.03)
    #expect(seen.count <= 101 && seen.allSatisfy { $0 <= 100 }, "of equals, the first")
  }

  @Test func whatIsForbiddenIsNeverDrawn() {
    expect(shares(SamplingSettings(), forbidden: [1]), [1.0 / 6, 0, 2.0 / 6, 3.0 / 6])
    expect(shares(SamplingSettings(temperature: 0), forbidden: [1]), [0, 0, 0, 1])
  }

  @Test func theProbabilityIsThatAmongAllTokens() {
    var sampler = TokenSampler(SamplingSettings(temperature: 0), forbidden: [1])
    var generator = Seed(1).generator
    let drawn = sampler.next(Self.scores.span, &generator)
    #expect(drawn.token == 3 && abs(drawn.logProbability - log(0.3)) < 1e-6)
  }
}
