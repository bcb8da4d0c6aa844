import SeqLayers
import SeqTensor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An LSTM element by element, with a mistake if one is asked for.
struct PlainLSTMCell: PlainCell {
  enum Mistake: CaseIterable, Sendable {
    /// ∂L/∂c(t) does not come back from step t + 1.
    case forgottenCell
    /// i and f change places in the gradient.
    case swappedGates
    /// One gate's gradient is 1 % too large.
    case onePercent
  }

  let mistake: Mistake?
  var gates: [String] { ["i", "f", "g", "o"] }
  var memories: Int { 2 }
  var keepsRecurrentProduct: Bool { false }

  func activate(_ step: CellStep) {
    let size = step.hidden.columns
    let (cell, tanhCell) = (step.memory(0), step.memory(1))
    for r in 0..<step.hidden.rows {
      for j in 0..<size {
        for gate in [0, 1, 3] { step.gates[r, gate * size + j] = sigmoid(step.gates[r, gate * size + j]) }
        step.gates[r, 2 * size + j] = tanh(step.gates[r, 2 * size + j])
        let kept = step.gates[r, size + j] * previousCell(step, r, j)
        cell[r, j] = kept + step.gates[r, j] * step.gates[r, 2 * size + j]
        tanhCell[r, j] = tanh(cell[r, j])
        step.hidden[r, j] = step.gates[r, 3 * size + j] * tanhCell[r, j]
      }
    }
  }

  func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient) {
    let carry = gradient.carry
    let size = step.hidden.columns
    let tanhCell = step.memory(1)
    for r in 0..<step.hidden.rows {
      for j in 0..<size {
        let (i, f) = (step.gates[r, j], step.gates[r, size + j])
        let (g, o) = (step.gates[r, 2 * size + j], step.gates[r, 3 * size + j])
        let (dh, t) = (dHidden[r, j], tanhCell[r, j])
        let dc = (mistake == .forgottenCell ? 0 : carry[r, j]) + dh * o * (1 - t * t)
        let di = dc * g * i * (1 - i)
        let df = dc * previousCell(step, r, j) * f * (1 - f)
        step.gates[r, j] = mistake == .swappedGates ? df : di
        step.gates[r, size + j] = mistake == .swappedGates ? di : df
        step.gates[r, 2 * size + j] = dc * i * (1 - g * g) * (mistake == .onePercent ? 1.01 : 1)
        step.gates[r, 3 * size + j] = dh * t * o * (1 - o)
        carry[r, j] = dc * f
      }
    }
  }

  private func previousCell(_ step: CellStep, _ row: Int, _ unit: Int) -> Float {
    guard let previous = step.previousMemory(0), row < previous.rows else { return 0 }
    return previous[row, unit]
  }
}

/// A GRU element by element: it needs U h(t−1) + b′ on its own, and carries the part of ∂L/∂h that passes by the gates.
struct PlainGRUCell: PlainCell {
  enum Mistake: CaseIterable, Sendable {
    /// The direct part of ∂L/∂h(t) does not come back from step t + 1.
    case forgottenState
    /// The gradient of U h(t−1) + b′ is that of W x + b.
    case sameGradient
  }

  let mistake: Mistake?
  var gates: [String] { ["r", "z", "n"] }
  var memories: Int { 0 }
  var keepsRecurrentProduct: Bool { true }

  func activate(_ step: CellStep) {
    let size = step.hidden.columns
    for row in 0..<step.hidden.rows {
      for j in 0..<size {
        for gate in 0..<2 {
          let place = gate * size + j
          step.gates[row, place] = sigmoid(step.gates[row, place] + step.recurrent[row, place])
        }
        let (r, z) = (step.gates[row, j], step.gates[row, size + j])
        let n = tanh(step.gates[row, 2 * size + j] + r * step.recurrent[row, 2 * size + j])
        step.gates[row, 2 * size + j] = n
        step.hidden[row, j] = (1 - z) * n + z * previousHidden(step, row, j)
      }
    }
  }

  func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient) {
    let carry = gradient.carry
    let size = step.hidden.columns
    for row in 0..<step.hidden.rows {
      for j in 0..<size {
        let (r, z, n) = (step.gates[row, j], step.gates[row, size + j], step.gates[row, 2 * size + j])
        let dh = dHidden[row, j] + (mistake == .forgottenState ? 0 : carry[row, j])
        let dn = dh * (1 - z) * (1 - n * n)
        let dr = dn * step.recurrent[row, 2 * size + j] * r * (1 - r)
        let dz = dh * (previousHidden(step, row, j) - n) * z * (1 - z)
        for (gate, gradient) in [dr, dz, dn].enumerated() {
          step.gates[row, gate * size + j] = gradient
          step.recurrent[row, gate * size + j] = gradient
        }
        if mistake != .sameGradient { step.recurrent[row, 2 * size + j] = dn * r }
        carry[row, j] = dh * z
      }
    }
  }

  private func previousHidden(_ step: CellStep, _ row: Int, _ unit: Int) -> Float {
    row < step.previousHidden.rows ? step.previousHidden[row, unit] : 0
  }
}

private func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }
