package import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Draws tokens from rows of scores; keeps its memory from row to row.
package struct TokenSampler {
  private let settings: SamplingSettings
  /// Tokens that are never drawn.
  private let forbidden: [Int]
  /// The tokens to draw from, with their weights, which need not add up to 1.
  private var candidates: [Candidate] = []

  private struct Candidate {
    let token: Int
    let weight: Double
  }

  package init(_ settings: SamplingSettings, forbidden: [Int]) {
    self.settings = settings
    self.forbidden = forbidden
  }

  /// - Parameter scores: before the softmax, one a token.
  /// - Returns: a token, and ln of its probability among all.
  package mutating func next(_ scores: Span<Float>, _ generator: inout SplitMix64) -> (
    token: Int, logProbability: Double
  ) {
    let best = mostProbable(scores)
    let token = settings.temperature > 0 ? draw(scores, greatest: Double(scores[best]), &generator) : best
    var sum = 0.0
    for j in scores.indices { sum += exp(Double(scores[j] - scores[best])) }
    return (token, Double(scores[token] - scores[best]) - log(sum))
  }

  /// The first of the most probable tokens.
  private func mostProbable(_ scores: Span<Float>) -> Int {
    var best: Int?
    for j in scores.indices where !forbidden.contains(j) && best.map({ scores[j] > scores[$0] }) ?? true { best = j }
    return best ?? 0
  }

  private mutating func draw(_ scores: Span<Float>, greatest: Double, _ generator: inout SplitMix64) -> Int {
    candidates.removeAll(keepingCapacity: true)
    for j in scores.indices where !forbidden.contains(j) {
      candidates.append(Candidate(token: j, weight: exp((Double(scores[j]) - greatest) / settings.temperature)))
    }
    keepTheMostProbable()
    var rest = generator.uniform() * candidates.reduce(0) { $0 + $1.weight }
    for candidate in candidates {
      rest -= candidate.weight
      if rest < 0 { return candidate.token }
    }
    // Rounding has left something: of the least weight, but never of none.
    return candidates.last { $0.weight > 0 }?.token ?? 0
  }

  /// The `topK` most probable tokens, and of these the nucleus.
  private mutating func keepTheMostProbable() {
    guard settings.topK != nil || settings.topP < 1 else { return }
    let everything = dropTheTail()
    candidates.sort { ($1.weight, $0.token) < ($0.weight, $1.token) }
    if let topK = settings.topK, candidates.count > topK { candidates.removeLast(candidates.count - topK) }
    guard settings.topP < 1 else { return }
    let needed = settings.topP * (settings.topK == nil ? everything : candidates.reduce(0) { $0 + $1.weight })
    var (sum, count) = (0.0, 0)
    while count < candidates.count, count == 0 || sum < needed {
      sum += candidates[count].weight
      count += 1
    }
    candidates.removeLast(candidates.count - count)
  }

  /// Without `topK`, leaves out tokens that cannot be of the nucleus, which spares sorting a large vocabulary: all that
  /// weigh less than (1 − p) / n of the sum weigh less than 1 − p together.
  /// - Returns: the sum of all weights.
  private mutating func dropTheTail() -> Double {
    let sum = candidates.reduce(0) { $0 + $1.weight }
    guard settings.topK == nil else { return sum }
    let least = (1 - settings.topP) * sum / Double(candidates.count)
    var kept = candidates.filter { $0.weight >= least }
    swap(&candidates, &kept)
    return sum
  }
}
