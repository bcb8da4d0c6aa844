import CSeqKernels
import SeqCore
import SeqTestSupport
import Testing

/// The gate functions of every level, forward and backward, against the equations in `CellEquations`.
///
/// Every hidden size from 1 to 67; the rows of a step, of which only the first have a predecessor.
@Suite struct CellKernelTests {
  static let activations = [SEQK_TANH, SEQK_RELU, SEQK_SIGMOID]

  @Test(arguments: KernelLevel.all)
  func `Elman: h = f(a), and da = dh f′(a)`(level: KernelLevel) {
    for hidden in everySize {
      for f in Self.activations {
        let trial = CellTrial(rows: 3, hidden: hidden, gates: 1)
        let gates = trial.matrix(trial.gates, columns: hidden)
        let h = trial.matrix(nil, columns: hidden)
        level.table.elman(3, hidden, f, gates.base, gates.stride, h.base, h.stride)
        let y = trial.gates.doubles.map { CellEquations.activation(f, $0) }
        #expect(largestError(of: h.values.doubles, from: y) < 3e-7 && gates.values == h.values, "\(hidden)")

        let dh = trial.matrix(trial.dHidden, columns: hidden)
        level.table.elman_backward(3, hidden, f, gates.base, gates.stride, dh.base, dh.stride)
        let expected = zip(trial.dHidden.doubles, y).map { $0 * CellEquations.slope(f, $1) }
        #expect(largestError(of: gates.values.doubles, from: expected) < 1e-6, "\(hidden)")
        #expect(gates.gapsAreUntouched && h.gapsAreUntouched && dh.values == trial.dHidden, "\(hidden)")
      }
    }
  }

  @Test(arguments: KernelLevel.all)
  func `LSTM forward, with fewer rows before`(level: KernelLevel) {
    for hidden in everySize {
      for previous in 0...3 {
        let trial = CellTrial(rows: 3, hidden: hidden, gates: 4)
        let run = LSTMRun(trial, previous: previous, level.table)
        for (found, expected) in zip(run.forward, CellEquations.lstm(trial, previous: previous)) {
          #expect(largestError(of: found.doubles, from: expected) < 1e-6, "\(hidden), \(previous) before")
        }
        #expect(run.gapsAreUntouched, "\(hidden)")
      }
    }
  }

  @Test(arguments: KernelLevel.all)
  func `LSTM backward, with fewer rows before`(level: KernelLevel) {
    for hidden in everySize {
      for previous in 0...3 {
        let trial = CellTrial(rows: 3, hidden: hidden, gates: 4)
        let run = LSTMRun(trial, previous: previous, level.table)
        let expected = CellEquations.lstmBackward(trial, previous: previous)
        #expect(largestError(of: run.dGates.doubles, from: expected.dGates) < 2e-6, "\(hidden), \(previous) before")
        #expect(largestError(of: run.dCell.doubles, from: expected.dCell) < 2e-6, "\(hidden), \(previous) before")
      }
    }
  }

  @Test(arguments: KernelLevel.all)
  func `GRU forward and backward`(level: KernelLevel) {
    for hidden in everySize {
      let trial = CellTrial(rows: 3, hidden: hidden, gates: 3)
      let gates = trial.matrix(trial.gates, columns: 3 * hidden)
      let recurrent = trial.matrix(trial.recurrent, columns: 3 * hidden)
      let previous = trial.matrix(trial.state, columns: hidden)
      let h = trial.matrix(nil, columns: hidden)
      level.table.gru(
        3, hidden, gates.base, gates.stride, recurrent.base, recurrent.stride, previous.base, previous.stride, h.base,
        h.stride)
      let expected = CellEquations.gru(trial)
      #expect(largestError(of: h.values.doubles, from: expected.hidden) < 1e-6, "\(hidden)")
      #expect(largestError(of: gates.values.doubles, from: expected.gates) < 1e-6, "\(hidden)")

      let dh = trial.matrix(trial.dHidden, columns: hidden)
      level.table.gru_backward(
        3, hidden, gates.base, gates.stride, recurrent.base, recurrent.stride, previous.base, previous.stride, dh.base,
        dh.stride)
      #expect(largestError(of: gates.values.doubles, from: expected.dGates) < 3e-6, "\(hidden)")
      #expect(largestError(of: recurrent.values.doubles, from: expected.dRecurrent) < 3e-6, "\(hidden)")
      #expect(largestError(of: dh.values.doubles, from: expected.dPrevious) < 2e-6, "\(hidden)")
      #expect([gates, recurrent, previous, h, dh].allSatisfy { $0.gapsAreUntouched }, "\(hidden)")
    }
  }

