import CSeqKernels

/// The activation of an Elman cell.
package enum Activation: String, Sendable, CaseIterable {
  case tanh, relu, sigmoid
}

/// The cells that have kernels of their own: product, gates and state of a step in one go.
package enum CellKernel: Sendable, Hashable {
  case elman(Activation)
  /// Gates i, f, g, o.
  case lstm
  /// Gates r, z, n; the reset gate acts after the product.
  case gru

  package var gates: Int {
    switch self {
    case .elman: 1
    case .lstm: 4
    case .gru: 3
    }
  }
}

/// One step of a sweep on n sequences, of which the first p also ran at the step before.
package struct FusedStep {
  /// [n, G·H]: W x + b, and b′ too, except for the GRU.
  package var projected: GatheredRows
  /// Uᵀ, packed as gates.
  package var recurrentWeights: PackedMatrix
  /// GRU: b′ [1, 3H].
  package var recurrentBias: Matrix?
  /// [p, H]: h(t−1), as it is multiplied by U.
  package var previousHidden: Matrix
  /// [p, H]: h(t−1), as it goes into h(t) past the product: the same, but for dropout.
  package var directHidden: Matrix
  /// [n, H]: becomes h(t).
  package var hidden: Matrix
  /// [n, G·H]: becomes the activations, which the Elman cell leaves out. May be `projected`.
  package var gates: Matrix
  /// GRU: [n, 3H]; its third part becomes that of U h(t−1) + b′.
  package var recurrent: Matrix?
  /// LSTM: c(t−1) [p, H].
  package var previousCell: Matrix?
  /// LSTM: becomes c(t) and tanh c(t) [n, H], without gaps.
  package var cell: (state: Matrix, tanh: Matrix)?

  package init(
    projected: GatheredRows, recurrentWeights: PackedMatrix, recurrentBias: Matrix?, previousHidden: Matrix,
    directHidden: Matrix? = nil, hidden: Matrix, gates: Matrix, recurrent: Matrix?, previousCell: Matrix?,
    cell: (state: Matrix, tanh: Matrix)?
  ) {
    self.projected = projected
    self.recurrentWeights = recurrentWeights
    self.recurrentBias = recurrentBias
    self.previousHidden = previousHidden
    self.directHidden = directHidden ?? previousHidden
    self.hidden = hidden
    self.gates = gates
    self.recurrent = recurrent
    self.previousCell = previousCell
    self.cell = cell
  }
}

/// The way back through such a step; the first f sequences also run at the step after.
package struct FusedStepGradient {
  /// [n, H]: ∂L/∂h(t) from above.
  package var dOutput: Matrix
  /// [f, G·H]: ∂L/∂(U h(t) + b′) of the step after.
  package var following: Matrix
  /// U, packed in panels.
  package var recurrentWeights: PackedMatrix
  /// [n, H]: what passes from step t + 1 beside the gates, and becomes what passes to t − 1: ∂L/∂c of an LSTM, the direct
  /// part of ∂L/∂h of a GRU.
  package var carry: Matrix

  package init(dOutput: Matrix, following: Matrix, recurrentWeights: PackedMatrix, carry: Matrix) {
    self.dOutput = dOutput
    self.following = following
    self.recurrentWeights = recurrentWeights
    self.carry = carry
  }
}

