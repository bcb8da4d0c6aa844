import SeqTensor

/// One direction of one recurrent layer over one shard: the sweep through time, written once around any cell.
///
/// Row r of every buffer belongs to row r of the packed batch, whichever way the sweep goes. Unchecked, since one task at
/// a time uses it: see `WorkerTeam`.
final class DirectionPass: @unchecked Sendable {
  private let cell: any RecurrentCell
  private let parameters: RecurrentParameters
  private let hiddenSize: Int
  private let isReversed: Bool
  private let team: WorkerTeam

  private let gateBuffer = FloatBuffer(), recurrentBuffer = FloatBuffer(), projectionBuffer = FloatBuffer()
  private let memoryBuffers: [FloatBuffer]
  private let memoryColumns: [Int]
  private let keepsRecurrentProduct: Bool
  /// [sequences, H and the columns of the memories]: see `SequencePass.state`.
  var state: Matrix?
  /// h and the memories that the sweep began with: kept for the way back, when `state` has moved on.
  private let initialBuffers: [FloatBuffer]
  private let carryBuffer = FloatBuffer(), scratchBuffer = FloatBuffer(), biasBuffer = FloatBuffer()
  /// The rows that have a predecessor, and the rows of their predecessors.
  private let laterBuffer = IndexBuffer(), earlierBuffer = IndexBuffer()

  // Views into the buffers, set by `forward`.
  private var shape = PackedShape()
  private var input: GatheredRows
  /// W x + b of the input's table, then its gradient; without gathering these are the gates themselves.
  private var projection: Matrix
  /// W x + b of each row, as the steps read it.
  private var projected: GatheredRows
  private var gates: Matrix
  private var recurrent: Matrix
  private var hidden: Matrix
  private var memories: [Matrix]
  /// [sequences, H]; no rows if the sweep began with zeros.
  private var initialHidden: Matrix
  private var initialMemories: [Matrix]
  /// ∂L/∂(U h(t−1) + b′) of the rows that have a predecessor, and h of their predecessors.
  private var later: GatheredRows
  private var earlier: GatheredRows
  private var precision = Precision.float32
  /// nil if the states are left alone.
  private let noise: StateNoisePass?
  /// What is kept for those who want to look at the sweep.
  private(set) var kept: SweepTrace?

  init(
    cell: any RecurrentCell, parameters: RecurrentParameters, hiddenSize: Int, isReversed: Bool,
    noise: StateNoise = StateNoise(), team: WorkerTeam
  ) {
    self.cell = cell
    self.noise = StateNoisePass(noise, cell: cell, name: parameters.recurrentWeights.name)
    self.parameters = parameters
    self.hiddenSize = hiddenSize
    self.isReversed = isReversed
    self.team = team
    keepsRecurrentProduct = cell.keepsRecurrentProduct
    memoryColumns = (0..<cell.memories).map { cell.memoryColumns($0, hidden: hiddenSize) }
    memoryBuffers = memoryColumns.map { _ in FloatBuffer() }
    initialBuffers = (0...cell.memories).map { _ in FloatBuffer() }
    let empty = gateBuffer.matrix(rows: 0, columns: 0)
    input = GatheredRows(empty)
    (projected, later, earlier) = (input, input, input)
    (projection, gates, recurrent, hidden) = (empty, empty, empty, empty)
    memories = memoryBuffers.map { _ in empty }
    (initialHidden, initialMemories) = (empty, memories)
  }

  /// - Parameters:
  ///   - input: [rows, I]
  ///   - hidden: [rows, H]: where h goes, this direction's half of the layer's output.
  func forward(_ input: GatheredRows, shape: PackedShape, weights: Weights, mode: Mode, into hidden: Matrix) {
    self.shape = shape
    self.input = input
    self.hidden = hidden
    precision = weights.precision
    reserve()
    takeState()
    projectInput(weights)
    laterBuffer.removeAll()
    earlierBuffer.removeAll()
    noise?.begin(shape, hidden: hiddenSize, initial: initialHidden, mode: mode)
    for t in 0..<shape.steps.count {
      let previous = previousRows(t)
      let step = step(t, previous, weights)
      cell.forward(step)
      noise?.finish(rows(t), hidden: hidden.rows(rows(t)), step)
      if mode.isTraining, t > 0 {
        let start = rows(t).lowerBound
        laterBuffer.append(contentsOf: start..<start + previous.count)
        earlierBuffer.append(contentsOf: previous)
      }
    }
    leaveState()
  }

