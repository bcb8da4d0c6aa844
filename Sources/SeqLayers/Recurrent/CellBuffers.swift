import SeqTensor

/// What a cell keeps of the rows that it goes over: gates, products with the state, memories. A direction of a layer
/// takes the cell through a whole batch, a decoder's layer takes it step by step.
///
/// One task at a time uses it.
final class CellBuffers {
  let cell: any RecurrentCell
  let parameters: RecurrentParameters
  let hiddenSize: Int
  /// The columns of each memory.
  let memoryColumns: [Int]
  /// Whether U h(t−1) + b′ is kept apart from W x + b.
  private let keepsRecurrentProduct: Bool
  /// [rows, G·H]: W x + b before a step, then its activations, and their gradient after the way back.
  private(set) var gates: Matrix
  /// [rows, G·H], or no rows: U h(t−1) + b′ and its gradient.
  private var recurrent: Matrix
  /// [first + rows, ·] each.
  private(set) var memories: [Matrix]
  /// [sequences, ·]: what the cell hands from step to step on the way back.
  private(set) var carry: Matrix
  private var scratches: Matrix

  private let gateBuffer = FloatBuffer(), recurrentBuffer = FloatBuffer(), biasBuffer = FloatBuffer()
  private let carryBuffer = FloatBuffer(), scratchBuffer = FloatBuffer()
  private let memoryBuffers: [FloatBuffer]
  /// Of what a client's cell is given; nil for other cells.
  private let life: StepLife?

  init(cell: any RecurrentCell, parameters: RecurrentParameters, hiddenSize: Int) {
    (self.cell, self.parameters, self.hiddenSize) = (cell, parameters, hiddenSize)
    keepsRecurrentProduct = cell.keepsRecurrentProduct
    life = cell is OwnCell ? StepLife() : nil
    memoryColumns = (0..<cell.memories).map { cell.memoryColumns($0, hidden: hiddenSize) }
    memoryBuffers = memoryColumns.map { _ in FloatBuffer() }
    let empty = gateBuffer.matrix(rows: 0, columns: 0)
    (gates, recurrent, carry, scratches) = (empty, empty, empty, empty)
    memories = memoryBuffers.map { _ in empty }
  }

  /// Makes room for `rows` rows.
  /// - Parameter first: rows that memories have in front, for the state before the first step.
  func reserve(rows: Int, first: Int = 0) {
    gates = gateBuffer.reserve(rows: rows, columns: parameters.gateColumns)
    recurrent = recurrentBuffer.reserve(rows: keepsRecurrentProduct ? rows : 0, columns: gates.columns)
    for (i, columns) in memoryColumns.enumerated() {
      memories[i] = memoryBuffers[i].reserve(rows: first + rows, columns: columns)
    }
  }

  /// b [1, G·H], with b′ unless the cell keeps it apart.
  func bias(_ weights: Weights) -> Matrix {
    let bias = biasBuffer.reserve(rows: 1, columns: gates.columns)
    bias.fill(0)
    if let first = parameters.inputBias { bias.copy(from: weights[first]) }
    if !keepsRecurrentProduct, let second = parameters.recurrentBias { bias.add(weights[second]) }
    return bias
  }

  /// What a step reads of the one before.
  struct Earlier {
    /// [p, H]: h(t−1), and as it is multiplied by U.
    var hidden: Matrix, multiplied: Matrix
    /// The memories that hold those of the step before, and their rows.
    var memories: [Matrix], rows: Range<Int>
  }

  /// A step as the cell sees it.
  /// - Parameters:
  ///   - now: the step's rows.
  ///   - place: its rows in the memories.
  ///   - projected: [n, G·H]: W x + b; it may be the gates' own rows.
  ///   - hidden: [n, H]: where h goes.
  func step(
    _ now: Range<Int>, at place: Range<Int>, projected: GatheredRows, _ earlier: Earlier, hidden: Matrix,
    _ weights: Weights
  ) -> CellStep {
    CellStep(
      projected: projected, gates: gates.rows(now),
      recurrent: keepsRecurrentProduct ? recurrent.rows(now) : recurrent, previousHidden: earlier.hidden,
      multipliedHidden: earlier.multiplied, hidden: hidden,
      recurrentWeights: parameters.recurrentWeights.map { weights.transposed($0) },
      recurrentBias: keepsRecurrentProduct ? parameters.recurrentBias.map { weights[$0] } : nil, memories: memories,
      previousMemories: earlier.memories, now: place, previous: earlier.rows,
      parameters: OwnParameters(weights: weights, slots: parameters.own), life: life)
  }

  /// Readies the way back.
  func beginBackward(sequences: Int) {
    carry = carryBuffer.reserve(rows: sequences, columns: cell.carryColumns(hidden: hiddenSize))
    scratches = scratchBuffer.reserve(rows: sequences, columns: (1 + cell.scratches) * hiddenSize)
    carry.fill(0)
  }

  /// What comes back to a step.
  /// - Parameters:
  ///   - dOutput: [n, H]: ∂L/∂h from above.
  ///   - following: rows of the step after that belong to sequences of this one.
  func gradient(_ dOutput: Matrix, following: Range<Int>, _ weights: Weights) -> StepGradient {
    StepGradient(
      dOutput: dOutput, following: dRecurrent.rows(following),
      recurrentWeights: parameters.recurrentWeights.map { weights.packed($0) }, carry: carry.rows(0..<dOutput.rows),
      scratches: scratches.rows(0..<dOutput.rows))
  }

  /// ∂L/∂(U h(t−1) + b′), the columns of the gates that U is for.
  var dRecurrent: Matrix {
    (keepsRecurrentProduct ? recurrent : gates).columns(0..<(parameters.recurrentWeights?.rows ?? 0))
  }

  /// Sets (or, if `adding`, adds to) a block of the weights' gradient: one product over all steps.
  /// - Parameters:
  ///   - sources: what these products are made of.
  ///   - trace: what the gradients of the cell's own parameters are made of.
  /// - Returns: whether the block belongs to this cell.
  func accumulate(
    _ block: GradientBlock, _ sources: GradientSources, into gradient: ParameterVector, adding: Bool,
    precision: Precision, trace: () -> CellTrace
  ) -> Bool {
    let target = gradient[block.slot]
    switch block.slot.index {
    case parameters.inputWeights.index:
      target.rows(block.rows).setTransposedProduct(
        sources.projection.columns(block.rows), sources.input, adding: adding, precision: precision)
    case parameters.recurrentWeights?.index:
      sources.recurrent.set(target.rows(block.rows), rows: block.rows, adding: adding, precision: precision)
    case parameters.inputBias?.index: target.setColumnSums(of: sources.projection, adding: adding)
    case parameters.recurrentBias?.index:
      target.setColumnSums(of: keepsRecurrentProduct ? recurrent : sources.projection, adding: adding)
    default:
      guard let own = parameters.own.firstIndex(where: { $0.index == block.slot.index }) else { return false }
      cell.accumulate(own, rows: block.rows, from: trace(), into: target.rows(block.rows), adding: adding)
    }
    return true
  }

  /// What the gradients of W, U and the biases are made of, over all rows of a sweep.
  struct GradientSources {
    /// ∂L/∂(W x + b), and x, row by row.
    let projection: Matrix, input: Matrix
    /// Of ∂L/∂(U h(t−1) + b′) and h(t−1).
    let recurrent: StepProduct
  }
}
