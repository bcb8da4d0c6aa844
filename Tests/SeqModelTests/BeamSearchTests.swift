import SeqCore
import SeqLayers
import SeqModel
import SeqTensor
import SeqTestSupport
import Testing

/// Beam search over networks with drawn weights, whose distributions are far from sharp.
@Suite struct BeamSearchTests {
  @Test(arguments: [AttentionKind.none, .dot, .general, .additive], CellKind.allCases)
  func `texts are sorted, distinct, and the first is never worse than that of greedy search`(
    attention: AttentionKind, cell: CellKind
  ) {
    for layers in 1...2 {
      let run = makeRun(cell, attention, layers: layers)
      let greedy = write(run, beam: 1, count: 1)
      for beam in [2, 4, 7] {
        let found = write(run, beam: beam, count: beam)
        for (one, texts) in zip(greedy, found) {
          #expect(!texts.isEmpty && texts.count <= beam)
          #expect(Set(texts.map(\.tokens)).count == texts.count)
          #expect(
            zip(texts, texts.dropFirst()).allSatisfy { $0.isWhole == $1.isWhole ? $0.score >= $1.score : $0.isWhole })
          if one[0].isWhole { #expect(texts[0].isWhole && texts[0].score >= one[0].score - 1e-6) }
          #expect(texts.allSatisfy { !$0.tokens.contains(0) && !$0.tokens.contains(1) && $0.tokens.count <= 9 })
        }
      }
    }
  }

  /// Teacher forcing over a text gives the probability that the search has summed up, step by step and in another shape.
  @Test(arguments: CellKind.allWithClient)
  func `the probability of a text is that of its tokens one after the other`(cell: CellKind) {
    let run = makeRun(cell, .general, layers: 2)
    let sources = batch.sources
    for (source, texts) in zip(sources, write(run, beam: 4, count: 4)) {
      for text in texts where text.isWhole {
        var pair = batch
        (pair.sources, pair.targets) = ([source], [text.tokens.map(Int.init)])
        // A written text holds no unknown token, so that all of it counts.
        let nats = run.model.makePass().nats(pair.shards()[0], weights: run.weights)
        #expect(abs(nats + text.logProbability) < 1e-4 * max(1, nats))
      }
    }
  }

  /// With a beam that keeps everything, the best text of all is found.
  @Test func `a beam wide enough finds the most probable of all texts`() {
    let run = makeRun(.gru, .additive, layers: 1)
    let settings = decoding(beam: 100, penalty: 0, length: 2)
    let found = write(run, settings, count: 1)
    var every: [[Int]] = [[]]
    for a in 2..<TransductionRun.classes { every += [[a]] + (2..<TransductionRun.classes).map { [a, $0] } }
    for (source, texts) in zip(batch.sources, found) {
      let best =
        every.filter { $0.count < 2 }.map { target in
          var pair = batch
          (pair.sources, pair.targets) = ([source], [target])
          return -run.model.makePass().nats(pair.shards()[0], weights: run.weights)
        }.max() ?? 0
      #expect(texts[0].isWhole && abs(texts[0].logProbability - best) < 1e-4)
    }
  }

  @Test func `what is written does not depend on the other sources of a shard`() {
    let run = makeRun(.lstm, .general, layers: 2)
    let together = write(run, beam: 3, count: 3)
    for (source, texts) in zip(batch.sources, together) {
      var alone = batch
      (alone.sources, alone.targets) = ([source], [[]])
      let found = BeamSearch(run.model.makePass()).write(
        alone.shards()[0], weights: run.weights, settings: decoding(beam: 3), count: 3)
      #expect(found[0].map(\.tokens) == texts.map(\.tokens) && found[0].map(\.score) == texts.map(\.score))
    }
  }

  @Test func `attention has a row a token, whose numbers add up to 1`() {
    let run = makeRun(.lstm, .general, layers: 1)
    let found = write(run, decoding(beam: 3), count: 3, attention: true)
    for (source, texts) in zip(batch.sources, found) {
      for text in texts {
        #expect(text.attention.count == text.tokens.count)
        #expect(text.attention.allSatisfy { $0.count == source.count && abs($0.reduce(0, +) - 1) < 1e-5 })
      }
    }
  }

  private var batch: PairBatch {
    PairBatch(
      lengths: [(4, 0), (3, 0), (3, 0), (1, 0)], vocabulary: TransductionRun.vocabulary,
      classes: TransductionRun.classes, seed: Seed(223))
  }

  private func makeRun(_ cell: CellKind, _ attention: AttentionKind, layers: Int) -> TransductionRun {
    TransductionRun(
      .transduction(cell: cell, attention: attention, feedsInput: true, layers: layers), seed: Seed(227), bound: 1.2)
  }

  private func decoding(beam: Int, penalty: Double = 0.6, length: Int = 9) -> DecodingSettings {
    var settings = DecodingSettings()
    (settings.beam, settings.lengthPenalty, settings.maximumLength) = (beam, penalty, length)
    return settings
  }

  private func write(_ run: TransductionRun, beam: Int, count: Int) -> [[Hypothesis]] {
    write(run, decoding(beam: beam), count: count)
  }

  /// In the order of the batch, which is that of its shard: longest first.
  private func write(
    _ run: TransductionRun, _ settings: DecodingSettings, count: Int, attention: Bool = false
  ) -> [[Hypothesis]] {
    BeamSearch(run.model.makePass()).write(
      batch.shards()[0], weights: run.weights, settings: settings, count: count, attention: attention)
  }
}
