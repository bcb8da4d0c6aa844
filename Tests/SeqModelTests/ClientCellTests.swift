import SeqCore
import SeqLayers
import SeqModel
import SeqTensor
import Testing

/// A client's cell in whole networks; its layers alone are checked by `gradientError`.
@Suite struct ClientCellTests {
  @Test func `its own gradient is right`() throws { #expect(try ClientCell().gradientError() < 5e-4) }

  /// Its state goes over a bridge to the decoder, which runs step by step.
  @Test(arguments: [AttentionKind.none, .general]) func `an encoder–decoder has its gradient`(attention: AttentionKind)
  {
    let run = TransductionRun(
      .transduction(cell: .custom(ClientCell()), attention: attention, feedsInput: true, layers: 2), seed: Seed(463))
    let batch = PairBatch(
      lengths: TransductionGradientTests.lengths, vocabulary: TransductionRun.vocabulary,
      classes: TransductionRun.classes, seed: Seed(467))
    let shards = batch.shards(2)
    _ = run.step(shards)
    for slot in run.model.layout.slots {
      let found = run.gradient[slot].elements
      let largest = found.indices.max { abs(found[$0]) < abs(found[$1]) } ?? 0
      let expected = slope(run, shards, slot, largest)
      #expect(abs(Double(found[largest]) - expected) < 2e-3 * max(0.01, abs(expected)), "\(slot.name)")
    }
  }

  /// The central difference of four points.
  private func slope(_ run: TransductionRun, _ shards: [Shard], _ slot: ParameterSlot, _ index: Int) -> Double {
    let (values, row, column) = (run.weights[slot], index / slot.columns, index % slot.columns)
    let (value, step) = (values[row, column], Float(0.02))
    func loss(_ distance: Float) -> Double {
      values[row, column] = value + distance * step
      run.weights.refresh(WorkerTeam(width: 1))
      return run.step(shards)
    }
    let slope = (8 * (loss(1) - loss(-1)) - (loss(2) - loss(-2))) / (12 * Double(step))
    _ = loss(0)
    return slope
  }
}
