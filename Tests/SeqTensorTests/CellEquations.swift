import CSeqKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What one step of each cell should compute, number by number: sums, gates and state as
/// docs/explanation/theory.md has them.
enum CellEquations {
  typealias Outputs = [StepOutput: [Rounded]]

  static func forward(_ trial: StepTrial) -> Outputs {
    let size = trial.size.hidden
    var outputs = Outputs()
    let keys = forwardOutputs(trial.cell)
    for key in keys { outputs[key] = empty(trial, columns: key == .gates ? trial.depth : size) }
    let x = trial.x
    let factors = Factors.of(trial.hPrevious, trial.u, planes: trial.planes)
    for r in 0..<trial.size.rows {
      for j in 0..<size {
        let places = (0..<trial.cell.gates).map { r * trial.depth + $0 * size + j }
        let sums = places.map { place in
          Rounded(
            trial.cell == .gru ? trial.bias[place % trial.depth] : x[place],
            addingProducts: r < trial.size.previous ? size : 0, of: factors, from: r * size,
            and: place % trial.depth * size)
        }
        let before = r < trial.size.previous ? r * size + j : nil
        switch trial.cell {
        case .elmanTanh, .elmanReLU, .elmanSigmoid:
          outputs[.h]?[r * size + j] = activation(trial.cell, sums[0])
        case .lstm:
          let (i, f, g, o) = (gateSigmoid(sums[0]), gateSigmoid(sums[1]), gateTanh(sums[2]), gateSigmoid(sums[3]))
          let c = i * g + f * (before.map { Rounded(trial.cPrevious[$0]) } ?? 0)
          let t = gateTanh(c)
          for (place, gate) in zip(places, [i, f, g, o]) { outputs[.gates]?[place] = gate }
          outputs[.cell]?[r * size + j] = c
          outputs[.tanhCell]?[r * size + j] = t
          outputs[.h]?[r * size + j] = o * t
        case .gru:
          let a = places.map { Rounded(x[$0]) }
          let reset = gateSigmoid(a[0] + sums[0])
          let z = gateSigmoid(a[1] + sums[1])
          let n = gateTanh(a[2] + reset * sums[2])
          for (place, gate) in zip(places, [reset, z, n]) { outputs[.gates]?[place] = gate }
          outputs[.recurrent]?[r * size + j] = sums[2]
          outputs[.h]?[r * size + j] = (1 - z) * n + z * (before.map { Rounded(trial.hPrevious[$0]) } ?? 0)
        }
      }
    }
    return outputs
  }

  /// From the activations that the trial has.
  static func backward(_ trial: StepTrial) -> Outputs {
    let size = trial.size.hidden
    var outputs: Outputs = [.gates: empty(trial, columns: trial.depth)]
    if trial.cell.gates > 1 { outputs[.carry] = empty(trial, columns: size) }
    if trial.cell == .gru { outputs[.recurrent] = empty(trial, columns: trial.depth) }
    let factors = Factors.of(trial.dNext, trial.u, planes: trial.planes)
    for r in 0..<trial.size.rows {
      for j in 0..<size {
        let places = (0..<trial.cell.gates).map { r * trial.depth + $0 * size + j }
        let unit = r * size + j
        let dh = Rounded(
          trial.dh[unit], addingProducts: r < trial.size.following ? trial.depth : 0, of: factors,
          from: r * trial.depth, and: j, by: size)
        let gate = places.map { Rounded(trial.gates[$0]) }
        let before = r < trial.size.previous ? unit : nil
        switch trial.cell {
        case .elmanTanh, .elmanReLU, .elmanSigmoid:
          outputs[.gates]?[unit] = dh * slope(trial.cell, Rounded(trial.h[unit]))
        case .lstm:
          let (i, f, g, o) = (gate[0], gate[1], gate[2], gate[3])
          let t = Rounded(trial.tanhC[unit])
          let dc = Rounded(trial.carry[unit]) + dh * o * (1 - t * t)
          let df = dc * (before.map { Rounded(trial.cPrevious[$0]) } ?? 0) * f * (1 - f)
          let gradients = [dc * g * i * (1 - i), df, dc * i * (1 - g * g), dh * t * o * (1 - o)]
          for (place, gradient) in zip(places, gradients) { outputs[.gates]?[place] = gradient }
          outputs[.carry]?[unit] = dc * f
        case .gru:
          let (reset, z, n) = (gate[0], gate[1], gate[2])
          let all = dh + Rounded(trial.carry[unit])
          let dn = all * (1 - z) * (1 - n * n)
          let dr = dn * Rounded(trial.recurrent[places[2]]) * reset * (1 - reset)
          let dz = all * ((before.map { Rounded(trial.hPrevious[$0]) } ?? 0) - n) * z * (1 - z)
          for (place, gradient) in zip(places, [dr, dz, dn]) { outputs[.gates]?[place] = gradient }
          for (place, gradient) in zip(places, [dr, dz, dn * reset]) { outputs[.recurrent]?[place] = gradient }
          outputs[.carry]?[unit] = all * z
        }
      }
    }
    return outputs
  }

  /// What a forward step writes.
  static func forwardOutputs(_ cell: StepCell) -> [StepOutput] {
    switch cell {
    case .elmanTanh, .elmanReLU, .elmanSigmoid: [.h]
    case .lstm: [.h, .gates, .cell, .tanhCell]
    case .gru: [.h, .gates, .recurrent]
    }
  }

  private static func empty(_ trial: StepTrial, columns: Int) -> [Rounded] {
    Array(repeating: 0, count: trial.size.rows * columns)
  }

  /// The accuracies that `ActivationTests` and `GateFunctionTests` show.
  private static func activation(_ cell: StepCell, _ x: Rounded) -> Rounded {
    switch cell {
    case .elmanReLU: x.applying({ max(0, $0) }, slope: 1, accuracy: 0)
    case .elmanSigmoid: x.applying(sigmoid, slope: 0.25, accuracy: 1.5e-7)
    default: x.applying({ tanh($0) }, slope: 1, accuracy: 2e-7)
    }
  }
  private static func gateTanh(_ x: Rounded) -> Rounded { x.applying({ tanh($0) }, slope: 1, accuracy: 4e-7) }
  private static func gateSigmoid(_ x: Rounded) -> Rounded { x.applying(sigmoid, slope: 0.25, accuracy: 2.1e-7) }

  /// f′ told from y = f(x).
  private static func slope(_ cell: StepCell, _ y: Rounded) -> Rounded {
    switch cell {
    case .elmanReLU: y.value > 0 ? 1 : 0
    case .elmanSigmoid: y * (1 - y)
    default: 1 - y * y
    }
  }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
