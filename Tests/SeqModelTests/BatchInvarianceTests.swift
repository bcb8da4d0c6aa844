import SeqCore
import SeqLayers
import SeqModel
import SeqReference
import SeqTestSupport
import Testing

/// What a sequence gives must not depend on what it is computed together with, nor on the number of threads.
@Suite struct BatchInvarianceTests {
  @Test(arguments: [Topology.pooled, .stepwise], CellKind.allWithClient)
  func `a sequence alone has the probabilities it has in a batch`(topology: Topology, cell: CellKind) {
    for pooling in PoolingKind.allCases where topology == .pooled || pooling == .last {
      let run = makeRun(topology, cell, pooling)
      let batch = makeBatch(topology)
      let together = run.probabilities(batch)
      for (i, expected) in together.enumerated() {
        var alone = batch
        alone.tokens = [batch.tokens[i]]
        alone.labels = [batch.labels[i]]
        #expect(largestError(of: run.probabilities(alone)[0], from: expected) < 1e-6, "\(pooling), sequence \(i)")
      }
      for shards in [2, 3, 7] {
        let cut = run.probabilities(batch, shards: shards)
        for (found, expected) in zip(cut, together) {
          #expect(largestError(of: found, from: expected) < 1e-6, "\(pooling), \(shards) shards")
        }
      }
    }
  }

  @Test(arguments: [Topology.pooled, .stepwise])
  func `probabilities are the reference's`(topology: Topology) {
    for cell in CellKind.allCases {
      let run = makeRun(topology, cell, .attention)
      let batch = makeBatch(topology)
      let network = run.reference(LossOptions())
      let parameters = run.referenceParameters
      for (tokens, found) in zip(batch.tokens, run.probabilities(batch, shards: 2)) {
        let inputs = network.embedded(tokens, features: run.settings.embedding, parameters)
        let expected = network.scores(of: inputs, parameters).flatMap { softmax($0) }
        #expect(largestError(of: found, from: expected) < 3e-6)
      }
    }
  }

  @Test func `another sequence is detected`() {
    let run = makeRun(.pooled, .lstm, .last)
    var batch = makeBatch(.pooled)
    let before = run.probabilities(batch)[4]
    batch.tokens[4][0] += 1
    #expect(largestError(of: run.probabilities(batch)[4], from: before) > 1e-4)
  }

  @Test(arguments: [Topology.pooled, .stepwise])
  func `loss and gradient have the same bits for any number of threads`(topology: Topology) {
    let batch = makeBatch(topology)
    let results = (1...4).map { threads in
      let run = makeRun(topology, .lstm, .attention, dropout: 0.3, threads: threads)
      let losses = (0..<3).map { run.step(batch.shards(5), mode: .training(seed: Seed(UInt64($0)))) }
      return losses.map(\.bitPattern) + run.gradient.flat.elements.map { UInt64($0.bitPattern) }
    }
    for result in results { #expect(result == results[0]) }
  }

  @Test func `dropout draws by the seed, in training only`() {
    let batch = makeBatch(.stepwise)
    let run = makeRun(.stepwise, .gru, .last, dropout: 0.4)
    let losses = [1, 1, 2].map { run.step(batch.shards(2), mode: .training(seed: Seed($0))) }
    #expect(losses[0] == losses[1] && losses[0] != losses[2])
    let without = makeRun(.stepwise, .gru, .last)
    #expect(run.probabilities(batch) == without.probabilities(batch))
    #expect(run.step(batch.shards(2), mode: .inference) == without.step(batch.shards(2)))
  }

  private func makeRun(
    _ topology: Topology, _ cell: CellKind, _ pooling: PoolingKind, dropout: Double = 0, threads: Int = 1
  ) -> ModelRun {
    var settings = ModelSettings()
    settings.embedding = 9
    settings.hidden = 19
    settings.layers = 2
    settings.cell = cell
    settings.pooling = pooling
    settings.dropout = DropoutSettings(dropout)
    return ModelRun(
      topology: topology, settings: settings, vocabulary: 40, classes: 6, seed: Seed(137), threads: threads)
  }

  /// Lengths in no order, some alike, some 1.
  private func makeBatch(_ topology: Topology) -> TokenBatch {
    TokenBatch(
      topology: topology, lengths: [3, 1, 12, 5, 5, 1, 7, 2, 12, 4, 6, 1, 9], vocabulary: 39, classes: 6,
      seed: Seed(139))
  }
}
