import SeqLayers
package import SeqTensor

/// Writes the targets of a shard's sources: at each step the best `beam` continuations of each go on.
///
/// The path of the most probable tokens is never dropped, so that no beam gives a worse score than greedy search. A
/// source is done if none of its unfinished texts could still be among those that are wanted. Unknown tokens are never
/// written.
package final class BeamSearch {
  private let pass: TransductionPass
  private var histories = Histories()
  /// Unfinished texts, source by source.
  private var live: [Beam] = []
  private var finished: [[Hypothesis]] = []
  private var candidates: [Candidate] = []
  private var settings = DecodingSettings()
  private var wanted = 1
  private var keepsAttention = false

  package init(_ pass: TransductionPass) { self.pass = pass }

  /// The best texts for each source of a shard, the best first.
  /// - Parameters:
  ///   - count: texts that are wanted of each source, at most the beam; there may be fewer.
  ///   - attention: whether to keep how the attention was shared out.
  package func write(
    _ shard: Shard, weights: Weights, settings: DecodingSettings, count: Int = 1, attention: Bool = false
  ) -> [[Hypothesis]] {
    self.settings = settings
    (wanted, keepsAttention) = (min(count, settings.beam), attention)
    let sources = shard.shape.sequences
    histories.removeAll()
    finished = Array(repeating: [], count: sources)
    live = (0..<sources).map { Beam(source: Int32($0), logProbability: 0, history: -1, isGreedy: true, row: $0) }
    let source = pass.encode(shard, weights: weights)
    pass.decoder.begin(
      live.map(\.source), capacity: sources * settings.beam, of: source, weights: weights)
    for length in 1...settings.maximumLength {
      let states = pass.decoder.advance(live.map { histories.token(of: $0.history) }, weights: weights)
      takeStep(pass.probabilities(after: states, weights: weights), length: length)
      if live.isEmpty { break }
      pass.decoder.select(live.map { Int32($0.row) }, sources: live.map(\.source))
    }
    for beam in live { finish(beam, length: settings.maximumLength, isWhole: false) }
    return finished.map { Array($0.prefix(wanted)) }
  }

  /// From the probabilities of what comes next to the texts that go on.
  private func takeStep(_ probabilities: Matrix, length: Int) {
    let before = live
    live.removeAll(keepingCapacity: true)
    var start = 0
    while start < before.count {
      let end = before[start...].firstIndex { $0.source != before[start].source } ?? before.count
      collectCandidates(before[start..<end], start, probabilities)
      continueBeams(before, length: length)
      start = end
    }
  }

  /// The best continuations of one source's texts: of each text one more than the beam, since one of them is the end.
  private func collectCandidates(_ beams: ArraySlice<Beam>, _ start: Int, _ probabilities: Matrix) {
    candidates.removeAll(keepingCapacity: true)
    for row in start..<start + beams.count {
      let best = probabilities.withRow(row) { Self.best(settings.beam + 1, of: $0) }
      for (rank, token) in best.enumerated() {
        let logProbability = Self.logarithm(probabilities[row, token])
        candidates.append(
          Candidate(
            row: row, token: Int32(token), logProbability: beams[row].logProbability + logProbability,
            isGreedy: rank == 0 && beams[row].isGreedy))
      }
    }
    candidates.sort { ($1.logProbability, $0.row, $0.token) < ($0.logProbability, $1.row, $1.token) }
  }

  private func continueBeams(_ before: [Beam], length: Int) {
    let first = live.count
    for (rank, candidate) in candidates.enumerated() {
      let isEnd = candidate.token == TargetRows.end
      if isEnd, rank < settings.beam || candidate.isGreedy {
        finish(beam(of: candidate, before), length: length, isWhole: true)
      } else if !isEnd, live.count - first < settings.beam {
        live.append(beam(of: candidate, before))
      } else if !isEnd, candidate.isGreedy {
        live[live.count - 1] = beam(of: candidate, before)
      }
    }
    if isDone(live[first...]) { live.removeSubrange(first...) }
  }

  /// Whether none of a source's unfinished texts could be among the wanted ones: adding tokens makes none more probable.
  private func isDone(_ beams: ArraySlice<Beam>) -> Bool {
    guard let best = beams.first else { return true }
    let known = finished[Int(best.source)]
    guard known.count >= wanted else { return false }
    let hope = beams.lazy.map(\.logProbability).max() ?? 0
    return settings.beam == 1
      || known[wanted - 1].score >= settings.score(hope, length: settings.maximumLength + 1)
  }

  private func beam(of candidate: Candidate, _ before: [Beam]) -> Beam {
    let parent = before[candidate.row]
    let history = histories.add(
      candidate.token, after: parent.history,
      attention: keepsAttention ? pass.decoder.attentionWeights(ofRow: candidate.row) : [])
    return Beam(
      source: parent.source, logProbability: candidate.logProbability, history: history,
      isGreedy: candidate.isGreedy, row: candidate.row)
  }

  /// Puts a text among the finished ones of its source, which stay sorted and no more than the beam.
  private func finish(_ beam: Beam, length: Int, isWhole: Bool) {
    let (tokens, attention) = histories.path(to: beam.history)
    let hypothesis = Hypothesis(
      tokens: isWhole ? tokens.dropLast() : tokens, logProbability: beam.logProbability,
      score: settings.score(beam.logProbability, length: length), isWhole: isWhole,
      attention: keepsAttention ? (isWhole ? attention.dropLast() : attention) : [])
    let source = Int(beam.source)
    let place = finished[source].firstIndex { hypothesis.isBetter(than: $0) } ?? finished[source].count
    finished[source].insert(hypothesis, at: place)
    if finished[source].count > settings.beam { finished[source].removeLast() }
  }

  /// The tokens of the greatest probabilities, the greatest first; of equals the first.
  private static func best(_ count: Int, of probabilities: Span<Float>) -> [Int] {
    var best: [Int] = []
    for token in probabilities.indices where token != Int(TargetRows.unknown) {
      let p = probabilities[token]
      if best.count == count, p <= probabilities[best[count - 1]] { continue }
      let place = best.firstIndex { probabilities[$0] < p } ?? best.count
      best.insert(token, at: place)
      if best.count > count { best.removeLast() }
    }
    return best
  }

  private static func logarithm(_ probability: Float) -> Double {
    naturalLogarithm(Double(max(probability, .leastNormalMagnitude)))
  }
}

