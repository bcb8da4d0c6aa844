/// A linear-chain conditional random field: the score of tags y(0) … y(T − 1) with emissions e is
///
///     s(y) = start(y(0)) + Σ e(t, y(t)) + Σ T(y(t − 1), y(t)) + end(y(T − 1)),  p(y) = exp(s(y)) / Σ exp(s(y′))
///
/// It reads `<prefix>.start_transitions`, `<prefix>.transitions` [from, to] and `<prefix>.end_transitions`.
package struct ReferenceChain: Sendable {
  package var start: Vector
  /// By the tag before.
  package var transitions: [Vector]
  package var end: Vector

  package init(start: Vector, transitions: [Vector], end: Vector) {
    self.start = start
    self.transitions = transitions
    self.end = end
  }

  package init(prefix: String = "crf", _ parameters: ReferenceParameters) {
    let tags = parameters["\(prefix).start_transitions"].count
    let flat = parameters["\(prefix).transitions"]
    self.init(
      start: parameters["\(prefix).start_transitions"],
      transitions: (0..<tags).map { Vector(flat[$0 * tags..<($0 + 1) * tags]) },
      end: parameters["\(prefix).end_transitions"])
  }

  /// s(y).
  package func score(_ tags: [Int], _ emissions: [Vector]) -> Double {
    var sum = start[tags[0]] + end[tags[tags.count - 1]]
    for (t, tag) in tags.enumerated() { sum += emissions[t][tag] + (t > 0 ? transitions[tags[t - 1]][tag] : 0) }
    return sum
  }

  /// log Σ over all that may follow a tag at a step, for each step and tag.
  private func logSuffixes(_ emissions: [Vector]) -> [Vector] {
    var suffixes = [end]
    for emission in emissions.dropFirst().reversed() {
      let next = suffixes[suffixes.count - 1]
      suffixes.append(transitions.map { row in logSumExp(sum(sum(row, emission), next)) })
    }
    return suffixes.reversed()
  }

  /// log Σ exp(s(y)).
  package func logPartition(_ emissions: [Vector]) -> Double {
    logSumExp(sum(sum(start, emissions[0]), logSuffixes(emissions)[0]))
  }

  /// −log p(y(t) | y(t − 1)) of each tag; their sum is −log p(y).
  package func costs(of tags: [Int], _ emissions: [Vector]) -> Vector {
    let suffixes = logSuffixes(emissions)
    return tags.enumerated().map { t, tag in
      let arrivals = sum(sum(t == 0 ? start : transitions[tags[t - 1]], emissions[t]), suffixes[t])
      return logSumExp(arrivals) - arrivals[tag]
    }
  }
}
