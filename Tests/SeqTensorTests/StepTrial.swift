import CSeqKernels
import SeqCore
import SeqTestSupport
import Testing

/// The cells that have a kernel for their step.
enum StepCell: Sendable, CaseIterable, CustomTestStringConvertible {
  case elmanTanh, elmanReLU, elmanSigmoid, lstm, gru

  var gates: Int {
    switch self {
    case .elmanTanh, .elmanReLU, .elmanSigmoid: 1
    case .lstm: 4
    case .gru: 3
    }
  }

  /// Which gates lie in (−1, 1); the others lie in (0, 1).
  var tanhGates: [Bool] {
    switch self {
    case .elmanTanh: [true]
    case .elmanReLU, .elmanSigmoid: [false]
    case .lstm: [false, false, true, false]
    case .gru: [false, false, true]
    }
  }

  var activation: seqk_activation {
    switch self {
    case .elmanReLU: SEQK_RELU
    case .elmanSigmoid: SEQK_SIGMOID
    default: SEQK_TANH
    }
  }

  var testDescription: String { "\(self)" }
}

/// A step on `rows` sequences, of which the first `previous` ran at the step before and the first `following` will run
/// at the step after.
struct StepSize: Sendable, CustomStringConvertible {
  var rows: Int
  var previous: Int
  var following: Int
  var hidden: Int

  var description: String { "\(rows) rows, \(previous) before, \(following) after, \(hidden) units" }

  /// Every number of units with drawn rows and with a single one, which has a way of its own; every number of rows with
  /// every number before and after; and some of several panels and blocks.
  static let all: [StepSize] = {
    var random = Seed(301).generator
    var sizes = [
      StepSize(rows: 31, previous: 29, following: 13, hidden: 130),
      StepSize(rows: 7, previous: 7, following: 7, hidden: 193),
    ]
    for hidden in everySize {
      sizes.append(StepSize(rows: 1, previous: 1, following: hidden % 2, hidden: hidden))
      for _ in 0..<4 {
        let rows = random.integer(in: 0...17)
        sizes.append(
          StepSize(
            rows: rows, previous: random.integer(in: 0...rows), following: random.integer(in: 0...rows),
            hidden: hidden))
      }
    }
    let others = [1, 2, 4, 7, 8, 15, 16, 17, 31, 32, 33, 48, 64, 65, 67]
    for rows in 0...17 {
      for previous in 0...rows {
        let hidden = others[random.index(below: others.count)]
        sizes.append(StepSize(rows: rows, previous: previous, following: rows - previous, hidden: hidden))
      }
    }
    return sizes
  }()
}

/// Random numbers for one step of a cell, forth and back. G is the number of gates.
struct StepTrial {
  let cell: StepCell
  var size: StepSize
  /// See `KernelLevel.planes`.
  let planes: Int
  /// Rows of W x + b [·, G · hidden], and the one that each sequence takes.
  var table: [Float]
  var index: [Int32]
  /// U [G · hidden, hidden]
  let u: [Float]
  /// GRU: b′ [G · hidden]; else empty.
  let bias: [Float]
  /// h(t−1) and c(t−1) [previous, hidden]
  var hPrevious, cPrevious: [Float]

  /// ∂L/∂h(t) from above [rows, hidden]; of the step after, ∂L/∂(U h(t) + b′) [following, G · hidden]; and what else
  /// passes from there [rows, hidden].
  var dh, dNext, carry: [Float]
  /// What a step has left behind: activations and recurrent part [rows, G · hidden], h(t) and tanh c(t) [rows, hidden].
  var gates, recurrent, h, tanhC: [Float]

  init(_ cell: StepCell, _ size: StepSize, planes: Int = 0) {
    let seed = Seed(307).child("\(cell)", size.hidden).child("rows", size.rows)
    var random = seed.child("previous", size.previous).child("following", size.following).generator
    let (units, depth) = (size.rows * size.hidden, cell.gates * size.hidden)
    // So that the sums are neither lost beside W x + b nor drive all gates to their ends.
    let scale = 3 / Float(max(1, size.hidden)).squareRoot()
    self.cell = cell
    self.size = size
    self.planes = planes
    let rows = size.rows + 3
    table = random.floats(rows * depth, bound: 2)
    index = (0..<size.rows).map { _ in Int32(random.index(below: rows)) }
    u = random.floats(depth * size.hidden, bound: scale)
    bias = cell == .gru ? random.floats(depth) : []
    hPrevious = random.floats(size.previous * size.hidden)
    cPrevious = random.floats(size.previous * size.hidden, bound: 2)
    dh = random.floats(units)
    dNext = random.floats(size.following * depth)
    carry = random.floats(units)
    let isTanh = cell.tanhGates
    gates = random.floats(size.rows * depth)
    for i in gates.indices where !isTanh[i % depth / size.hidden] { gates[i] = (gates[i] + 1) / 2 }
    recurrent = random.floats(size.rows * depth, bound: 2)
    // An Elman cell's activations are its states; those of a ReLU are 0 for the half.
    h = cell.gates > 1 ? random.floats(units) : cell == .elmanReLU ? random.floats(units).map { max(0, $0) } : gates
    tanhC = random.floats(units)
  }

  /// The first so many sequences alone.
  func prefix(_ rows: Int) -> StepTrial {
    var trial = self
    trial.size.rows = rows
    trial.size.previous = min(rows, size.previous)
    trial.size.following = min(rows, size.following)
    trial.index = Array(index.prefix(rows))
    for path in [\StepTrial.hPrevious, \.cPrevious] {
      trial[keyPath: path] = Array(self[keyPath: path].prefix(trial.size.previous * size.hidden))
    }
    for path in [\StepTrial.dh, \.carry, \.h, \.tanhC] {
      trial[keyPath: path] = Array(self[keyPath: path].prefix(rows * size.hidden))
    }
    for path in [\StepTrial.gates, \.recurrent] {
      trial[keyPath: path] = Array(self[keyPath: path].prefix(rows * depth))
    }
    trial.dNext = Array(dNext.prefix(trial.size.following * depth))
    return trial
  }

  /// G · hidden.
  var depth: Int { cell.gates * size.hidden }

  /// W x + b of each sequence [rows, G · hidden].
  var x: [Float] { index.flatMap { table[Int($0) * depth..<(Int($0) + 1) * depth] } }
}

/// The results of a step, in either direction.
enum StepOutput: Sendable, Hashable {
  case h, gates, cell, tanhCell, carry
  /// Forward, the third part alone.
  case recurrent
}
