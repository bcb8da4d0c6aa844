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
  private let memoryColumns: [Int]
  private let keepsRecurrentProduct: Bool
  private let carryBuffer = FloatBuffer(), scratchBuffer = FloatBuffer(), biasBuffer = FloatBuffer()
  private let dInitialBuffer = FloatBuffer()
  private let rowBuffer = IndexBuffer()
  private var first = 0
  /// [first + rows, H]
  private(set) var hidden: Matrix
  private var memories: [Matrix]
  /// [rows, G·H]: W x + b before a step, then its activations, and their gradient after the way back.
  private(set) var gates: Matrix
  private var recurrent: Matrix
  private var carry: Matrix
  private var scratches: Matrix

  init(cell: any RecurrentCell, parameters: RecurrentParameters, hiddenSize: Int) {
    self.cell = cell
    self.parameters = parameters
    self.hiddenSize = hiddenSize
    keepsRecurrentProduct = cell.keepsRecurrentProduct
    memoryColumns = (0..<cell.memories).map { cell.memoryColumns($0, hidden: hiddenSize) }
    memoryBuffers = memoryColumns.map { _ in FloatBuffer() }
    let empty = gateBuffer.matrix(rows: 0, columns: 0)
    (hidden, gates, recurrent, carry, scratches) = (empty, empty, empty, empty, empty)
    memories = memoryBuffers.map { _ in empty }
  }

  /// Makes room for `first` states and `rows` rows.
  func reserve(first: Int, rows: Int) {
    self.first = first
    hidden = hiddenBuffer.reserve(rows: first + rows, columns: hiddenSize)
    gates = gateBuffer.reserve(rows: rows, columns: parameters.gateColumns)
    recurrent = recurrentBuffer.reserve(rows: keepsRecurrentProduct ? rows : 0, columns: gates.columns)
    for (i, columns) in memoryColumns.enumerated() {
      memories[i] = memoryBuffers[i].reserve(rows: first + rows, columns: columns)
      // What no bridge gives begins with zeros, such as the gates of a step before the first.
      memories[i].rows(0..<first).fill(0)
    }
  }

  /// States that a bridge gives: h, and the memory of a cell that carries one.
  var states: Int { cell.carriesMemory ? 2 : 1 }

  /// [first + rows, H]: h, or what the cell carries beside it.
  func state(_ index: Int) -> Matrix { index == 0 ? hidden : memories[0] }

  /// All that a step may read of the one before, each with `first` rows in front.
  var all: [Matrix] { [hidden] + memories }

  /// h of the batch's rows [rows, H].
  var output: Matrix { hidden.rows(first..<hidden.rows) }

  /// b [1, G·H], with b′ unless the cell keeps it apart.
  func bias(_ weights: Weights) -> Matrix {
    let bias = biasBuffer.reserve(rows: 1, columns: gates.columns)
    bias.fill(0)
    if let slot = parameters.inputBias { bias.add(weights[slot]) }
    if !keepsRecurrentProduct, let slot = parameters.recurrentBias { bias.add(weights[slot]) }
    return bias
  }

  /// From W x + b in the gates of `now` to h.
  /// - Parameters:
  ///   - now: rows of the batch.
  ///   - previous: rows of `hidden`, at most as many.
  func forward(_ now: Range<Int>, previous: Range<Int>, weights: Weights) { cell.forward(step(now, previous, weights)) }

  /// Readies the way back.
  func beginBackward() {
    carry = carryBuffer.reserve(rows: first, columns: cell.carryColumns(hidden: hiddenSize))
    scratches = scratchBuffer.reserve(rows: first, columns: (1 + cell.scratches) * hiddenSize)
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
        scratches: scratches.rows(0..<now.count)))
  }

  /// After the first step's way back: the gradient of a state that the sweep began with [first, H].
  func dInitial(_ index: Int, weights: Weights) -> Matrix {
    if index > 0 { return carry.columns(0..<hiddenSize) }
    let dHidden = dInitialBuffer.reserve(rows: first, columns: hiddenSize)
    dHidden.setProduct(dRecurrent.rows(0..<first), weights.packed(parameters.recurrentWeights))
    if cell.carriesHiddenGradient { dHidden.add(carry.columns(0..<hiddenSize)) }
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
    case parameters.inputBias?.index: target.setColumnSums(of: gates, adding: adding)
    case parameters.recurrentBias?.index:
      target.setColumnSums(of: keepsRecurrentProduct ? recurrent : gates, adding: adding)
    default:
      for (i, slot) in parameters.own.enumerated() where slot.index == block.slot.index {
        let trace = trace(previous, precision)
        cell.accumulate(i, rows: block.rows, from: trace, into: target.rows(block.rows), adding: adding)
        return true
      }
      return false
    }
    return true
  }

  /// Every row has a predecessor: for the first step one of those in front.
  private func trace(_ previous: RowIndices, _ precision: Precision) -> CellTrace {
    rowBuffer.removeAll()
    rowBuffer.append(contentsOf: 0..<gates.rows)
    let none = hidden.rows(0..<0)
    return CellTrace(
      gates: gates, hidden: output, precision: precision, memories: memories.map { $0.rows(first..<$0.rows) },
      laterRows: rowBuffer.indices, earlierRows: previous, earlierHidden: hidden, earlierMemories: memories,
      firstRows: 0..<0, initialHidden: none, initialMemories: memories.map { $0.rows(0..<0) })
  }

  /// ∂L/∂(U h(t−1) + b′), the columns of the gates that U is for.
  private var dRecurrent: Matrix {
    (keepsRecurrentProduct ? recurrent : gates).columns(0..<parameters.recurrentWeights.rows)
  }

  private func step(_ now: Range<Int>, _ previous: Range<Int>, _ weights: Weights) -> CellStep {
    let place = first + now.lowerBound..<first + now.upperBound
    return CellStep(
      projected: GatheredRows(gates.rows(now)), gates: gates.rows(now),
      recurrent: keepsRecurrentProduct ? recurrent.rows(now) : recurrent, previousHidden: hidden.rows(previous),
      multipliedHidden: hidden.rows(previous), hidden: hidden.rows(place),
      recurrentWeights: weights.transposed(parameters.recurrentWeights),
      recurrentBias: keepsRecurrentProduct ? parameters.recurrentBias.map { weights[$0] } : nil, memories: memories,
      previousMemories: memories, now: place, previous: previous,
      parameters: OwnParameters(weights: weights, slots: parameters.own))
  }
}
