import SeqTestSupport
import Testing

/// The backward equations are the derivatives of the forward ones: what the kernels are compared with must be right itself.
@Suite struct CellEquationsTests {
  @Test(arguments: StepCell.allCases)
  func `gradients are finite differences of the step`(cell: StepCell) {
    let trial = consistent(StepTrial(cell, StepSize(rows: 4, previous: 3, following: 2, hidden: 3)))
    let gradient = CellEquations.backward(trial).mapValues { $0.map(\.value) }
    let dGates = gradient[.gates] ?? []
    #expect(largestError(of: differences(trial, \.table), from: dGates) < 1e-5)
    let carry = gradient[.carry] ?? []
    if cell == .lstm {
      #expect(largestError(of: differences(trial, \.cPrevious), from: Array(carry.prefix(9))) < 1e-5)
    }
    // ∂L/∂h(t−1) by U, and of a GRU by what passes the gates.
    let dRecurrent = cell == .gru ? gradient[.recurrent] ?? [] : dGates
    let dPrevious = (0..<9).map { unit in
      (0..<trial.depth).reduce(cell == .gru ? carry[unit] : 0) {
        $0 + dRecurrent[unit / 3 * trial.depth + $1] * Double(trial.u[$1 * 3 + unit % 3])
      }
    }
    #expect(largestError(of: differences(trial, \.hPrevious), from: dPrevious) < 1e-5)
  }

  @Test func `a bound grows with the operations, and covers the same sum in single precision`() {
    let (x, y) = (Rounded(0.1), Rounded(0.7))
    #expect(x.error == 0 && (x * y).error > 0 && (x * y + x).error > (x * y).error)
    let numbers: [Float] = (1...50).map { 1 / Float($0) }
    let sum = Rounded(2, addingProducts: 50, of: numbers, from: 0, and: numbers, from: 0)
    let found = numbers.reduce(2) { $0 + $1 * $1 }
    #expect(worstExcess(of: [found], from: [sum]) < 1 && worstExcess(of: [found + 1e-4], from: [sum]) > 1)
    #expect(worstExcess(of: [.nan], from: [sum]) == .infinity && worstExcess(of: [], from: [sum]) == .infinity)
  }

  /// Each sequence with its own row of input, and what the step leaves behind in the place of what was drawn.
  private func consistent(_ drawn: StepTrial) -> StepTrial {
    var trial = drawn
    trial.table = Array(trial.table.prefix(trial.size.rows * trial.depth))
    trial.index = (0..<Int32(trial.size.rows)).map { $0 }
    let step = CellEquations.forward(trial).mapValues { $0.map { Float($0.value) } }
    trial.h = step[.h] ?? []
    trial.gates = step[.gates] ?? []
    if trial.cell.gates == 1 { trial.gates = trial.h }
    trial.tanhC = step[.tanhCell] ?? []
    for (i, value) in (step[.recurrent] ?? []).enumerated() {
      let (row, unit) = (i / trial.size.hidden, i % trial.size.hidden)
      trial.recurrent[row * trial.depth + 2 * trial.size.hidden + unit] = value
    }
    return trial
  }

  /// A loss whose gradients are the ones that the trial has come back with: Σ h · (dh + Uᵀ dNext), and the carry times
  /// the cell state or, in a GRU, the hidden state.
  private func loss(_ trial: StepTrial) -> Double {
    let step = CellEquations.forward(trial)
    let size = trial.size.hidden
    return trial.dh.indices.reduce(0) { sum, unit in
      var dh = Double(trial.dh[unit]) + (trial.cell == .gru ? Double(trial.carry[unit]) : 0)
      if unit / size < trial.size.following {
        for d in 0..<trial.depth {
          dh += Double(trial.dNext[unit / size * trial.depth + d]) * Double(trial.u[d * size + unit % size])
        }
      }
      return sum + dh * (step[.h]?[unit].value ?? 0) + Double(trial.carry[unit]) * (step[.cell]?[unit].value ?? 0)
    }
  }

  private func differences(_ trial: StepTrial, _ input: WritableKeyPath<StepTrial, [Float]>) -> [Double] {
    trial[keyPath: input].indices.map { i in
      var (above, below) = (trial, trial)
      above[keyPath: input][i] += 0x1p-10
      below[keyPath: input][i] -= 0x1p-10
      let distance = Double(above[keyPath: input][i]) - Double(below[keyPath: input][i])
      return (loss(above) - loss(below)) / distance
    }
  }
}
