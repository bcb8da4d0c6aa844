import SeqTensor

/// One recurrent layer that its owner takes step by step, from a state that it is given.
///
/// h and the memories have `first` rows in front for the state before the first step, one a sequence; row `first + r`
/// belongs to row r of the packed batch. All else has the rows of the batch.
final class SteppedLayer {
  private let cell: any RecurrentCell
  private let buffers: CellBuffers
  private let hiddenBuffer = FloatBuffer(), dInitialBuffer = FloatBuffer()
  private var first = 0
  /// [first + rows, H]
  private(set) var hidden: Matrix
  /// What the gradients of U and of the cell's own parameters are made of, set by `beginBackward`.
  private var links: StepLinks?, recurrent: StepProduct?

  init(cell: any RecurrentCell, parameters: RecurrentParameters, hiddenSize: Int) {
    self.cell = cell
    buffers = CellBuffers(cell: cell, parameters: parameters, hiddenSize: hiddenSize)
    hidden = hiddenBuffer.matrix(rows: 0, columns: 0)
  }

  var parameters: RecurrentParameters { buffers.parameters }

  /// [rows, G·H]: W x + b before a step, then its activations, and their gradient after the way back.
  var gates: Matrix { buffers.gates }

  /// Makes room for `first` states and `rows` rows.
  func reserve(first: Int, rows: Int) {
    self.first = first
    hidden = hiddenBuffer.reserve(rows: first + rows, columns: buffers.hiddenSize)
    buffers.reserve(rows: rows, first: first)
    // What no bridge gives begins with zeros, such as the gates of a step before the first.
    for memory in buffers.memories { memory.rows(0..<first).fill(0) }
  }

  /// States that a bridge gives: h, and the memory of a cell that carries one.
  var states: Int { cell.carriesMemory ? 2 : 1 }

  /// [first + rows, H]: h, or what the cell carries beside it.
  func state(_ index: Int) -> Matrix { index == 0 ? hidden : buffers.memories[0] }

  /// All that a step may read of the one before, each with `first` rows in front.
  var all: [Matrix] { [hidden] + buffers.memories }

  /// h of the batch's rows [rows, H].
  var output: Matrix { hidden.rows(first..<hidden.rows) }

  /// b [1, G·H], with b′ unless the cell keeps it apart.
  func bias(_ weights: Weights) -> Matrix { buffers.bias(weights) }

  /// From W x + b in the gates of `now` to h.
  /// - Parameters:
  ///   - now: rows of the batch.
  ///   - previous: rows of `hidden`, at most as many.
  func forward(_ now: Range<Int>, previous: Range<Int>, weights: Weights) {
    cell.forward(step(now, previous, weights))
  }

  /// Readies the way back.
  /// - Parameter links: which rows of `hidden` came before which of the batch's.
  func beginBackward(_ links: StepLinks) {
    buffers.beginBackward(sequences: first)
    self.links = links
    recurrent = links.product(buffers.dRecurrent, hidden)
  }

  /// From ∂L/∂h of a step to the gradient of its gates.
  /// - Parameter following: the rows of the step after that belong to sequences of this one.
  func backward(_ now: Range<Int>, previous: Range<Int>, following: Range<Int>, dOutput: Matrix, weights: Weights) {
    cell.backward(step(now, previous, weights), buffers.gradient(dOutput, following: following, weights))
  }

  /// After the first step's way back: the gradient of a state that the sweep began with [first, H].
  func dInitial(_ index: Int, weights: Weights) -> Matrix {
    let size = buffers.hiddenSize
    if index > 0 { return buffers.carry.columns(0..<size) }
    let dHidden = dInitialBuffer.reserve(rows: first, columns: size)
    if let u = parameters.recurrentWeights {
      dHidden.setProduct(buffers.dRecurrent.rows(0..<first), weights.packed(u))
    } else {
      dHidden.fill(0)
    }
    if let carried = cell.carriedHidden(hidden: size) { dHidden.add(buffers.carry.columns(carried)) }
    return dHidden
  }

  /// After the way back: sets a block of the weights' gradient, or adds to it.
  /// - Parameter input: [rows, I]: what W was applied to.
  /// - Returns: whether the block belongs to this layer.
  func accumulate(
    _ block: GradientBlock, input: Matrix, into gradient: ParameterVector, adding: Bool, precision: Precision
  ) -> Bool {
    guard let links, let recurrent else { preconditionFailure("a gradient before the way back") }
    let sources = CellBuffers.GradientSources(projection: gates, input: input, recurrent: recurrent)
    return buffers.accumulate(block, sources, into: gradient, adding: adding, precision: precision) {
      CellTrace(
        gates: gates, hidden: output, precision: precision, memories: buffers.memories.map { $0.rows(first..<$0.rows) },
        links: links, earlierHidden: hidden, earlierMemories: buffers.memories, initialHidden: nil, initialMemories: nil
      )
    }
  }

  private func step(_ now: Range<Int>, _ previous: Range<Int>, _ weights: Weights) -> CellStep {
    let place = first + now.lowerBound..<first + now.upperBound
    let before = hidden.rows(previous)
    return buffers.step(
      now, at: place, projected: GatheredRows(gates.rows(now)),
      CellBuffers.Earlier(hidden: before, multiplied: before, memories: buffers.memories, rows: previous),
      hidden: hidden.rows(place), weights)
  }
}
