import SeqTensor

/// One direction of one recurrent layer over one shard: the sweep through time, written once around any cell.
///
/// Row r of every buffer belongs to row r of the packed batch, whichever way the sweep goes.
final class DirectionPass {
  private let cell: any RecurrentCell
  private let parameters: RecurrentParameters
  private let hiddenSize: Int
  private let isReversed: Bool

  private let gateBuffer = FloatBuffer(), recurrentBuffer = FloatBuffer(), previousHiddenBuffer = FloatBuffer()
  private let memoryBuffers: [FloatBuffer]
  private let dHiddenBuffer = FloatBuffer(), dMemoryBuffer = FloatBuffer(), biasBuffer = FloatBuffer()

  // Views into the buffers, set by `forward`.
  private var shape = PackedShape()
  private var input: Matrix
  private var gates: Matrix
  private var recurrent: Matrix
  private var previousHidden: Matrix
  private var hidden: Matrix
  private var memories: [Matrix]
  private var precision = Precision.float32

  init(cell: any RecurrentCell, parameters: RecurrentParameters, hiddenSize: Int, isReversed: Bool) {
    self.cell = cell
    self.parameters = parameters
    self.hiddenSize = hiddenSize
    self.isReversed = isReversed
    memoryBuffers = (0..<cell.memories).map { _ in FloatBuffer() }
    let empty = gateBuffer.matrix(rows: 0, columns: 0)
    (input, gates, recurrent, previousHidden, hidden) = (empty, empty, empty, empty, empty)
    memories = memoryBuffers.map { _ in empty }
  }

  /// - Parameters:
  ///   - input: [rows, I]
  ///   - hidden: [rows, H]: where h goes, this direction's half of the layer's output.
  func forward(_ input: Matrix, shape: PackedShape, weights: Weights, into hidden: Matrix) {
    self.shape = shape
    self.input = input
    self.hidden = hidden
    precision = weights.precision
    reserve(rows: shape.rows)
    projectInput(weights)
    for t in 0..<shape.steps.count {
      let now = shape.steps[position(t)]
      let previous = previousRows(t)
      let continuing = now.lowerBound..<now.lowerBound + previous.count
      previousHidden.rows(now).fill(0)
      if !previous.isEmpty {
        previousHidden.rows(continuing).copy(from: hidden.rows(previous))
        let sum = cell.keepsRecurrentProduct ? recurrent : gates
        sum.rows(continuing).addProduct(
          previousHidden.rows(continuing), weights.transposed(parameters.recurrentWeights))
      }
      cell.forward(step(now, previous))
    }
  }

  /// - Parameters:
  ///   - dHidden: [rows, H]: ∂L/∂h from above.
  ///   - dInput: [rows, I]: set, or added to if `adding`.
  func backward(_ dOutput: Matrix, weights: Weights, dInput: Matrix, adding: Bool) {
    let dHidden = dHiddenBuffer.reserve(rows: shape.rows, columns: hiddenSize)
    let dMemory = dMemoryBuffer.reserve(rows: shape.sequences, columns: hiddenSize)
    dHidden.copy(from: dOutput)
    dMemory.fill(0)
    for t in (0..<shape.steps.count).reversed() {
      let now = shape.steps[position(t)]
      let previous = previousRows(t)
      // dHidden now holds ∂L/∂h(t) in full: from above and from step t + 1. dMemory carries ∂L/∂c(t) likewise.
      cell.backward(step(now, previous), dHidden: dHidden.rows(now), dMemory: dMemory.rows(0..<now.count))
      guard !previous.isEmpty else { continue }
      let continuing = now.lowerBound..<now.lowerBound + previous.count
      dHidden.rows(previous).addProduct(dRecurrent.rows(continuing), weights.packed(parameters.recurrentWeights))
      if cell.carriesHidden { dHidden.rows(previous).add(dHidden.rows(continuing)) }
    }
    if adding {
      dInput.addProduct(gates, weights.packed(parameters.inputWeights))
    } else {
      dInput.setProduct(gates, weights.packed(parameters.inputWeights))
    }
  }

  /// After `backward`, `gates` holds ∂L/∂(W x + b) and `dRecurrent` ∂L/∂(U h(t−1) + b′), for all rows: each weight's
  /// gradient is one product over all steps. - Returns: whether the block belongs to this direction.
  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) -> Bool {
    let target = gradient[block.slot]
    switch block.slot.index {
    case parameters.inputWeights.index:
      target.rows(block.rows).setTransposedProduct(
        gates.columns(block.rows), input, adding: adding, precision: precision)
    case parameters.recurrentWeights.index:
      target.rows(block.rows).setTransposedProduct(
        dRecurrent.columns(block.rows), previousHidden, adding: adding, precision: precision)
    case parameters.inputBias.index: target.setColumnSums(of: gates, adding: adding)
    case parameters.recurrentBias.index: target.setColumnSums(of: dRecurrent, adding: adding)
    default: return false
    }
    return true
  }

  private var dRecurrent: Matrix { cell.keepsRecurrentProduct ? recurrent : gates }

  /// W x + b of all steps in one product; b′ goes where U h(t−1) will be added.
  private func projectInput(_ weights: Weights) {
    let bias = biasBuffer.reserve(rows: 1, columns: gates.columns)
    bias.copy(from: weights[parameters.inputBias])
    if cell.keepsRecurrentProduct {
      recurrent.fillRows(with: weights[parameters.recurrentBias])
    } else {
      bias.add(weights[parameters.recurrentBias])
    }
    gates.fillRows(with: bias)
    gates.addProduct(input, weights.transposed(parameters.inputWeights))
  }

  /// The packed step that the sweep visits as its t-th.
  private func position(_ t: Int) -> Int { isReversed ? shape.steps.count - 1 - t : t }

  /// The rows of the step visited before the t-th that continue into it: the batch is sorted by length, so they are
  /// the first ones. Forwards, sequences drop out; backwards, they join with a zero state.
  private func previousRows(_ t: Int) -> Range<Int> {
    guard t > 0 else { return 0..<0 }
    let now = shape.steps[position(t)]
    let before = shape.steps[position(t - 1)]
    return before.lowerBound..<before.lowerBound + min(now.count, before.count)
  }

  private func step(_ now: Range<Int>, _ previous: Range<Int>) -> CellStep {
    CellStep(
      gates: gates.rows(now), recurrent: cell.keepsRecurrentProduct ? recurrent.rows(now) : recurrent,
      previousHidden: previousHidden.rows(now), hidden: hidden.rows(now), memories: memories, now: now,
      previous: previous)
  }

  private func reserve(rows: Int) {
    gates = gateBuffer.reserve(rows: rows, columns: cell.gates.count * hiddenSize)
    recurrent = recurrentBuffer.reserve(rows: cell.keepsRecurrentProduct ? rows : 0, columns: gates.columns)
    previousHidden = previousHiddenBuffer.reserve(rows: rows, columns: hiddenSize)
    for i in memoryBuffers.indices { memories[i] = memoryBuffers[i].reserve(rows: rows, columns: hiddenSize) }
  }
}
