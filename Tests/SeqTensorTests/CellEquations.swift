import CSeqKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What one step of each cell should compute, element by element in double precision.
enum CellEquations {
  static func activation(_ f: seqk_activation, _ x: Double) -> Double {
    f == SEQK_TANH ? tanh(x) : f == SEQK_SIGMOID ? sigmoid(x) : max(0, x)
  }

  /// f′ told from y = f(x).
  static func slope(_ f: seqk_activation, _ y: Double) -> Double {
    f == SEQK_TANH ? 1 - y * y : f == SEQK_SIGMOID ? y * (1 - y) : y > 0 ? 1 : 0
  }

  /// i, f, g, o [rows, 4H]; c, tanh c and h [rows, H]. c(t−1) is 0 from row `previous` on.
  static func lstm(_ trial: CellTrial, previous: Int) -> [[Double]] {
    let n = trial.hidden
    var gates = trial.gates.doubles
    var cell: [Double] = []
    var hidden: [Double] = []
    for r in 0..<trial.rows {
      for j in 0..<n {
        let first = r * 4 * n + j
        gates[first] = sigmoid(gates[first])
        gates[first + n] = sigmoid(gates[first + n])
        gates[first + 2 * n] = tanh(gates[first + 2 * n])
        gates[first + 3 * n] = sigmoid(gates[first + 3 * n])
        let before = r < previous ? Double(trial.state[r * n + j]) : 0
        cell.append(gates[first + n] * before + gates[first] * gates[first + 2 * n])
        hidden.append(gates[first + 3 * n] * tanh(cell[cell.count - 1]))
      }
    }
    return [gates, cell, cell.map { tanh($0) }, hidden]
  }

  /// The gradients of the pre-activations and of c(t−1): the chain rule, one factor a line.
  static func lstmBackward(_ trial: CellTrial, previous: Int) -> (dGates: [Double], dCell: [Double]) {
    let n = trial.hidden
    let forward = lstm(trial, previous: previous)
    var dGates = [Double](repeating: 0, count: trial.rows * 4 * n)
    var dCell = [Double](repeating: 0, count: trial.rows * n)
    for e in 0..<trial.rows * n {
      let (r, j) = (e / n, e % n)
      let gate = (0..<4).map { forward[0][(r * 4 + $0) * n + j] }
      let before = r < previous ? Double(trial.state[e]) : 0
      let dh = Double(trial.dHidden[e])
      let tanhCell = forward[2][e]
      let dc = Double(trial.dCell[e]) + dh * gate[3] * (1 - tanhCell * tanhCell)
      let slopes = [0, 1, 3].map { gate[$0] * (1 - gate[$0]) }
      dGates[(r * 4 + 0) * n + j] = dc * gate[2] * slopes[0]
      dGates[(r * 4 + 1) * n + j] = dc * before * slopes[1]
      dGates[(r * 4 + 2) * n + j] = dc * gate[0] * (1 - gate[2] * gate[2])
      dGates[(r * 4 + 3) * n + j] = dh * tanhCell * slopes[2]
      dCell[e] = dc * gate[1]
    }
    return (dGates, dCell)
  }

  struct GRU {
    var gates: [Double]
    var hidden: [Double] = []
    var dGates: [Double]
    var dRecurrent: [Double]
    /// The direct part of ∂L/∂h(t−1).
    var dPrevious: [Double] = []
  }

  /// r, z, n and h, and their gradients.
  static func gru(_ trial: CellTrial) -> GRU {
    let size = trial.hidden
    let zeros = [Double](repeating: 0, count: trial.rows * 3 * size)
    var result = GRU(gates: zeros, dGates: zeros, dRecurrent: zeros)
    for e in 0..<trial.rows * size {
      let at = (0..<3).map { (e / size * 3 + $0) * size + e % size }
      let a = at.map { Double(trial.gates[$0]) }
      let u = at.map { Double(trial.recurrent[$0]) }
      let before = Double(trial.state[e])
      let dh = Double(trial.dHidden[e])
      let r = sigmoid(a[0] + u[0])
      let z = sigmoid(a[1] + u[1])
      let n = tanh(a[2] + r * u[2])
      let dn = dh * (1 - z) * (1 - n * n)
      let dr = dn * u[2] * r * (1 - r)
      let dz = dh * (before - n) * z * (1 - z)
      for (place, (gate, (dGate, dRecurrent))) in zip(at, zip([r, z, n], [(dr, dr), (dz, dz), (dn, dn * r)])) {
        result.gates[place] = gate
        result.dGates[place] = dGate
        result.dRecurrent[place] = dRecurrent
      }
      result.hidden.append((1 - z) * n + z * before)
      result.dPrevious.append(dh * z)
    }
    return result
  }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
