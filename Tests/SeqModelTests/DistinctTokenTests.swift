import SeqCore
import SeqLayers
import SeqModel
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// Where a shard has few distinct tokens and no dropout tells equal ones apart, the encoder projects each of them once;
/// else it works on copied rows. Both ways must give the same.
@Suite struct DistinctTokenTests {
  /// Those with kernels of their own, and others that use their input and their states in every way there is.
  static let cells: [CellKind] = [.elman, .lstm, .gru, .lstmFGR, .lstmLayerNorm, .mut1]

  @Test(arguments: [Topology.pooled, .stepwise], cells)
  func `gradients are the reference's with few distinct tokens and with many`(topology: Topology, cell: CellKind) {
    for isBidirectional in [false, true] {
      for tokens in [2, 60] {
        let run = makeRun(topology, cell, isBidirectional: isBidirectional, vocabulary: 60)
        let batch = makeBatch(topology, tokens: tokens)
        for shards in [1, 3] {
          let loss = run.step(batch.shards(shards))
          for difference in run.differences(batch, loss: loss, options: LossOptions()) {
            #expect(difference.relativeError < 5e-5, "\(tokens) tokens, \(shards) shards: \(difference.name)")
          }
        }
      }
    }
  }

  @Test(arguments: [Topology.pooled, .stepwise], cells)
  func `gradients through dropout of the input, with few distinct tokens and with many`(
    topology: Topology, cell: CellKind
  ) {
    let mode = Mode.training(seed: Seed(353))
    for tokens in [2, 60] {
      let run = makeRun(topology, cell, vocabulary: 60, inputDropout: 0.4)
      let batch = makeBatch(topology, tokens: tokens)
      let shards = batch.shards(2)
      let loss = run.step(shards, mode: mode)
      let factors = inputFactors(of: shards, batch, run.settings, mode)
      for difference in run.differences(batch, loss: loss, options: LossOptions(), inputFactors: factors) {
        #expect(difference.relativeError < 5e-5, "\(tokens) tokens: \(difference.name)")
      }
      // The factors matter: without them loss and gradient are others.
      #expect(run.differences(batch, loss: loss, options: LossOptions()).contains { $0.relativeError > 1e-3 })
    }
  }

  /// A rate that drops nothing and scales by one, but is not 0, keeps the encoder from working on distinct tokens.
  @Test(arguments: [Topology.pooled, .stepwise], CellKind.allCases)
  func `distinct tokens give the loss and the gradient of copied rows`(topology: Topology, cell: CellKind) {
    for tokens in 1...5 {
      let batch = makeBatch(topology, tokens: tokens)
      let runs = [0, 1e-12].map { makeRun(topology, cell, vocabulary: 10, inputDropout: $0) }
      let losses = runs.map { $0.step(batch.shards(2)) }
      #expect(abs(losses[0] - losses[1]) < 1e-6 * losses[1], "\(tokens) tokens")
      for slot in runs[0].model.layout.slots {
        let difference = GradientDifference(
          name: slot.name, found: runs[0].gradient[slot].elements.doubles,
          expected: runs[1].gradient[slot].elements.doubles)
        #expect(difference.relativeError < 2e-5, "\(tokens) tokens: \(slot.name)")
      }
      for (found, expected) in zip(runs[0].probabilities(batch), runs[1].probabilities(batch)) {
        #expect(largestError(of: found, from: expected) < 1e-6, "\(tokens) tokens")
      }
    }
  }

  /// Weights for inference keep the projections of all tokens of a small vocabulary; they must follow the weights.
  @Test(arguments: [Topology.pooled, .stepwise], CellKind.allCases)
  func `looked up tokens have the probabilities of multiplied ones`(topology: Topology, cell: CellKind) {
    for (vocabulary, isKept) in [(60, true), (20_000, false)] {
      let run = makeRun(topology, cell, vocabulary: vocabulary)
      let batch = makeBatch(topology, tokens: 60)
      let inference = Weights(run.weights.vector, training: false)
      #expect(inference.hasTokenTables == isKept && !run.weights.hasTokenTables)
      for seed in [389, 397] as [UInt64] {
        run.weights.vector.initialize(seed: Seed(seed))
        for weights in [run.weights, inference] { weights.refresh(WorkerTeam(width: 2)) }
        let found = run.probabilities(batch, shards: 2, inference: inference)
        for (found, expected) in zip(found, run.probabilities(batch, shards: 2)) {
          #expect(largestError(of: found, from: expected) < 1e-6, "\(vocabulary) tokens")
        }
      }
    }
  }

