import SeqCore
import SeqTensor

/// One direction of a Jordan layer over one shard.
///
/// Backward, with a = U x(t) + b + W y(t−1) and what comes from the loss in do(t):
///
///     dy(t) = Wᵀ da(t+1)                                   0 at the last step, and where a teacher gave y(t)
///     do(t) += y(t) ∘ (dy(t) − y(t) · dy(t))               do(t) += dy(t), if y is o itself
///     dh(t) = Vᵀ do(t)          da(t) = dh(t) ∘ (1 − h(t)²)
///     dU = Σ da(t) x(t)ᵀ     dW = Σ da(t) y(t−1)ᵀ     db = Σ da(t)     dV = Σ do(t) h(t)ᵀ     dc = Σ do(t)
///
/// Unchecked, since one task at a time uses it: see `WorkerTeam`.
final class JordanDirectionPass: @unchecked Sendable {
  private let layer: JordanLayer
  private let parameters: JordanParameters
  private let isReversed: Bool
  private let order: SweepOrder
  private let projectionBuffer = FloatBuffer(), hiddenBuffer = FloatBuffer(), scoreBuffer = FloatBuffer()
  private let fedBackBuffer = FloatBuffer(), dScoreBuffer = FloatBuffer(), dHiddenBuffer = FloatBuffer()
  private let dFedBackBuffer = FloatBuffer(), scratchBuffer = FloatBuffer(), maskBuffer = FloatBuffer()
  private let readBuffer = FloatBuffer(), initialBuffer = FloatBuffer()
  /// [sequences, C]: y that the sweep begins with and leaves behind; see `SequencePass.state`.
  var state: Matrix?

  private var shape = PackedShape()
  private var input: GatheredRows
  private var teacher: RowIndices?
  private var mask: Matrix?
  /// U x + b of the input's table; its gradient after `backward`.
  private var projection: Matrix
  /// h, before dropout.
  private var hidden: Matrix
  /// What V reads: h, less what dropout took of it.
  private var read: Matrix
  /// y as the next step has read it.
  private var fedBack: Matrix
  /// y that the sweep began with; no rows for zeros.
  private var initial: Matrix
  private var dScores: Matrix
  private var dHidden: Matrix  // ∂L/∂a
  private var precision = Precision.float32
  /// What is kept for those who want to look at the sweep.
  private(set) var kept: SweepTrace?

  init(_ layer: JordanLayer, _ parameters: JordanParameters, isReversed: Bool) {
    self.layer = layer
    self.parameters = parameters
    self.isReversed = isReversed
    order = SweepOrder(isReversed: isReversed)
    let empty = hiddenBuffer.matrix(rows: 0, columns: 0)
    input = GatheredRows(empty)
    (projection, hidden, read, fedBack) = (empty, empty, empty, empty)
    (initial, dScores, dHidden) = (empty, empty, empty)
  }

  /// Rows of the gradient of the input's table.
  var featureRows: Int { input.table.rows }

  /// - Parameters:
  ///   - input: [rows, I]
  ///   - teacher: the class of each row, −1 where the network's own output is fed back.
  ///   - output: [rows, C]
  func forward(
    _ input: GatheredRows, shape: PackedShape, teacher: RowIndices?, weights: Weights, mode: Mode, into output: Matrix
  ) {
    (self.input, self.shape, self.teacher) = (input, shape, teacher)
    precision = weights.precision
    reserve()
    projectInput(weights)
    drawMask(mode)
    order.begin(shape, initialRows: initial.rows)
    for t in shape.steps.indices { step(t, weights, into: output) }
    leaveState()
  }

  /// Puts y of the last step of each sequence in the place of the first.
  private func leaveState() {
    guard let state else { return }
    for s in 0..<shape.sequences {
      let last = shape.lastRow(sequence: s)
      state.rows(s..<s + 1).copy(from: fedBack.rows(last..<last + 1))
    }
  }

  private func step(_ t: Int, _ weights: Weights, into output: Matrix) {
    let now = order.rows(t)
    let previous = order.previousRows(t)
    let state = hidden.rows(now)
    if !previous.isEmpty {
      state.rows(0..<previous.count)
        .addProduct((t == 0 ? initial : fedBack).rows(previous), weights.transposed(parameters.feedbackWeights))
    }
    state.setTanh(of: state)
    if let mask { read.rows(now).setElementwiseProduct(state, mask.rows(now)) }
    let y = fedBack.rows(now)
    y.setProduct(read.rows(now), weights.transposed(parameters.outputWeights), bias: weights[parameters.outputBias])
    output.rows(now).copy(from: y)
    if layer.feedback == .softmax { y.softmaxRows() }
    if let teacher { for (r, row) in now.enumerated() where teacher[row] >= 0 { y.setOneHot(r, teacher[row]) } }
    order.keep(t)
  }

