package import SeqTensor

/// The mean of a sequence's vectors, whatever their order, and hidden layers over it (Joulin et al. 2017; with hidden
/// layers, Iyyer et al. 2015):
///
///     z(0) = 1/n Σ x(t)      z(l) = f(W(l) z(l−1) + b(l))
///
/// Its output has one row a sequence.
package struct BagLayer: SequenceLayer {
  package let inputSize: Int
  let hidden: [HiddenLayer]
  let activation: Activation
  /// Dropout on the output of every hidden layer but the last.
  let dropout: Double

  package var outputSize: Int { hidden.last?.weight.rows ?? inputSize }
  package var stateSize: Int { 0 }
  package var gradientBlocks: [GradientBlock] {
    hidden.flatMap { [$0.weight, $0.bias] }.flatMap { GradientBlock.blocks(of: $0) }
  }

  /// - Parameters:
  ///   - name: the prefix of the parameters' names: `hidden.0.weight` …
  ///   - depth: hidden layers; 0 for none, so that the network is linear.
  package init(
    name: String, inputSize: Int, hiddenSize: Int, depth: Int, activation: Activation, dropout: Double,
    layout: inout ParameterLayout
  ) {
    self.inputSize = inputSize
    self.activation = activation
    self.dropout = dropout
    var hidden: [HiddenLayer] = []
    for index in 0..<depth {
      hidden.append(
        HiddenLayer(
          name: "\(name).\(index)", inputSize: hidden.last?.weight.rows ?? inputSize, size: hiddenSize, layout: &layout)
      )
    }
    self.hidden = hidden
  }

  package func makePass(_ team: WorkerTeam) -> any SequencePass { BagPass(self) }
}

/// Where a hidden layer has its weights.
struct HiddenLayer: Sendable {
  let weight: ParameterSlot  // W [H, d]
  let bias: ParameterSlot  // b [H]

  init(name: String, inputSize: Int, size: Int, layout: inout ParameterLayout) {
    let start = Initialization.uniform(1 / Float(inputSize).squareRoot())
    weight = layout.addMatrix("\(name).weight", rows: size, columns: inputSize, initialization: start)
    bias = layout.addVector("\(name).bias", count: size, initialization: start)
  }
}

private final class BagPass: SequencePass {
  /// A bag has no order, and so no state.
  var state: Matrix?
  private let layer: BagLayer
  private let hidden: [HiddenPass]
  private let meanBuffer = FloatBuffer(), dInputBuffer = FloatBuffer()
  private var input: GatheredRows
  private var shape = PackedShape()

  init(_ layer: BagLayer) {
    self.layer = layer
    hidden = layer.hidden.enumerated().map { index, layout in
      HiddenPass(
        layout, activation: layer.activation,
        dropout: DropoutPass(rate: index + 1 < layer.hidden.count ? layer.dropout : 0, name: "between\(index)"))
    }
    input = GatheredRows(meanBuffer.matrix(rows: 0, columns: 0))
  }

  func forward(_ input: GatheredRows, shape: PackedShape, weights: Weights, mode: Mode) -> Matrix {
    self.input = input
    self.shape = shape
    let mean = meanBuffer.reserve(rows: shape.sequences, columns: layer.inputSize)
    mean.fill(0)
    let table = input.table
    forEachToken { sequence, row, share in
      mean.rows(sequence..<sequence + 1).add(share, times: table.rows(row..<row + 1))
    }
    return hidden.reduce(mean) { $1.forward($0, weights: weights, mode: mode) }
  }

  func backward(_ dOutput: Matrix, weights: Weights) -> Matrix {
    let dMean = hidden.reversed().reduce(dOutput) { $1.backward($0, weights: weights) }
    let dInput = dInputBuffer.reserve(rows: input.table.rows, columns: layer.inputSize)
    dInput.fill(0)
    forEachToken { sequence, row, share in
      dInput.rows(row..<row + 1).add(share, times: dMean.rows(sequence..<sequence + 1))
    }
    return dInput
  }

  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    for layer in hidden where layer.accumulate(block, into: gradient, adding: adding) { return }
    preconditionFailure("\(block.slot.name) is not a parameter of this layer")
  }

  /// Calls `body` with each token's sequence, the row of the input's table that it is, and 1/n.
  private func forEachToken(_ body: (_ sequence: Int, _ row: Int, _ share: Float) -> Void) {
    for step in shape.steps {
      for (s, row) in step.enumerated() { body(s, input.indices?[row] ?? row, 1 / Float(shape.lengths[s])) }
    }
  }
}

/// One shard's way through a hidden layer: z = f(W x + b).
private final class HiddenPass {
  private let layout: HiddenLayer
  private let activation: Activation
  private let dropout: DropoutPass
  private let outputBuffer = FloatBuffer(), dSumBuffer = FloatBuffer(), dInputBuffer = FloatBuffer()
  private var input: Matrix
  // The next layer's input until its gradient is computed.
  private var output: Matrix
  /// ∂L/∂(W x + b), after `backward`.
  private var dSum: Matrix
  private var precision = Precision.float32

  init(_ layout: HiddenLayer, activation: Activation, dropout: DropoutPass) {
    self.layout = layout
    self.activation = activation
    self.dropout = dropout
    input = outputBuffer.matrix(rows: 0, columns: 0)
    (output, dSum) = (input, input)
  }

  func forward(_ input: Matrix, weights: Weights, mode: Mode) -> Matrix {
    self.input = input
    precision = weights.precision
    output = outputBuffer.reserve(rows: input.rows, columns: layout.weight.rows)
    output.setProduct(input, weights.transposed(layout.weight), bias: weights[layout.bias])
    output.activate(activation)
    return dropout.forward(output, mode: mode)
  }

  func backward(_ dOutput: Matrix, weights: Weights) -> Matrix {
    dropout.backward(dOutput)
    dSum = dSumBuffer.reserve(rows: output.rows, columns: output.columns)
    dSum.setActivationGradient(activation, at: output, of: dOutput)
    let dInput = dInputBuffer.reserve(rows: input.rows, columns: input.columns)
    dInput.setProduct(dSum, weights.packed(layout.weight))
    return dInput
  }

  /// - Returns: whether the block belongs to this layer.
  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) -> Bool {
    let target = gradient[block.slot]
    switch block.slot.index {
    case layout.weight.index:
      target.rows(block.rows).setTransposedProduct(
        dSum.columns(block.rows), input, adding: adding, precision: precision)
    case layout.bias.index: target.setColumnSums(of: dSum, adding: adding)
    default: return false
    }
    return true
  }
}
