import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import SeqTestSupport

/// The weights of layers under test, and their gradient.
final class TestNetwork {
  let layout: ParameterLayout
  let weights: Weights
  let gradient: ParameterVector

  /// Weights drawn from a seed, all of them within ±0.8, so that every gate works away from its ends.
  init(_ layout: ParameterLayout, seed: Seed) {
    self.layout = layout
    weights = Weights(ParameterVector(layout), training: true)
    gradient = ParameterVector(layout)
    for slot in layout.slots {
      var random = seed.child(slot.name).generator
      weights[slot].copy(from: random.floats(weights[slot].count, bound: 0.8))
    }
    weights.refresh(WorkerTeam(width: 1))
  }

  /// Takes given weights, by name.
  func set(_ parameters: [String: [Double]]) {
    for slot in layout.slots {
      guard let values = parameters[slot.name] else { fatalError("no values for \(slot.name)") }
      weights[slot].copy(from: values.map { Float($0) })
    }
    weights.refresh(WorkerTeam(width: 1))
  }

  /// The weights as the reference reads them.
  var reference: ReferenceParameters {
    ReferenceParameters(
      Dictionary(uniqueKeysWithValues: layout.slots.map { ($0.name, weights[$0].elements.doubles) }))
  }

  /// Sets these blocks of the gradient. What no block covers becomes NaN.
  func accumulate(_ parts: [(source: any GradientSource, blocks: [GradientBlock])], adding: Bool = false) {
    if !adding { gradient.flat.fill(.nan) }
    for part in parts {
      for block in part.blocks { part.source.accumulate(block, into: gradient, adding: adding) }
    }
  }

  func gradient(of name: String) -> [Double] {
    guard let slot = layout.slots.first(where: { $0.name == name }) else { fatalError("no parameter \(name)") }
    return gradient[slot].elements.doubles
  }
}

/// A matrix with storage of its own; keep it in a variable while its view is used.
final class TestMatrix {
  let view: Matrix
  private let buffer: FloatBuffer

  init(rows: Int, columns: Int, _ values: [Float]? = nil) {
    buffer = FloatBuffer(capacity: rows * columns)
    view = buffer.matrix(rows: rows, columns: columns)
    if let values { view.copy(from: values) }
  }
}

/// Sequences of rows, and the same in packed order.
struct PackedSequences {
  let shape: PackedShape

  init(lengths: [Int]) { shape = PackedShape(lengths: lengths) }

  /// From [T, features] of each sequence, flat, to packed rows.
  func pack(_ sequences: [[Double]], features: Int) -> TestMatrix {
    let packed = TestMatrix(rows: shape.rows, columns: features)
    for (s, values) in sequences.enumerated() {
      for i in values.indices {
        packed.view[shape.row(sequence: s, step: i / features), i % features] = Float(values[i])
      }
    }
    return packed
  }

  /// From packed rows to [T, features] of each sequence, flat.
  func unpack(_ rows: Matrix) -> [[Double]] {
    shape.lengths.enumerated().map { s, length in
      (0..<length).flatMap { rows.row(shape.row(sequence: s, step: $0)).doubles }
    }
  }

  /// From the labels of each sequence's tokens to those of the packed rows.
  func pack(_ labels: [[Int]]) -> [Int32] {
    shape.steps.enumerated().flatMap { t, step in (0..<step.count).map { Int32(labels[$0][t]) } }
  }
}

extension ReferenceCell {
  /// The same cell as the layers have it.
  var layerCell: any RecurrentCell {
    switch self {
    case .elmanTanh: ElmanCell(activation: .tanh)
    case .elmanReLU: ElmanCell(activation: .relu)
    case .elmanSigmoid: ElmanCell(activation: .sigmoid)
    case .lstm, .lstmNP: LSTMCell()
    case .lstmPeephole: PeepholeLSTMCell()
    case .lstmNIG: PeepholeLSTMCell(.noInputGate)
    case .lstmNFG: PeepholeLSTMCell(.noForgetGate)
    case .lstmNOG: PeepholeLSTMCell(.noOutputGate)
    case .lstmNIAF: PeepholeLSTMCell(.noInputActivation)
    case .lstmNOAF: PeepholeLSTMCell(.noOutputActivation)
    case .lstmCIFG: PeepholeLSTMCell(.coupledInputAndForgetGate)
    case .lstmFGR: PeepholeLSTMCell(.fullGateRecurrence)
    case .lstmLayerNorm: LayerNormLSTMCell()
    case .gru: GRUCell()
    case .gruResetBefore: GRUResetBeforeCell()
    case .mgu: MGUCell()
    case .mut1: MUT1Cell()
    case .mut2: MUT2Cell()
    case .mut3: MUT3Cell()
    case .sru: SRUCell()
    default: preconditionFailure("no layer for \(self)")
    }
  }
}
