import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// Every layer's backward sweep against finite differences of an independent network in double precision.
@Suite struct GradientTests {
  @Test(arguments: LayerConfiguration.all)
  func `gradients are the reference's finite differences`(configuration: LayerConfiguration) {
    for trial in 0..<(configuration.cell.layerCell is any FusedCell ? 3 : 1) {
      for difference in LayerCheck(configuration, seed: Seed(53).child("trial", trial)).differences() {
        #expect(difference.relativeError < 5e-5, "trial \(trial): \(difference.name)")
      }
    }
  }

  @Test(arguments: ReferenceCell.allCases)
  func `three layers, and sequences of one token only`(cell: ReferenceCell) {
    let configuration = LayerConfiguration(cell: cell, layers: 3, isBidirectional: true, pooling: .last)
    for lengths in [[1], [1, 1, 1], [4, 1]] {
      let sizes = LayerSizes(input: 2, hidden: 3, classes: 3, lengths: lengths)
      for difference in LayerCheck(configuration, sizes: sizes, seed: Seed(59)).differences() {
        #expect(difference.relativeError < 5e-5, "\(lengths): \(difference.name)")
      }
    }
  }

  /// Large enough that weights are cut into several blocks and panels, and sequences into several vectors.
  @Test(arguments: [ReferenceCell.elmanTanh, .lstm, .gru])
  func `sampled gradients of large layers`(cell: ReferenceCell) {
    let configuration = LayerConfiguration(cell: cell, layers: 2, isBidirectional: true, pooling: .attention)
    let sizes = LayerSizes(input: 70, hidden: 37, classes: 19, lengths: [4, 3, 3, 2, 1, 1, 1])
    for difference in LayerCheck(configuration, sizes: sizes, seed: Seed(61)).differences(samples: 6) {
      #expect(difference.relativeError < 1e-4, "\(difference.name)")
    }
  }

  @Test func `blocks cover a parameter once`() {
    for (rows, columns) in [(1, 1), (160, 70), (512, 128), (3, 100_000), (1, 512), (1000, 1)] {
      var layout = ParameterLayout()
      let slot = layout.addMatrix("w", rows: rows, columns: columns, initialization: .zero)
      let blocks = GradientBlock.blocks(of: slot)
      #expect(blocks.flatMap { Array($0.rows) } == Array(0..<rows), "\(rows) × \(columns)")
    }
  }

  @Test func `adding a second shard's gradient adds it`() {
    var layout = ParameterLayout()
    let layer = RecurrentLayer(
      name: "rnn", cell: GRUCell(), inputSize: 3, hiddenSize: 4, isBidirectional: true, layout: &layout)
    let network = TestNetwork(layout, seed: Seed(67))
    let shape = PackedShape(lengths: [3, 2])
    var random = Seed(71).generator
    let input = TestMatrix(rows: 5, columns: 3, random.floats(15))
    let probe = TestMatrix(rows: 5, columns: 8, random.floats(40))
    let pass = layer.makePass()
    _ = pass.forward(
      GatheredRows(input.view), shape: shape, weights: network.weights, mode: .training(seed: Seed(1)))
    _ = pass.backward(probe.view, weights: network.weights)
    network.accumulate([(pass, layer.gradientBlocks)])
    let once = layout.slots.map { network.gradient[$0].elements }
    network.accumulate([(pass, layer.gradientBlocks)], adding: true)
    for (slot, once) in zip(layout.slots, once) {
      #expect(relativeErrorOfTwice(network.gradient[slot].elements, once) < 1e-6, "\(slot.name)")
    }
  }

  private func relativeErrorOfTwice(_ found: [Float], _ once: [Float]) -> Double {
    GradientDifference(name: "", found: found.doubles, expected: once.doubles.map { 2 * $0 }).relativeError
  }
}