extension CellKernel {
  /// h(t), and what the way back needs.
  package func forward(_ step: FusedStep) {
    let h = step.hidden.columns
    let n = step.hidden.rows
    let previous = step.previousHidden.rows
    check(step)
    precondition(
      step.projected.count == n && step.projected.table.columns == gates * h && previous <= n
        && (previous == 0 || step.previousHidden.columns == h)
        && step.directHidden.rows == previous && step.directHidden.columns == step.previousHidden.columns
        && step.recurrentWeights.packing == .gates(gates) && step.recurrentWeights.columns == gates * h
        && step.recurrentWeights.rows == h, "a step of other sizes")
    var kernel = unsafe seqk_cell_step(
      rows: n, previous: previous, hidden: h, x: step.projected.table.base, ldx: step.projected.table.stride,
      index: step.projected.indices?.base, u: step.recurrentWeights.base, bias: step.recurrentBias?.base,
      h_previous: step.previousHidden.base, ldp: step.previousHidden.stride,
      h_direct: step.directHidden.base, ldd: step.directHidden.stride, h: step.hidden.base,
      ldh: step.hidden.stride, gates: step.gates.base, ldg: step.gates.stride, recurrent: step.recurrent?.base,
      ldr: step.recurrent?.stride ?? 0, c_previous: step.previousCell?.base, c: step.cell?.state.base,
      tanh_c: step.cell?.tanh.base, activation: activation)
    let table = unsafe Kernels.products(step.recurrentWeights.precision)
    switch self {
    case .elman: unsafe table.pointee.elman(&kernel)
    case .lstm: unsafe table.pointee.lstm(&kernel)
    case .gru: unsafe table.pointee.gru(&kernel)
    }
  }

  /// ∂L/∂(W x + b) in place of the activations; for a GRU ∂L/∂(U h(t−1) + b′) in `recurrent`.
  package func backward(_ step: FusedStep, _ gradient: FusedStepGradient) {
    let h = step.hidden.columns
    let n = step.hidden.rows
    check(step)
    precondition(
      gradient.dOutput.rows == n && gradient.dOutput.columns == h && gradient.following.rows <= n
        && (gradient.following.rows == 0 || gradient.following.columns == gates * h)
        && gradient.recurrentWeights.packing == .panels && gradient.recurrentWeights.rows == gates * h
        && gradient.recurrentWeights.columns == h && gradient.carry.rows == n && gradient.carry.columns == h
        && gradient.carry.isContiguous, "a step of other sizes")
    var kernel = unsafe seqk_cell_gradient(
      rows: n, previous: step.previousHidden.rows, following: gradient.following.rows, hidden: h, depth: gates * h,
      dh: gradient.dOutput.base, lddh: gradient.dOutput.stride, d_next: gradient.following.base,
      ldn: gradient.following.stride, u: gradient.recurrentWeights.base, carry: gradient.carry.base,
      gates: step.gates.base, ldg: step.gates.stride, recurrent: step.recurrent?.base,
      ldr: step.recurrent?.stride ?? 0, h: step.hidden.base, ldh: step.hidden.stride,
      h_previous: step.directHidden.base, ldp: step.directHidden.stride, c_previous: step.previousCell?.base,
      tanh_c: step.cell?.tanh.base, activation: activation)
    let table = unsafe Kernels.products(gradient.recurrentWeights.precision)
    switch self {
    case .elman: unsafe table.pointee.elman_backward(&kernel)
    case .lstm: unsafe table.pointee.lstm_backward(&kernel)
    case .gru: unsafe table.pointee.gru_backward(&kernel)
    }
  }

  private var activation: seqk_activation {
    guard case .elman(let activation) = self else { return SEQK_TANH }
    return activation.kernel
  }

  /// The sizes of what both ways use.
  private func check(_ step: FusedStep) {
    let h = step.hidden.columns
    let n = step.hidden.rows
    let previous = step.previousHidden.rows
    precondition(step.gates.rows == n && step.gates.columns == gates * h, "gates of another size")
    switch self {
    case .elman: break
    case .lstm:
      guard let cell = step.cell else { preconditionFailure("an LSTM without a cell state") }
      let before = step.previousCell.map { $0.rows == previous && $0.columns == h && $0.isContiguous } ?? false
      precondition(
        [cell.state, cell.tanh].allSatisfy { $0.rows == n && $0.columns == h && $0.isContiguous }
          && (previous == 0 || before), "cell states of another size")
    case .gru:
      precondition(
        step.recurrentBias.map { $0.rows == 1 && $0.columns == 3 * h } == true
          && step.recurrent.map { $0.rows == n && $0.columns == 3 * h } == true, "a GRU without its recurrent part")
    }
  }
}