  /// Copies the state that the sweep begins with.
  private func takeState() {
    precondition(state.map { $0.rows == shape.sequences && !isReversed } ?? true, "a state of other sequences")
    let rows = state == nil ? 0 : shape.sequences
    initialHidden = initialBuffers[0].reserve(rows: rows, columns: hiddenSize)
    for (i, columns) in memoryColumns.enumerated() {
      initialMemories[i] = initialBuffers[1 + i].reserve(rows: rows, columns: columns)
    }
    guard let state else { return }
    initialHidden.copy(from: state.columns(0..<hiddenSize))
    var start = hiddenSize
    for (i, columns) in memoryColumns.enumerated() {
      initialMemories[i].copy(from: state.columns(start..<start + columns))
      start += columns
    }
  }

  /// Puts the last state of each sequence in the place of its first.
  private func leaveState() {
    guard let state else { return }
    for s in 0..<shape.sequences {
      let last = shape.row(sequence: s, step: shape.lengths[s] - 1)
      let row = state.rows(s..<s + 1)
      row.columns(0..<hiddenSize).copy(from: hidden.rows(last..<last + 1))
      var start = hiddenSize
      for memory in memories {
        row.columns(start..<start + memory.columns).copy(from: memory.rows(last..<last + 1))
        start += memory.columns
      }
    }
  }

  /// - Parameter dOutput: [rows, H]: ∂L/∂h from above.
  func backward(_ dOutput: Matrix, weights: Weights) {
    let carry = carryBuffer.reserve(rows: shape.sequences, columns: cell.carryColumns(hidden: hiddenSize))
    let scratches = scratchBuffer.reserve(rows: shape.sequences, columns: (1 + cell.scratches) * hiddenSize)
    carry.fill(0)
    kept?.begin(activations: cell.gateIsState ? hidden : gates, hiddenSize: hiddenSize)
    noise?.beginBackward(shape, hidden: hiddenSize)
    var following = dRecurrent.rows(0..<0)
    for t in (0..<shape.steps.count).reversed() {
      let now = rows(t)
      let previous = previousRows(t)
      var gradient = StepGradient(
        dOutput: dOutput.rows(now), following: following,
        recurrentWeights: weights.packed(parameters.recurrentWeights), carry: carry.rows(0..<now.count),
        scratches: scratches.rows(0..<now.count))
      kept?.keep(gradient, at: now, withCarry: cell.carriesHiddenGradient)
      if let noise { gradient = noise.gradient(now, gradient, cell) }
      cell.backward(step(t, previous, weights), gradient)
      noise?.finishBackward(now, gradient)
      following = dRecurrent.rows(now.lowerBound..<now.lowerBound + previous.count)
    }
    later = GatheredRows(dRecurrent, laterBuffer.indices)
    earlier = GatheredRows(noise?.dropped ?? hidden, earlierBuffer.indices)
    if let indices = input.indices {
      projection.fill(0)
      projection.addRows(of: gates, at: indices)
    }
  }

  func startTracing() { kept = SweepTrace(isReversed: isReversed, gates: cell.gates) }

  /// U by gate.
  func recurrentMatrices(_ weights: Weights) -> [(gate: String, elements: [Float])] {
    let u = weights[parameters.recurrentWeights]
    return cell.gates.prefix(u.rows / hiddenSize).enumerated().map { index, gate in
      (gate, u.rows(index * hiddenSize..<(index + 1) * hiddenSize).elements)
    }
  }

  /// After `backward`: sets rows of the gradient of the input's table, or adds to them if `adding`.
  func setInputGradient(_ dInput: Matrix, _ rows: Range<Int>, weights: Weights, adding: Bool) {
    let packed = weights.packed(parameters.inputWeights)
    let gradient = projection.rows(rows)
    if adding {
      dInput.addProduct(gradient.columns(0..<packed.rows), packed)
    } else {
      dInput.setProduct(gradient.columns(0..<packed.rows), packed)
    }
    if !parameters.projectsAllGates { dInput.add(gradient.columns(packed.rows..<gradient.columns)) }
  }

