import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A cell that only a test knows: any cell in plain Swift over matrices works in the same sweep.
@Suite struct PlainCellTests {
  private let configuration = LayerConfiguration(cell: .lstm, layers: 2, isBidirectional: true, pooling: .attention)

  @Test func `an LSTM in plain Swift has the gradients of the reference`() {
    let check = LayerCheck(configuration, seed: Seed(73))
    for difference in check.differences(cell: PlainLSTMCell(mistake: nil)) {
      #expect(difference.relativeError < 5e-5, "\(difference.name)")
    }
  }

  /// The check must be able to fail: each mistake in the backward sweep is seen in a weight's gradient, though the
  /// loss is right.
  @Test(arguments: PlainLSTMCell.Mistake.allCases)
  func `a mistake in the backward sweep is detected`(mistake: PlainLSTMCell.Mistake) {
    let sizes = LayerSizes(input: 3, hidden: 4, classes: 3, lengths: [5, 3, 1])
    let check = LayerCheck(configuration, sizes: sizes, seed: Seed(73))
    let differences = check.differences(cell: PlainLSTMCell(mistake: mistake))
    #expect(differences[0].name == "loss" && differences[0].relativeError < 5e-5)
    #expect(differences.contains { $0.relativeError > 1e-3 })
  }
}

/// An LSTM element by element, with a mistake if one is asked for.
struct PlainLSTMCell: RecurrentCell {
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
  var carriesHidden: Bool { false }

  func forward(_ step: CellStep) {
    let size = step.hidden.columns
    let (cell, tanhCell) = (step.memory(0), step.memory(1))
    for r in 0..<step.hidden.rows {
      for j in 0..<size {
        for gate in [0, 1, 3] { step.gates[r, gate * size + j] = 1 / (1 + exp(-step.gates[r, gate * size + j])) }
        step.gates[r, 2 * size + j] = tanh(step.gates[r, 2 * size + j])
        let kept = step.gates[r, size + j] * previousCell(step, r, j)
        cell[r, j] = kept + step.gates[r, j] * step.gates[r, 2 * size + j]
        tanhCell[r, j] = tanh(cell[r, j])
        step.hidden[r, j] = step.gates[r, 3 * size + j] * tanhCell[r, j]
      }
    }
  }

  func backward(_ step: CellStep, dHidden: Matrix, dMemory: Matrix) {
    let size = step.hidden.columns
    let tanhCell = step.memory(1)
    for r in 0..<step.hidden.rows {
      for j in 0..<size {
        let (i, f) = (step.gates[r, j], step.gates[r, size + j])
        let (g, o) = (step.gates[r, 2 * size + j], step.gates[r, 3 * size + j])
        let (dh, t) = (dHidden[r, j], tanhCell[r, j])
        let dc = (mistake == .forgottenCell ? 0 : dMemory[r, j]) + dh * o * (1 - t * t)
        let di = dc * g * i * (1 - i)
        let df = dc * previousCell(step, r, j) * f * (1 - f)
        step.gates[r, j] = mistake == .swappedGates ? df : di
        step.gates[r, size + j] = mistake == .swappedGates ? di : df
        step.gates[r, 2 * size + j] = dc * i * (1 - g * g) * (mistake == .onePercent ? 1.01 : 1)
        step.gates[r, 3 * size + j] = dh * t * o * (1 - o)
        dMemory[r, j] = dc * f
      }
    }
  }

  private func previousCell(_ step: CellStep, _ row: Int, _ unit: Int) -> Float {
    guard let previous = step.previousMemory(0), row < previous.rows else { return 0 }
    return previous[row, unit]
  }
}