  /// - Parameter dOutput: [rows, C]: ∂L/∂o from the loss.
  func backward(_ dOutput: Matrix, weights: Weights) {
    dScores = dScoreBuffer.reserve(rows: shape.rows, columns: layer.classes)
    dHidden = dHiddenBuffer.reserve(rows: shape.rows, columns: layer.hiddenSize)
    dScores.copy(from: dOutput)
    kept?.begin(activations: hidden, hiddenSize: layer.hiddenSize)
    var following = 0..<0
    for t in shape.steps.indices.reversed() {
      let now = order.rows(t)
      feedBack(dHidden.rows(following), to: now, weights)
      let (da, state) = (dHidden.rows(now), hidden.rows(now))
      da.setProduct(dScores.rows(now), weights.packed(parameters.outputWeights))
      if let mask { da.setElementwiseProduct(da, mask.rows(now)) }
      kept?.keep(da, at: now)
      let squares = scratchBuffer.reserve(rows: now.count, columns: layer.hiddenSize)
      squares.setElementwiseProduct(state, state)
      squares.setElementwiseProduct(squares, da)
      da.add(-1, times: squares)
      following = order.continuingRows(t)
    }
    if let indices = input.indices {
      projection.fill(0)
      projection.addRows(of: dHidden, at: indices)
    } else {
      projection = dHidden
    }
  }

  /// Adds to do(t) what comes from step t + 1, for the sequences that ran there: the first rows of step t.
  private func feedBack(_ following: Matrix, to now: Range<Int>, _ weights: Weights) {
    guard following.rows > 0 else { return }
    let dy = dFedBackBuffer.reserve(rows: following.rows, columns: layer.classes)
    dy.setProduct(following, weights.packed(parameters.feedbackWeights))
    for (r, row) in now.prefix(following.rows).enumerated() {
      if let teacher, teacher[row] >= 0 { continue }
      let (source, target) = (dy.rows(r..<r + 1), dScores.rows(row..<row + 1))
      if layer.feedback == .softmax {
        let y = fedBack.rows(row..<row + 1)
        target.add(-y.dot(source), times: y)
        source.setElementwiseProduct(source, y)
      }
      target.add(source)
    }
  }

  func startTracing() { kept = SweepTrace(isReversed: isReversed, gates: ["h"]) }

  /// W V [H, H]: what leads from h(t−1) to h(t) but for the slope of the feedback between.
  func recurrentMatrix(_ weights: Weights) -> [Float] {
    let (w, v) = (weights[parameters.feedbackWeights], weights[parameters.outputWeights])
    return (0..<w.rows).flatMap { row in
      (0..<v.columns).map { column in (0..<v.rows).reduce(Float(0)) { $0 + w[row, $1] * v[$1, column] } }
    }
  }

  /// After `backward`: sets the gradient of the input's table, or adds to it.
  func setInputGradient(_ dInput: Matrix, weights: Weights, adding: Bool) {
    let packed = weights.packed(parameters.inputWeights)
    if adding { dInput.addProduct(projection, packed) } else { dInput.setProduct(projection, packed) }
  }

  /// Each weight's gradient is one product over all steps. - Returns: whether the block belongs to this direction.
  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) -> Bool {
    let target = gradient[block.slot]
    func set(_ a: Matrix, _ b: Matrix) {
      target.rows(block.rows).setTransposedProduct(a.columns(block.rows), b, adding: adding, precision: precision)
    }
    switch block.slot.index {
    case parameters.inputWeights.index: set(projection, input.table)
    case parameters.feedbackWeights.index:
      order.links.product(dHidden, fedBack, initial: initial)
        .set(target.rows(block.rows), rows: block.rows, adding: adding, precision: precision)
    case parameters.outputWeights.index: set(dScores, read)
    case parameters.hiddenBias.index: target.setColumnSums(of: dHidden, adding: adding)
    case parameters.outputBias.index: target.setColumnSums(of: dScores, adding: adding)
    default: return false
    }
    return true
  }

  /// U x + b of all rows of the input's table in one product, laid out by step.
  private func projectInput(_ weights: Weights) {
    if let known = weights.lookUp(input, through: parameters.inputWeights) {
      hidden.copy(from: known)
      return
    }
    let (table, packed) = (input.table, weights.transposed(parameters.inputWeights))
    let bias = weights[parameters.hiddenBias]
    guard input.indices != nil else { return hidden.setProduct(table, packed, bias: bias) }
    projection = projectionBuffer.reserve(rows: table.rows, columns: layer.hiddenSize)
    projection.setProduct(table, packed, bias: bias)
    hidden.copy(from: input.rows(of: projection))
  }

  private func drawMask(_ mode: Mode) {
    (mask, read) = (nil, hidden)
    guard layer.dropout > 0, case .training(let seed) = mode else { return }
    let drawn = maskBuffer.reserve(rows: shape.rows, columns: layer.hiddenSize)
    read = readBuffer.reserve(rows: shape.rows, columns: layer.hiddenSize)
    let name = isReversed ? "jordan-reverse" : "jordan"
    read.setDropout(of: hidden, rate: Float(layer.dropout), seed: seed.child(name).value, mask: drawn)
    mask = drawn
  }

  private func reserve() {
    hidden = hiddenBuffer.reserve(rows: shape.rows, columns: layer.hiddenSize)
    fedBack = fedBackBuffer.reserve(rows: shape.rows, columns: layer.classes)
    precondition(state.map { $0.rows == shape.sequences && !isReversed } ?? true, "a state of other sequences")
    initial = initialBuffer.reserve(rows: state == nil ? 0 : shape.sequences, columns: layer.classes)
    if let state { initial.copy(from: state) }
  }
}
