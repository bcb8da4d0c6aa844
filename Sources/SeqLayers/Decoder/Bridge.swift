package import SeqTensor

/// From the encoder's last states s to the states that a decoder begins with: tanh(W s + b), one block of H numbers for
/// each state of each layer (Bahdanau et al. 2015 have it for one).
package struct Bridge: Sendable {
  let weight: ParameterSlot  // W [states, d]
  let bias: ParameterSlot  // b [states]

  package init(name: String, inputSize: Int, outputSize: Int, layout: inout ParameterLayout) {
    let start = Initialization.uniform(1 / Float(inputSize).squareRoot())
    weight = layout.addMatrix("\(name).weight", rows: outputSize, columns: inputSize, initialization: start)
    bias = layout.addVector("\(name).bias", count: outputSize, initialization: start)
  }

  package var gradientBlocks: [GradientBlock] { [weight, bias].flatMap { GradientBlock.blocks(of: $0) } }

  package func makePass() -> BridgePass { BridgePass(self) }
}

/// One shard's bridge.
package final class BridgePass: GradientSource {
  private let bridge: Bridge
  private let sumBuffer = FloatBuffer(), stateBuffer = FloatBuffer(), dInputBuffer = FloatBuffer()
  private var input: Matrix
  private var states: Matrix
  /// ∂L/∂(W s + b)
  private var dSums: Matrix
  private var precision = Precision.float32

  init(_ bridge: Bridge) {
    self.bridge = bridge
    input = sumBuffer.matrix(rows: 0, columns: 0)
    (states, dSums) = (input, input)
  }

  /// [sequences, d] → [sequences, states], valid until the next call.
  package func forward(_ input: Matrix, weights: Weights) -> Matrix {
    self.input = input
    precision = weights.precision
    let sums = sumBuffer.reserve(rows: input.rows, columns: bridge.weight.rows)
    sums.setProduct(input, weights.transposed(bridge.weight), bias: weights[bridge.bias])
    states = stateBuffer.reserve(rows: input.rows, columns: bridge.weight.rows)
    states.setTanh(of: sums)
    return states
  }

  /// - Parameter dStates: [sequences, states], without gaps; is overwritten.
  /// - Returns: [sequences, d]
  package func backward(_ dStates: Matrix, weights: Weights) -> Matrix {
    dStates.setTanhGradient(dStates, at: states)
    dSums = dStates
    let dInput = dInputBuffer.reserve(rows: input.rows, columns: input.columns)
    dInput.setProduct(dSums, weights.packed(bridge.weight))
    return dInput
  }

  package func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    let target = gradient[block.slot]
    if block.slot.index == bridge.weight.index {
      target.rows(block.rows).setTransposedProduct(
        dSums.columns(block.rows), input, adding: adding, precision: precision)
    } else {
      target.setColumnSums(of: dSums, adding: adding)
    }
  }
}