  @Test(arguments: CellKind.allCases)
  func `a pass goes from few distinct tokens to many and back`(cell: CellKind) {
    let run = makeRun(.stepwise, cell, vocabulary: 60)
    let (few, many) = (makeBatch(.stepwise, tokens: 2), makeBatch(.stepwise, tokens: 60))
    for batch in [few, many, few] {
      let loss = run.step(batch.shards(2))
      let fresh = makeRun(.stepwise, cell, vocabulary: 60)
      #expect(loss == fresh.step(batch.shards(2)))
      #expect(run.gradient.flat.elements == fresh.gradient.flat.elements)
    }
  }

  @Test func `few distinct tokens give the same bits for any number of threads`() {
    let batch = makeBatch(.stepwise, tokens: 3)
    let results = (1...4).map { threads in
      let run = makeRun(.stepwise, .lstm, vocabulary: 10, threads: threads)
      return [run.step(batch.shards(5)).bitPattern] + run.gradient.flat.elements.map { UInt64($0.bitPattern) }
    }
    for result in results { #expect(result == results[0]) }
  }

  @Test func `a shard knows its distinct tokens, also after it has been filled anew`() {
    let shard = Shard()
    for (tokens, distinct, index) in [
      ([[5, 9, 5], [9], [2]], [5, 9, 2], [0, 1, 2, 1, 0]), ([[2, 2], [70]], [2, 70], [0, 1, 0]),
      ([[9]], [9], [0]),
    ] as [([[Int]], [Int32], [Int32])] {
      var batch = TokenBatch(
        topology: .pooled, lengths: tokens.map(\.count), vocabulary: 71, classes: 2, seed: Seed(359))
      batch.tokens = tokens
      batch.fill(shard, Array(tokens.indices))
      #expect(shard.distinctIDs == distinct && shard.distinctIndex == index)
      #expect(shard.distinctIndex.map { shard.distinctIDs[Int($0)] } == shard.ids)
    }
  }

  private func makeRun(
    _ topology: Topology, _ cell: CellKind, isBidirectional: Bool = true, vocabulary: Int, inputDropout: Double = 0,
    threads: Int = 1
  ) -> ModelRun {
    var settings = ModelSettings()
    settings.embedding = 3
    settings.hidden = 4
    settings.cell = cell
    settings.isBidirectional = isBidirectional
    settings.pooling = .attention
    settings.dropout = DropoutSettings(input: inputDropout)
    return ModelRun(
      topology: topology, settings: settings, vocabulary: vocabulary, classes: 3, seed: Seed(367), threads: threads)
  }

  /// 26 tokens of so many kinds; if of 60, then all different, so that no shard can save anything.
  private func makeBatch(_ topology: Topology, tokens: Int) -> TokenBatch {
    let lengths = [6, 1, 5, 5, 3, 4, 2]
    var batch = TokenBatch(topology: topology, lengths: lengths, vocabulary: tokens, classes: 3, seed: Seed(373))
    if tokens == 60 {
      var next = 0
      batch.tokens = lengths.map { length in
        defer { next += 2 * length }
        return (0..<length).map { 59 - next - 2 * $0 }
      }
    }
    return batch
  }

  /// What dropout multiplies each token of each sequence by: [positions][steps][E].
  private func inputFactors(
    of shards: [Shard], _ batch: TokenBatch, _ settings: ModelSettings, _ mode: Mode
  ) -> [[Vector]] {
    var result = batch.tokens.map { $0.map { _ in Vector() } }
    for shard in shards {
      let ones = FloatBuffer()
      let input = ones.reserve(rows: shard.shape.rows, columns: settings.embedding)
      input.fill(1)
      let pass = DropoutPass(rate: settings.dropout.input, name: "input")
      let factors = withExtendedLifetime((ones, pass)) { pass.forward(input, mode: mode).elements.doubles }
      for (s, position) in shard.positions.enumerated() {
        for t in 0..<shard.shape.lengths[s] {
          let row = shard.shape.row(sequence: s, step: t) * settings.embedding
          result[position][t] = Vector(factors[row..<row + settings.embedding])
        }
      }
    }
    return result
  }
}