  @Test func `swapped gates are detected`() {
    var trial = CellTrial(rows: 3, hidden: 8, gates: 4)
    let run = LSTMRun(trial, previous: 3, KernelLevel.all[0].table)
    // i and f of the first row change places.
    trial.gates.replaceSubrange(0..<16, with: Array(trial.gates[8..<16] + trial.gates[0..<8]))
    let other = LSTMRun(trial, previous: 3, KernelLevel.all[0].table)
    #expect(largestError(of: other.forward[3].doubles, from: run.forward[3].doubles) > 1e-3)
    #expect(largestError(of: other.dGates.doubles, from: run.dGates.doubles) > 1e-3)
  }
}

/// Random inputs of one step of a cell: `rows` sequences.
struct CellTrial {
  let rows: Int
  let hidden: Int
  /// Pre-activations [rows, gates · hidden].
  var gates: [Float]
  /// U h(t−1) + b′ of a GRU [rows, gates · hidden].
  let recurrent: [Float]
  /// h(t−1) or c(t−1) [rows, hidden].
  let state: [Float]
  let dHidden: [Float]
  let dCell: [Float]

  init(rows: Int, hidden: Int, gates: Int) {
    var random = Seed(31).child("cell", hidden * 10 + gates).generator
    self.rows = rows
    self.hidden = hidden
    self.gates = random.floats(rows * gates * hidden, bound: 3)
    recurrent = random.floats(rows * gates * hidden, bound: 2)
    state = random.floats(rows * hidden)
    dHidden = random.floats(rows * hidden)
    dCell = random.floats(rows * hidden)
  }

  /// A matrix with gaps; NaN where there are no values yet.
  func matrix(_ values: [Float]?, columns: Int, gap: Int = 3) -> GuardedMatrix {
    GuardedMatrix(rows: rows, columns: columns, gap: gap, values: values)
  }
}

/// The LSTM kernels on one trial; its memories have no gaps, as the kernels want it.
private struct LSTMRun {
  /// Activations, c, tanh c, h.
  let forward: [[Float]]
  let dGates: [Float]
  let dCell: [Float]
  let gapsAreUntouched: Bool

  init(_ trial: CellTrial, previous: Int, _ table: seqk_table) {
    let n = trial.hidden
    let gates = trial.matrix(trial.gates, columns: 4 * n)
    let before = previous > 0 ? GuardedFloats(Array(trial.state.prefix(previous * n))) : nil
    let cell = trial.matrix(nil, columns: n, gap: 0)
    let tanhCell = trial.matrix(nil, columns: n, gap: 0)
    let h = trial.matrix(nil, columns: n)
    table.lstm(
      trial.rows, previous, n, gates.base, gates.stride, before?.base, cell.base, tanhCell.base, h.base, h.stride)
    forward = [gates.values, cell.values, tanhCell.values, h.values]

    let dh = trial.matrix(trial.dHidden, columns: n)
    let dc = trial.matrix(trial.dCell, columns: n, gap: 0)
    table.lstm_backward(
      trial.rows, previous, n, gates.base, gates.stride, before?.base, tanhCell.base, dh.base, dh.stride, dc.base)
    dGates = gates.values
    dCell = dc.values
    gapsAreUntouched = gates.gapsAreUntouched && h.gapsAreUntouched
  }
}
