import SeqTensor

/// One recurrent layer that its owner takes step by step, from a state that it is given.
///
/// h and the memories have `first` rows in front for the state before the first step, one a sequence; row `first + r`
/// belongs to row r of the packed batch. All else has the rows of the batch.
final class SteppedLayer {
  private let cell: any RecurrentCell
  let parameters: RecurrentParameters
  private let hiddenSize: Int
  private let hiddenBuffer = FloatBuffer(), gateBuffer = FloatBuffer(), recurrentBuffer = FloatBuffer()
  private let memoryBuffers: [FloatBuffer]
  private let carryBuffer = FloatBuffer(), scratchBuffer = FloatBuffer(), biasBuffer = FloatBuffer()
  private let dInitialBuffer = FloatBuffer()
  private var first = 0
  /// [first + rows, H]
  private(set) var hidden: Matrix
  private var memories: [Matrix]
  /// [rows, G·H]: W x + b before a step, then its activations, and their gradient after the way back.
  private(set) var gates: Matrix
  private var recurrent: Matrix
  private var carry: Matrix
  private var scratch: Matrix

  init(cell: any RecurrentCell, parameters: RecurrentParameters, hiddenSize: Int) {
    self.cell = cell
    self.parameters = parameters
    self.hiddenSize = hiddenSize
    memoryBuffers = (0..<cell.memories).map { _ in FloatBuffer() }
    let empty = gateBuffer.matrix(rows: 0, columns: 0)
    (hidden, gates, recurrent, carry, scratch) = (empty, empty, empty, empty, empty)
    memories = memoryBuffers.map { _ in empty }
  }

  /// Makes room for `first` states and `rows` rows.
  func reserve(first: Int, rows: Int) {
    self.first = first
    hidden = hiddenBuffer.reserve(rows: first + rows, columns: hiddenSize)
    gates = gateBuffer.reserve(rows: rows, columns: cell.gates.count * hiddenSize)
    recurrent = recurrentBuffer.reserve(rows: cell.keepsRecurrentProduct ? rows : 0, columns: gates.columns)
    for i in memories.indices {
      memories[i] = memoryBuffers[i].reserve(rows: first + rows, columns: hiddenSize)
    }
  }

  /// States that go on from step to step beside nothing else: h, and the memory of a cell that carries one.
  var states: Int { cell.carriesMemory ? 2 : 1 }

  /// [first + rows, H]: h, or what the cell carries beside it.
  func state(_ index: Int) -> Matrix { index == 0 ? hidden : memories[0] }

  /// h of the batch's rows [rows, H].
  var output: Matrix { hidden.rows(first..<hidden.rows) }

  /// b [1, G·H], with b′ unless the cell keeps it apart.
  func bias(_ weights: Weights) -> Matrix {
    let bias = biasBuffer.reserve(rows: 1, columns: gates.columns)
    bias.copy(from: weights[parameters.inputBias])
    if !cell.keepsRecurrentProduct { bias.add(weights[parameters.recurrentBias]) }
    return bias
  }

  /// From W x + b in the gates of `now` to h.
  /// - Parameters:
  ///   - now: rows of the batch.
  ///   - previous: rows of `hidden`, at most as many.
  func forward(_ now: Range<Int>, previous: Range<Int>, weights: Weights) { cell.forward(step(now, previous, weights)) }

  /// Readies the way back.
  func beginBackward() {
    carry = carryBuffer.reserve(rows: first, columns: hiddenSize)
    scratch = scratchBuffer.reserve(rows: first, columns: hiddenSize)
    carry.fill(0)
  }

  /// From ∂L/∂h of a step to the gradient of its gates.
  /// - Parameter following: the rows of the step after that belong to sequences of this one.
  func backward(_ now: Range<Int>, previous: Range<Int>, following: Range<Int>, dOutput: Matrix, weights: Weights) {
    cell.backward(
      step(now, previous, weights),
      StepGradient(
        dOutput: dOutput, following: dRecurrent.rows(following),
        recurrentWeights: weights.packed(parameters.recurrentWeights), carry: carry.rows(0..<now.count),
        scratch: scratch.rows(0..<now.count)))
  }

  /// After the first step's way back: the gradient of a state that the sweep began with [first, H].
  func dInitial(_ index: Int, weights: Weights) -> Matrix {
    if index > 0 { return carry }
    let dHidden = dInitialBuffer.reserve(rows: first, columns: hiddenSize)
    dHidden.setProduct(dRecurrent.rows(0..<first), weights.packed(parameters.recurrentWeights))
    if !cell.carriesMemory { dHidden.add(carry) }
    return dHidden
  }

  /// - Parameters:
  ///   - input: [rows, I]: what W was applied to.
  ///   - previous: for each row the row of `hidden` that came before it.
  /// - Returns: whether the block belongs to this layer.
  func accumulate(
    _ block: GradientBlock, input: Matrix, previous: RowIndices, into gradient: ParameterVector, adding: Bool,
    precision: Precision
  ) -> Bool {
    let target = gradient[block.slot]
    switch block.slot.index {
    case parameters.inputWeights.index:
      target.rows(block.rows).setTransposedProduct(
        gates.columns(block.rows), input, adding: adding, precision: precision)
    case parameters.recurrentWeights.index:
      target.rows(block.rows).setTransposedProduct(
        GatheredRows(dRecurrent.columns(block.rows)), GatheredRows(hidden, previous), adding: adding,
        precision: precision)
    case parameters.inputBias.index: target.setColumnSums(of: gates, adding: adding)
    case parameters.recurrentBias.index: target.setColumnSums(of: dRecurrent, adding: adding)
    default: return false
    }
    return true
  }

  private var dRecurrent: Matrix { cell.keepsRecurrentProduct ? recurrent : gates }

  private func step(_ now: Range<Int>, _ previous: Range<Int>, _ weights: Weights) -> CellStep {
    let place = first + now.lowerBound..<first + now.upperBound
    return CellStep(
      projected: GatheredRows(gates.rows(now)), gates: gates.rows(now),
      recurrent: cell.keepsRecurrentProduct ? recurrent.rows(now) : recurrent, previousHidden: hidden.rows(previous),
      hidden: hidden.rows(place), recurrentWeights: weights.transposed(parameters.recurrentWeights),
      recurrentBias: cell.keepsRecurrentProduct ? weights[parameters.recurrentBias] : nil, memories: memories,
      now: place, previous: previous)
  }
}