  /// After `backward`, `projection` holds ∂L/∂(W x + b) and `dRecurrent` ∂L/∂(U h(t−1) + b′): each weight's gradient is
  /// one product over all steps. - Returns: whether the block belongs to this direction.
  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) -> Bool {
    let target = gradient[block.slot]
    switch block.slot.index {
    case parameters.inputWeights.index:
      target.rows(block.rows).setTransposedProduct(
        projection.columns(block.rows), input.table, adding: adding, precision: precision)
    case parameters.recurrentWeights.index:
      target.rows(block.rows).setTransposedProduct(
        later.columns(block.rows), earlier, adding: adding, precision: precision)
      if initialHidden.rows > 0 {
        target.rows(block.rows).setTransposedProduct(
          dRecurrent.rows(rows(0)).columns(block.rows), noise?.droppedInitial ?? initialHidden, adding: true,
          precision: precision)
      }
    case parameters.inputBias?.index: target.setColumnSums(of: projection, adding: adding)
    case parameters.recurrentBias?.index:
      target.setColumnSums(of: keepsRecurrentProduct ? recurrent : projection, adding: adding)
    default:
      for (i, slot) in parameters.own.enumerated() where slot.index == block.slot.index {
        cell.accumulate(i, rows: block.rows, from: trace, into: target.rows(block.rows), adding: adding)
        return true
      }
      return false
    }
    return true
  }

  private var trace: CellTrace {
    CellTrace(
      gates: gates, hidden: hidden, precision: precision, memories: memories, laterRows: laterBuffer.indices,
      earlierRows: earlierBuffer.indices, earlierHidden: hidden, earlierMemories: memories, firstRows: rows(0),
      initialHidden: initialHidden,
      initialMemories: initialMemories)
  }

  /// ∂L/∂(U h(t−1) + b′), the columns of the gates that U is for.
  private var dRecurrent: Matrix {
    (keepsRecurrentProduct ? recurrent : gates).columns(0..<parameters.recurrentWeights.rows)
  }

  /// W x + b of all rows of the input's table in one product, and b′ unless the cell keeps it apart; beside it x itself if
  /// the last gate takes that.
  private func projectInput(_ weights: Weights) {
    if let known = weights.lookUp(input, through: parameters.inputWeights) {
      projected = known
      return
    }
    projection =
      input.indices == nil ? gates : projectionBuffer.reserve(rows: input.table.rows, columns: gates.columns)
    let bias = biasBuffer.reserve(rows: 1, columns: gates.columns)
    bias.fill(0)
    if let first = parameters.inputBias { bias.copy(from: weights[first]) }
    if !keepsRecurrentProduct, let second = parameters.recurrentBias { bias.add(weights[second]) }
    let (projection, table, packed) = (projection, input.table, weights.transposed(parameters.inputWeights))
    let (multiplied, direct) = (0..<packed.columns, packed.columns..<gates.columns)
    team.run(rows: table.rows) {
      let target = projection.rows($0)
      target.columns(multiplied).setProduct(table.rows($0), packed, bias: bias.columns(multiplied))
      guard !direct.isEmpty else { return }
      target.columns(direct).copy(from: table.rows($0))
      target.columns(direct).addToRows(bias.columns(direct))
    }
    projected = input.rows(of: projection)
  }

  /// The rows of the step that the sweep visits as its t-th.
  private func rows(_ t: Int) -> Range<Int> { shape.steps[isReversed ? shape.steps.count - 1 - t : t] }

  /// The rows of the step visited before the t-th that continue into it: the batch is sorted by length, so they are
  /// the first ones. Forwards, sequences drop out; backwards, they join with a zero state. At the first step, the rows
  /// of the state that the sweep began with.
  private func previousRows(_ t: Int) -> Range<Int> {
    guard t > 0 else { return 0..<initialHidden.rows }
    let before = rows(t - 1)
    return before.lowerBound..<before.lowerBound + min(rows(t).count, before.count)
  }

  private func step(_ t: Int, _ previous: Range<Int>, _ weights: Weights) -> CellStep {
    let now = rows(t)
    let isFirst = t == 0
    let before = isFirst ? initialHidden : hidden
    let multiplied = (isFirst ? noise?.droppedInitial : noise?.dropped) ?? before
    return CellStep(
      projected: projected.rows(now),
      gates: gates.rows(now), recurrent: keepsRecurrentProduct ? recurrent.rows(now) : recurrent,
      previousHidden: before.rows(previous), multipliedHidden: multiplied.rows(previous),
      hidden: (noise?.candidate ?? hidden).rows(now),
      recurrentWeights: weights.transposed(parameters.recurrentWeights),
      recurrentBias: keepsRecurrentProduct ? parameters.recurrentBias.map { weights[$0] } : nil, memories: memories,
      previousMemories: isFirst ? initialMemories : memories, now: now, previous: previous,
      parameters: OwnParameters(weights: weights, slots: parameters.own))
  }

  private func reserve() {
    let rows = shape.rows
    gates = gateBuffer.reserve(rows: rows, columns: parameters.gateColumns)
    recurrent = recurrentBuffer.reserve(rows: keepsRecurrentProduct ? rows : 0, columns: gates.columns)
    for i in memoryBuffers.indices { memories[i] = memoryBuffers[i].reserve(rows: rows, columns: memoryColumns[i]) }
  }
}
