import SeqCore
import SeqData
import SeqEncoding
import SeqExperiment
import SeqLayers
import SeqModel
import SeqPrediction
import SeqRecords
import SeqReference
import SeqTensor
import SeqTraining

/// Follows the gradient of the last step's loss back through some sequences.
struct LagMeasurement {
  private let model: SequenceModel
  private let isBidirectional: Bool
  private let data: EncodedDataset
  private let weights: Weights
  private let team: WorkerTeam
  private var accounts: [[SweepAccount]] = []
  private var radii: [[[(gate: String, radius: Double)]]] = []

  init(
    _ task: any LabellingTask, config: ExperimentConfig, encoder: SequenceEncoder, data: EncodedDataset,
    weights: Weights,
    team: WorkerTeam
  ) {
    // The same weights without what only training does.
    var config = config
    config.model.dropout = DropoutSettings(0)
    config.model.outputs = .last
    config.model.isTeacherForced = false
    // Only without them can one step's loss be told from the others'; their weights are behind all that stay.
    config.model.head = .softmax
    config.model.sentenceLabel = nil
    model = task.network(config.fitted, encoder)
    isBidirectional = config.model.isBidirectional
    self.data = data
    self.weights = weights
    self.team = team
  }

  /// What was measured, the front layer first.
  var sweeps: [GradientTrace.Sweep] {
    accounts.enumerated().flatMap { layer, directions in
      directions.enumerated().map { direction, account in
        account.sweep(layer: layer, radii: radii[layer][direction])
      }
    }
  }

  mutating func run(sequences: Int, length: Int) {
    let chosen = (0..<data.count).filter { data.length($0) > 0 }
      .sorted { (-data.length($0), $0) < (-data.length($1), $1) }.prefix(sequences)
    for start in stride(from: 0, to: chosen.count, by: Shard.size) {
      let part = chosen[start..<min(chosen.count, start + Shard.size)]
      // A tagger has an output at every step: the last one's error is followed forwards, the first one's in reverse.
      if model.topology.isStepwise {
        follow(part, length: length, labelled: { step, last in step == last }, reversed: false)
        if isBidirectional {
          follow(part, length: length, labelled: { step, _ in step == 0 }, reversed: true)
        }
      } else {
        follow(part, length: length, labelled: { _, _ in true }, reversed: nil)
      }
    }
  }

  /// - Parameters:
  ///   - labelled: whether a step of a sequence counts in the loss.
  ///   - reversed: the sweeps to measure; nil for all.
  private mutating func follow(
    _ sequences: ArraySlice<Int>, length: Int, labelled: (_ step: Int, _ last: Int) -> Bool, reversed: Bool?
  ) {
    let shard = Shard()
    let data = data
    let steps = { (s: Int) in min(length, data.length(s)) }
    shard.fill(
      positions: sequences, length: steps, token: { data.token($0, $1) }, topology: model.topology,
      chunk: model.chunk,
      label: { s, t in !model.topology.isStepwise || labelled(t, steps(s) - 1) ? max(0, data.label(s, t)) : -1 })
    if let features = model.tokenFeatures { shard.fill(features, of: data) }
    let pass = model.makePass(team)
    let traces = pass.startTracing()
    _ = pass.step(shard, weights: weights, mode: .training(seed: .init(1)), scale: 1, options: LossOptions())
    if accounts.isEmpty {
      accounts = traces.map { $0.map { SweepAccount(isReversed: $0.isReversed, gates: $0.gates) } }
      radii = pass.recurrentMatrices(weights).map {
        $0.map { $0.map { ($0.gate, spectralRadius($0.elements, size: Int(Double($0.elements.count).squareRoot()))) } }
      }
    }
    for (layer, directions) in traces.enumerated() {
      for (direction, trace) in directions.enumerated() where reversed == nil || trace.isReversed == reversed {
        accounts[layer][direction].add(trace, shard.shape)
      }
    }
  }
}

/// Sums over sequences of what one sweep left behind.
private struct SweepAccount {
  private let isReversed: Bool
  private var squares: [Double] = []
  private var sequences: [Int] = []
  private var gates: [GateAccount]

  init(isReversed: Bool, gates: [String]) {
    self.isReversed = isReversed
    self.gates = gates.map { GateAccount(name: $0) }
  }

  mutating func add(_ trace: SweepTrace, _ shape: PackedShape) {
    for s in 0..<shape.sequences {
      for k in 0..<shape.lengths[s] {
        let row = shape.row(sequence: s, step: isReversed ? k : shape.lengths[s] - 1 - k)
        if k == squares.count {
          squares.append(0)
          sequences.append(0)
        }
        squares[k] += trace.hiddenGradient.rows(row..<row + 1).sumOfSquares
        sequences[k] += 1
      }
    }
    guard !gates.isEmpty else { return }
    let width = trace.activations.columns / gates.count
    for g in gates.indices {
      let values = trace.activations.columns(g * width..<(g + 1) * width)
      for row in 0..<values.rows { values.withRow(row) { gates[g].add($0) } }
    }
  }

  func sweep(layer: Int, radii: [(gate: String, radius: Double)]) -> GradientTrace.Sweep {
    .init(
      layer: layer, isReversed: isReversed,
      norms: zip(squares, sequences).map { ($0 / Double(max(1, $1))).squareRoot() }, sequences: sequences,
      gates: gates.map(\.gate), radii: radii)
  }
}

private struct GateAccount {
  let name: String
  private var count = 0, low = 0, veryLow = 0, high = 0
  private var sum = 0.0
  private var isSigned = false

  init(name: String) { self.name = name }

  mutating func add(_ values: Span<Float>) {
    for i in values.indices {
      let value = values[i]
      sum += Double(value)
      if value < 0 { isSigned = true }
      if value < 0.05 { low += 1 }
      if value < -0.95 { veryLow += 1 }
      if value > 0.95 { high += 1 }
    }
    count += values.count
  }

  var gate: GradientTrace.Gate {
    let share = 1 / Double(max(1, count))
    return .init(
      name: name, mean: sum * share, low: Double(isSigned ? veryLow : low) * share, high: Double(high) * share)
  }
}
