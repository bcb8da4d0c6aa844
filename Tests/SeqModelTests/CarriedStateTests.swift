import SeqCore
import SeqLayers
import SeqModel
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// Sequences that go on where others ended.
@Suite struct CarriedStateTests {
  static let vocabulary = 7
  static let cells: [(CellKind, ActivationKind)] = [
    (.elman, .tanh), (.elman, .relu), (.elman, .sigmoid), (.lstm, .tanh), (.gru, .tanh),
  ]

  @Test(arguments: cells, [1, 2])
  func `the gradient from a given state on is the reference's`(
    cell: (CellKind, ActivationKind), layers: Int
  ) {
    for (trial, lengths) in [[1], [5, 3, 3, 1], [2, 2, 2, 2, 2]].enumerated() {
      let run = Self.run(cell, layers: layers, seed: Seed(211).child("trial", trial))
      let batch = TokenBatch(
        topology: .stepwise, lengths: lengths, vocabulary: Self.vocabulary, classes: Self.vocabulary, seed: Seed(223))
      for count in [1, min(2, lengths.count)] {
        let shards = batch.shards(count)
        let states = shards.map { Self.state(of: run, sequences: $0.shape.sequences) }
        // The passes come to be with their first step.
        for pass in run.passes { pass.state = nil }
        _ = run.step(shards)
        for (pass, state) in zip(run.passes, states) { pass.state = state.matrix }
        let loss = run.step(shards)
        // Matrices do not keep their buffers.
        for pass in run.passes { pass.state = nil }
        let expected = Self.reference(run, batch, shards, states.map(\.start))
        #expect(abs(loss - expected(run.referenceParameters)) < 1e-5)
        for slot in run.model.layout.slots {
          let difference = GradientDifference(
            name: slot.name, found: run.gradient[slot].elements.doubles,
            expected: run.referenceParameters.finiteDifference(of: slot.name, expected))
          #expect(difference.relativeError < 5e-5, "\(cell), \(layers) layers, \(lengths): \(slot.name)")
        }
      }
    }
  }

  @Test(arguments: cells, [1, 2])
  func `windows that hand on their state are one long sweep`(cell: (CellKind, ActivationKind), layers: Int) {
    let run = Self.run(cell, layers: layers, seed: Seed(227))
    let batch = TokenBatch(
      topology: .stepwise, lengths: [11, 11, 11], vocabulary: Self.vocabulary, classes: Self.vocabulary, seed: Seed(229)
    )
    let pass = run.model.makePass()
    let whole = pass.loss(batch.shards()[0], weights: run.weights)
    for width in [1, 2, 4, 11] {
      let buffer = FloatBuffer()
      let state = buffer.reserve(rows: 3, columns: run.model.encoder.stateSize)
      state.fill(0)
      pass.state = state
      var sum = 0.0
      for start in stride(from: 0, to: 11, by: width) {
        var window = batch
        window.tokens = batch.tokens.map { Array($0[start..<min(11, start + width)]) }
        window.labels = batch.labels.map { Array($0[start..<min(11, start + width)]) }
        sum += pass.loss(window.shards()[0], weights: run.weights)
      }
      #expect(abs(sum - whole) < 1e-6 * whole, "windows of \(width)")
      pass.state = nil
    }
    #expect(abs(pass.loss(batch.shards()[0], weights: run.weights) - whole) == 0, "without a state it begins anew")
  }

  @Test func `a state is that of each sequence's last token`() {
    let run = Self.run((.gru, .tanh), layers: 1, seed: Seed(233))
    let batch = TokenBatch(
      topology: .stepwise, lengths: [4, 2, 1], vocabulary: Self.vocabulary, classes: Self.vocabulary, seed: Seed(239))
    let shard = batch.shards()[0]
    let state = Self.state(of: run, sequences: 3)
    let pass = run.model.makePass()
    pass.state = state.matrix
    _ = pass.loss(shard, weights: run.weights)
    let encoder = run.reference(LossOptions()).encoder
    for (s, position) in shard.positions.enumerated() {
      let inputs = run.reference(LossOptions()).embedded(
        batch.tokens[position], features: run.settings.embedding, run.referenceParameters)
      let last = encoder.states(of: inputs, from: Self.states(run, state.start[s]), run.referenceParameters).last
      for (found, expected) in zip(state.matrix.row(s).doubles, last[0].hidden) {
        #expect(abs(found - expected) < 1e-5)
      }
    }
  }

  // MARK: - Helpers

  private static func run(_ cell: (CellKind, ActivationKind), layers: Int, seed: Seed) -> ModelRun {
    var settings = ModelSettings()
    (settings.cell, settings.activation) = cell
    (settings.embedding, settings.hidden, settings.layers) = (3, 4, layers)
    settings.isBidirectional = false
    settings.dropout = DropoutSettings(0)
    return ModelRun(topology: .stepwise, settings: settings, vocabulary: vocabulary, classes: vocabulary, seed: seed)
  }

  /// A drawn state and its memory.
  private struct State {
    let buffer = FloatBuffer()
    let matrix: Matrix
    /// What it was before it moved on.
    let start: [[Double]]

    init(rows: Int, columns: Int) {
      var random = Seed(241).generator
      matrix = buffer.reserve(rows: rows, columns: columns)
      matrix.copy(from: random.floats(rows * columns, bound: 0.8))
      let drawn = matrix
      start = (0..<rows).map { drawn.row($0).doubles }
    }
  }

  private static func state(of run: ModelRun, sequences: Int) -> State {
    State(rows: sequences, columns: run.model.encoder.stateSize)
  }

  /// A row of a state, layer by layer, as the reference has it: h, and c of an LSTM behind it.
  private static func states(_ run: ModelRun, _ row: [Double]) -> [ReferenceState] {
    let (hidden, size) = (run.settings.hidden, row.count / run.settings.layers)
    return (0..<run.settings.layers).map { layer in
      let part = Array(row[layer * size..<(layer + 1) * size])
      let cell = run.settings.cell == .lstm ? Array(part[hidden..<2 * hidden]) : Array(repeating: 0, count: hidden)
      return ReferenceState(hidden: Array(part[..<hidden]), cell: cell)
    }
  }

  private static func reference(
    _ run: ModelRun, _ batch: TokenBatch, _ shards: [Shard], _ starts: [[[Double]]]
  ) -> (ReferenceParameters) -> Double {
    let network = run.reference(LossOptions())
    let features = run.settings.embedding
    return { parameters in
      var (scores, labels): ([Vector], [Int]) = ([], [])
      for (shard, rows) in zip(shards, starts) {
        for (s, position) in shard.positions.enumerated() {
          let inputs = network.embedded(batch.tokens[position], features: features, parameters)
          let sweep = network.encoder.states(of: inputs, from: states(run, rows[s]), parameters)
          scores += sweep.states.map { network.headScores(of: $0, parameters) }
          labels += batch.labels[position]
        }
      }
      return network.loss.mean(scores, labels: labels)
    }
  }
}
