/// One step of a recurrent cell, as its equations say it. `ih` is W x(t) + b and `hh` is U h(t−1) + b′, both with one
/// block of H rows a gate, in PyTorch's order.
package enum ReferenceCell: String, Sendable, CaseIterable {
  case elmanTanh = "elman-tanh"
  case elmanReLU = "elman-relu"
  case elmanSigmoid = "elman-sigmoid"
  case lstm, gru

  /// Blocks of H rows in W, U, b and b′.
  package var gates: Int {
    switch self {
    case .elmanTanh, .elmanReLU, .elmanSigmoid: 1
    case .lstm: 4
    case .gru: 3
    }
  }

  /// The state after a step.
  func step(ih: Vector, hh: Vector, state: ReferenceState) -> ReferenceState {
    let unit = state.hidden.indices
    switch self {
    case .elmanTanh: return ReferenceState(hidden: unit.map { tanhOf(ih[$0] + hh[$0]) }, cell: [])
    case .elmanReLU: return ReferenceState(hidden: unit.map { max(0, ih[$0] + hh[$0]) }, cell: [])
    case .elmanSigmoid: return ReferenceState(hidden: unit.map { sigmoid(ih[$0] + hh[$0]) }, cell: [])
    case .lstm: return lstmStep(sum(ih, hh), state)
    case .gru: return gruStep(ih, hh, state)
    }
  }

  /// With a = W x + b + U h(t−1) + b′ cut into a_i, a_f, a_g, a_o:
  ///
  ///     i = σ(a_i)   f = σ(a_f)   g = tanh(a_g)   o = σ(a_o)
  ///     c(t) = f c(t−1) + i g     h(t) = o tanh(c(t))
  private func lstmStep(_ a: Vector, _ state: ReferenceState) -> ReferenceState {
    let size = state.hidden.count
    var next = state
    for j in 0..<size {
      let i = sigmoid(a[j])
      let f = sigmoid(a[size + j])
      let g = tanhOf(a[2 * size + j])
      let o = sigmoid(a[3 * size + j])
      next.cell[j] = f * state.cell[j] + i * g
      next.hidden[j] = o * tanhOf(next.cell[j])
    }
    return next
  }

  /// With the rows of `ih` and `hh` cut into r, z, n:
  ///
  ///     r = σ(ih_r + hh_r)   z = σ(ih_z + hh_z)   n = tanh(ih_n + r hh_n)
  ///     h(t) = (1 − z) n + z h(t−1)
  private func gruStep(_ ih: Vector, _ hh: Vector, _ state: ReferenceState) -> ReferenceState {
    let size = state.hidden.count
    var next = state
    for j in 0..<size {
      let r = sigmoid(ih[j] + hh[j])
      let z = sigmoid(ih[size + j] + hh[size + j])
      let n = tanhOf(ih[2 * size + j] + r * hh[2 * size + j])
      next.hidden[j] = (1 - z) * n + z * state.hidden[j]
    }
    return next
  }
}

/// What a cell carries from step to step.
package struct ReferenceState: Sendable {
  package var hidden: Vector
  /// c of an LSTM; other cells ignore it.
  package var cell: Vector

  /// The state before the first step.
  package init(size: Int) { self.init(hidden: Vector(repeating: 0, count: size), cell: Vector(repeating: 0, count: size)) }

  package init(hidden: Vector, cell: Vector) {
    self.hidden = hidden
    self.cell = cell
  }
}