/// An unfinished text.
private struct Beam {
  let source: Int32
  let logProbability: Double
  /// Its last token in `Histories`; −1 before the first.
  let history: Int
  /// Whether all its tokens were the most probable ones.
  let isGreedy: Bool
  /// The row of the step that it comes from.
  let row: Int
}

/// A text and what might come next.
private struct Candidate {
  let row: Int
  let token: Int32
  let logProbability: Double
  let isGreedy: Bool
}

/// The tokens of all texts, as a tree.
private struct Histories {
  private var nodes: [(token: Int32, parent: Int, attention: [Float])] = []

  mutating func removeAll() { nodes.removeAll(keepingCapacity: true) }

  mutating func add(_ token: Int32, after parent: Int, attention: [Float]) -> Int {
    nodes.append((token, parent, attention))
    return nodes.count - 1
  }

  /// The last token of a text, or what stands before the first.
  func token(of node: Int) -> Int32 { node < 0 ? TargetRows.start : nodes[node].token }

  /// The tokens of a text from the first on.
  func path(to node: Int) -> (tokens: [Int32], attention: [[Float]]) {
    var (tokens, attention): ([Int32], [[Float]]) = ([], [])
    var at = node
    while at >= 0 {
      tokens.append(nodes[at].token)
      attention.append(nodes[at].attention)
      at = nodes[at].parent
    }
    return (tokens.reversed(), attention.reversed())
  }
}
