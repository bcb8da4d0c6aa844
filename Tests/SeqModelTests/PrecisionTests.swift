import SeqCore
import SeqLayers
import SeqModel
import SeqTensor
import SeqTestSupport
import Testing

/// Whole models whose products are computed from bf16, emulated where the CPU has none.
@Suite struct PrecisionTests {
  @Test(arguments: [Topology.pooled, .stepwise], CellKind.allCases)
  func `the gradient of three products of bf16 is that of single precision`(topology: Topology, cell: CellKind) {
    let exact = gradient(topology, cell, .float32)
    let close = gradient(topology, cell, .bfloat16x3)
    let rough = gradient(topology, cell, .bfloat16)
    #expect(abs(close.loss - exact.loss) < 1e-5 * exact.loss && abs(rough.loss - exact.loss) < 1e-2 * exact.loss)
    // Cells that divide by deviations or have no gate on what goes in magnify rounding.
    let isFused = [.elman, .lstm, .gru, .lstmNP].contains(cell)
    for (i, slot) in exact.slots.enumerated() {
      // Where the terms of a gradient cancel, as those of the attention's bias do, that of single precision is itself no
      // more exact than this: 9e-5 of 2e-6 lie between AVX2 and AVX-512.
      let gap = relativeError(of: close.slots[i].values, from: slot.values, floor: 1e-5)
      #expect(gap < (isFused ? 1e-4 : 5e-4), "\(slot.name)")
      let error = relativeError(of: rough.slots[i].values, from: slot.values)
      #expect(error < (isFused ? 5e-2 : 0.2), "\(slot.name)")
      #expect(error > 1e-5, "\(slot.name) comes from no product of bf16")
    }
  }

  @Test(arguments: [Precision.bfloat16x3, .bfloat16])
  func `a sequence alone has the bits it has in a batch`(precision: Precision) {
    for cell in CellKind.allCases {
      let run = makeRun(.stepwise, cell, precision)
      let batch = makeBatch(.stepwise)
      let together = run.probabilities(batch)
      for (i, expected) in together.enumerated() {
        var alone = batch
        alone.tokens = [batch.tokens[i]]
        alone.labels = [batch.labels[i]]
        #expect(run.probabilities(alone)[0] == expected, "\(cell), sequence \(i)")
      }
    }
  }

  @Test func `models of different precisions live side by side`() {
    let (exact, rough) = (makeRun(.stepwise, .gru, .float32), makeRun(.stepwise, .gru, .bfloat16))
    let batch = makeBatch(.stepwise)
    let before = exact.probabilities(batch)
    let other = rough.probabilities(batch)
    #expect(before != other && exact.probabilities(batch) == before)
    for (a, b) in zip(before, other) { #expect(largestError(of: a, from: b) < 0.05) }
  }

  private func makeRun(_ topology: Topology, _ cell: CellKind, _ precision: Precision) -> ModelRun {
    var settings = ModelSettings()
    settings.cell = cell
    settings.embedding = 21
    settings.hidden = 19
    settings.layers = 2
    settings.pooling = .attention
    settings.dropout = DropoutSettings(0)
    return ModelRun(
      topology: topology, settings: settings, vocabulary: 30, classes: 5, seed: Seed(17), precision: precision)
  }

  private func makeBatch(_ topology: Topology) -> TokenBatch {
    TokenBatch(topology: topology, lengths: (0..<21).map { 1 + $0 % 8 }, vocabulary: 30, classes: 5, seed: Seed(19))
  }

  private func gradient(
    _ topology: Topology, _ cell: CellKind, _ precision: Precision
  ) -> (loss: Double, slots: [(name: String, values: [Double])]) {
    let run = makeRun(topology, cell, precision)
    // Where a fit starts: weights so great that states are chaotic would magnify any rounding.
    run.weights.vector.initialize(seed: Seed(23))
    run.weights.refresh(WorkerTeam(width: 1))
    let loss = run.step(makeBatch(topology).shards(2))
    return (loss, run.model.layout.slots.map { ($0.name, run.gradient[$0].elements.doubles) })
  }
}
