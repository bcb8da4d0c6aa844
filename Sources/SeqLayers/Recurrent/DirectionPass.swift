import SeqTensor

/// One direction of one recurrent layer over one shard: the sweep through time, written once around any cell.
///
/// Row r of every buffer belongs to row r of the packed batch, whichever way the sweep goes. Unchecked, since one task at
/// a time uses it: see `WorkerTeam`.
final class DirectionPass: @unchecked Sendable {
  private let cell: any RecurrentCell
  private let buffers: CellBuffers
  private let order: SweepOrder
  private let isReversed: Bool
  private let team: WorkerTeam

  private let projectionBuffer = FloatBuffer()
  /// [sequences, H and the columns of the memories]: see `SequencePass.state`.
  var state: Matrix?
  /// h and the memories that the sweep began with: kept for the way back, when `state` has moved on.
  private let initialBuffers: [FloatBuffer]

  // Views into the buffers, set by `forward`.
  private var shape = PackedShape()
  private var input: GatheredRows
  /// W x + b of the input's table, then its gradient; without gathering these are the gates themselves.
  private var projection: Matrix
  /// W x + b of each row, as the steps read it.
  private var projected: GatheredRows
  private var hidden: Matrix
  /// [sequences, H]; no rows if the sweep began with zeros.
  private var initialHidden: Matrix
  private var initialMemories: [Matrix]
  /// What the gradient of U is made of, set by `backward`.
  private var recurrent: StepProduct
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
    buffers = CellBuffers(cell: cell, parameters: parameters, hiddenSize: hiddenSize)
    order = SweepOrder(isReversed: isReversed)
    self.noise = StateNoisePass(noise, cell: cell, name: (parameters.recurrentWeights ?? parameters.inputWeights).name)
    self.isReversed = isReversed
    self.team = team
    initialBuffers = (0...cell.memories).map { _ in FloatBuffer() }
    let empty = projectionBuffer.matrix(rows: 0, columns: 0)
    input = GatheredRows(empty)
    projected = input
    recurrent = StepProduct(later: input, earlier: input, first: nil)
    (projection, hidden, initialHidden) = (empty, empty, empty)
    initialMemories = (0..<cell.memories).map { _ in empty }
  }

  /// - Parameters:
  ///   - input: [rows, I]
  ///   - hidden: [rows, H]: where h goes, this direction's half of the layer's output.
  func forward(_ input: GatheredRows, shape: PackedShape, weights: Weights, mode: Mode, into hidden: Matrix) {
    self.shape = shape
    self.input = input
    self.hidden = hidden
    precision = weights.precision
    buffers.reserve(rows: shape.rows)
    takeState()
    order.begin(shape, initialRows: initialHidden.rows)
    projectInput(weights)
    noise?.begin(shape, hidden: buffers.hiddenSize, initial: initialHidden, mode: mode)
    for t in 0..<shape.steps.count {
      let step = step(t, weights)
      cell.forward(step)
      noise?.finish(order.rows(t), hidden: hidden.rows(order.rows(t)), step)
      if mode.isTraining { order.keep(t) }
    }
    leaveState()
  }

  /// Copies the state that the sweep begins with.
  private func takeState() {
    precondition(state.map { $0.rows == shape.sequences && !isReversed } ?? true, "a state of other sequences")
    let rows = state == nil ? 0 : shape.sequences
    initialHidden = initialBuffers[0].reserve(rows: rows, columns: buffers.hiddenSize)
    for (i, columns) in buffers.memoryColumns.enumerated() {
      initialMemories[i] = initialBuffers[1 + i].reserve(rows: rows, columns: columns)
    }
    guard let state else { return }
    initialHidden.copy(from: state.columns(0..<buffers.hiddenSize))
    var start = buffers.hiddenSize
    for (i, columns) in buffers.memoryColumns.enumerated() {
      initialMemories[i].copy(from: state.columns(start..<start + columns))
      start += columns
    }
  }

  /// Puts the last state of each sequence in the place of its first.
  private func leaveState() {
    guard let state else { return }
    for s in 0..<shape.sequences {
      let last = shape.lastRow(sequence: s)
      let row = state.rows(s..<s + 1)
      row.columns(0..<buffers.hiddenSize).copy(from: hidden.rows(last..<last + 1))
      var start = buffers.hiddenSize
      for memory in buffers.memories {
        row.columns(start..<start + memory.columns).copy(from: memory.rows(last..<last + 1))
        start += memory.columns
      }
    }
  }

  /// - Parameter dOutput: [rows, H]: ∂L/∂h from above.
  func backward(_ dOutput: Matrix, weights: Weights) {
    buffers.beginBackward(sequences: shape.sequences)
    kept?.begin(activations: cell.gateIsState ? hidden : buffers.gates, hiddenSize: buffers.hiddenSize)
    noise?.beginBackward(shape, hidden: buffers.hiddenSize)
    var following = 0..<0
    for t in (0..<shape.steps.count).reversed() {
      let now = order.rows(t)
      var gradient = buffers.gradient(dOutput.rows(now), following: following, weights)
      kept?.keep(gradient, at: now, carried: cell.carriedHidden(hidden: buffers.hiddenSize))
      if let noise { gradient = noise.gradient(now, gradient, cell) }
      cell.backward(step(t, weights), gradient)
      noise?.finishBackward(now, gradient)
      following = order.continuingRows(t)
    }
    recurrent = order.links.product(
      buffers.dRecurrent, noise?.dropped ?? hidden, initial: noise?.droppedInitial ?? initialHidden)
    if let indices = input.indices {
      projection.fill(0)
      projection.addRows(of: buffers.gates, at: indices)
    }
  }

  func startTracing() { kept = SweepTrace(isReversed: isReversed, gates: cell.gates) }

  /// U by gate.
  func recurrentMatrices(_ weights: Weights) -> [(gate: String, elements: [Float])] {
    guard let slot = buffers.parameters.recurrentWeights else { return [] }
    let (u, size) = (weights[slot], buffers.hiddenSize)
    return cell.gates.prefix(u.rows / size).enumerated().map { index, gate in
      (gate, u.rows(index * size..<(index + 1) * size).elements)
    }
  }

  /// After `backward`: sets rows of the gradient of the input's table, or adds to them if `adding`.
  func setInputGradient(_ dInput: Matrix, _ rows: Range<Int>, weights: Weights, adding: Bool) {
    let packed = weights.packed(buffers.parameters.inputWeights)
    let gradient = projection.rows(rows)
    if adding {
      dInput.addProduct(gradient.columns(0..<packed.rows), packed)
    } else {
      dInput.setProduct(gradient.columns(0..<packed.rows), packed)
    }
    if !buffers.parameters.projectsAllGates { dInput.add(gradient.columns(packed.rows..<gradient.columns)) }
  }

  /// After `backward`: sets a block of the weights' gradient, or adds to it.
  /// - Returns: whether the block belongs to this direction.
  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) -> Bool {
    let sources = CellBuffers.GradientSources(projection: projection, input: input.table, recurrent: recurrent)
    return buffers.accumulate(block, sources, into: gradient, adding: adding, precision: precision) {
      CellTrace(
        gates: buffers.gates, hidden: hidden, precision: precision, memories: buffers.memories, links: order.links,
        earlierHidden: hidden, earlierMemories: buffers.memories, initialHidden: initialHidden,
        initialMemories: initialMemories)
    }
  }

  /// W x + b of all rows of the input's table in one product, and b′ unless the cell keeps it apart; beside it x itself if
  /// the last gate takes that.
  private func projectInput(_ weights: Weights) {
    let (gates, inputWeights) = (buffers.gates, buffers.parameters.inputWeights)
    if let known = weights.lookUp(input, through: inputWeights) {
      projected = known
      return
    }
    projection =
      input.indices == nil ? gates : projectionBuffer.reserve(rows: input.table.rows, columns: gates.columns)
    let bias = buffers.bias(weights)
    let (projection, table, packed) = (projection, input.table, weights.transposed(inputWeights))
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

  private func step(_ t: Int, _ weights: Weights) -> CellStep {
    let (now, previous, isFirst) = (order.rows(t), order.previousRows(t), t == 0)
    let before = isFirst ? initialHidden : hidden
    let multiplied = (isFirst ? noise?.droppedInitial : noise?.dropped) ?? before
    return buffers.step(
      now, at: now, projected: projected.rows(now),
      CellBuffers.Earlier(
        hidden: before.rows(previous), multiplied: multiplied.rows(previous),
        memories: isFirst ? initialMemories : buffers.memories, rows: previous),
      hidden: (noise?.candidate ?? hidden).rows(now), weights)
  }
}
