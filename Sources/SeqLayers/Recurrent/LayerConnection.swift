package import SeqTensor

/// What leads past a layer of a stack: from its input x and what it makes of it, F(x), both D features wide, to its output.
package enum LayerConnection: Sendable {
  /// y = F(x) + x (He et al. 2016, "Deep residual learning").
  case residual
  /// y = T ∘ F(x) + (1 − T) ∘ x, with T = σ(W x + b) (Srivastava et al. 2015, "Highway networks").
  case highway(weights: ParameterSlot, bias: ParameterSlot)

  /// Where the bias of a highway's gate starts: below 0, so that at first most of x passes by.
  private static let startingBias: Float = -1

  /// A highway of D features; `index` is the layer's number in the names.
  package static func highway(name: String, index: Int, size: Int, layout: inout ParameterLayout) -> LayerConnection {
    .highway(
      weights: layout.addMatrix(
        "\(name).highway_weight_l\(index)", rows: size, columns: size,
        initialization: .uniform(1 / Float(size).squareRoot())),
      bias: layout.addVector("\(name).highway_bias_l\(index)", count: size, initialization: .constant(startingBias)))
  }

  package var gradientBlocks: [GradientBlock] {
    switch self {
    case .residual: []
    case .highway(let weights, let bias): [weights, bias].flatMap { GradientBlock.blocks(of: $0) }
    }
  }
}

/// One shard's way past a layer.
final class ConnectionPass: GradientSource {
  private let connection: LayerConnection
  private let team: WorkerTeam
  private let outputBuffer = FloatBuffer(), gateBuffer = FloatBuffer(), scratchBuffer = FloatBuffer()
  private let dInputBuffer = FloatBuffer()
  // [rows, D]: x and F(x), and T, which becomes ∂L/∂(W x + b).
  private var input: Matrix
  private var inner: Matrix
  private var gate: Matrix
  private var dInput: Matrix
  private var precision = Precision.float32

  init(_ connection: LayerConnection, _ team: WorkerTeam) {
    self.connection = connection
    self.team = team
    input = gateBuffer.matrix(rows: 0, columns: 0)
    (inner, gate, dInput) = (input, input, input)
  }

  /// y, valid until the next call.
  /// - Parameters:
  ///   - input: x, as it was before dropout; must stay as it is until `backward` is done.
  ///   - inner: F(x), likewise.
  func forward(_ input: Matrix, inner: Matrix, weights: Weights) -> Matrix {
    (self.input, self.inner, precision) = (input, inner, weights.precision)
    let output = outputBuffer.reserve(rows: input.rows, columns: input.columns)
    guard case .highway(let matrix, let vector) = connection else {
      output.copy(from: input)
      output.add(inner)
      return output
    }
    gate = gateBuffer.reserve(rows: input.rows, columns: input.columns)
    let (gate, packed, bias) = (gate, weights.transposed(matrix), weights[vector])
    team.run(rows: input.rows) {
      let rows = gate.rows($0)
      rows.setProduct(input.rows($0), packed, bias: bias)
      rows.setSigmoid(of: rows)
      output.rows($0).setBlend(of: input.rows($0), and: inner.rows($0), by: rows)
    }
    return output
  }

  /// ∂L/∂F(x), which the layer may overwrite, from ∂L/∂y.
  func backward(_ dOutput: Matrix, weights: Weights) -> Matrix {
    dInput = dInputBuffer.reserve(rows: dOutput.rows, columns: dOutput.columns)
    dInput.copy(from: dOutput)
    guard case .highway(let matrix, _) = connection else { return dOutput }
    let dInner = scratchBuffer.reserve(rows: dOutput.rows, columns: dOutput.columns)
    let (input, inner, gate, dInput, packed) = (input, inner, gate, dInput, weights.packed(matrix))
    team.run(rows: dOutput.rows) { range in
      let (d, t) = (dOutput.rows(range), gate.rows(range))
      dInner.rows(range).setRows(of: d, times: t)
      dInput.rows(range).subtract(d, times: t)  // dy (1 − T)
      d.setRows(of: d, times: inner.rows(range))
      d.subtract(dInput.rows(range), times: input.rows(range))
      d.subtract(dInner.rows(range), times: input.rows(range))  // dy F(x) − dy x
      t.setSigmoidGradient(d, at: t)
      dInput.rows(range).addProduct(t, packed)
    }
    return dInner
  }

  /// ∂L/∂x: what has passed by the layer, added to what has come back through it.
  func addInput(to dInner: Matrix) { dInner.add(dInput) }

  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    let target = gradient[block.slot]
    if case .highway(let matrix, _) = connection, block.slot.index == matrix.index {
      target.rows(block.rows).setTransposedProduct(
        gate.columns(block.rows), input, adding: adding, precision: precision)
    } else {
      target.setColumnSums(of: gate, adding: adding)
    }
  }
}
