import CSeqKernels

/// Where a step finds W x + b.
enum StepInput: Sendable, CaseIterable {
  /// In a matrix of its own, in the place where the activations go, or in rows of a table that an index names.
  case apart, inPlace, gathered
}

/// The kernels of a cell on one trial, in memory with gaps and guards.
struct StepRun {
  var outputs: [StepOutput: [Float]] = [:]
  /// Whether nothing has been written where nothing should be.
  private(set) var isClean = true

  static func forward(_ trial: StepTrial, _ input: StepInput, _ table: seqk_table) -> StepRun {
    let size = trial.size
    let source = trial.source(input)
    let index = Guarded(trial.index)
    let gates = input == .inPlace ? source : trial.matrix(nil, columns: trial.depth)
    let h = trial.matrix(nil, columns: size.hidden, gap: 5)
    let recurrent = trial.matrix(nil, columns: trial.depth, gap: 2)
    let (cell, tanhCell) = (
      trial.matrix(nil, columns: size.hidden, gap: 0), trial.matrix(nil, columns: size.hidden, gap: 0)
    )
    let previous = trial.matrix(trial.hPrevious, rows: size.previous, columns: size.hidden, gap: 4)
    let (bias, cPrevious) = (Guarded(trial.bias), Guarded(trial.cPrevious))
    let u = Guarded(trial.packedGates(table))
    let (isLSTM, isGRU, isFirst) = (trial.cell == .lstm, trial.cell == .gru, size.previous == 0)
    var step = seqk_cell_step(
      rows: size.rows, previous: size.previous, hidden: size.hidden, x: source.base, ldx: source.stride,
      index: input == .gathered ? UnsafePointer(index.base) : nil, u: isFirst ? nil : UnsafePointer(u.base),
      bias: isGRU ? UnsafePointer(bias.base) : nil, h_previous: isFirst ? nil : UnsafePointer(previous.base),
      ldp: previous.stride, h_direct: isFirst ? nil : UnsafePointer(previous.base), ldd: previous.stride, h: h.base,
      ldh: h.stride, gates: gates.base, ldg: gates.stride,
      recurrent: isGRU ? recurrent.base : nil, ldr: recurrent.stride,
      c_previous: isLSTM && !isFirst ? UnsafePointer(cPrevious.base) : nil, c: isLSTM ? cell.base : nil,
      tanh_c: isLSTM ? tanhCell.base : nil, activation: trial.cell.activation)
    switch trial.cell {
    case .elmanTanh, .elmanReLU, .elmanSigmoid: table.elman(&step)
    case .lstm: table.lstm(&step)
    case .gru: table.gru(&step)
    }
    var run = StepRun()
    for output in CellEquations.forwardOutputs(trial.cell) {
      run.outputs[output] =
        switch output {
        case .h: h.values
        case .gates: gates.values
        case .cell: cell.values
        case .tanhCell: tanhCell.values
        default: recurrent.columns(2 * size.hidden..<3 * size.hidden)
        }
    }
    run.isClean =
      [gates, h, recurrent].allSatisfy { $0.gapsAreUntouched } && previous.values == trial.hPrevious
      && (input != .apart || source.values == trial.x) && bias.values == trial.bias
      && cPrevious.values == trial.cPrevious && (trial.cell.gates > 1 || trial.leftAlone(gates, input))
    return run
  }

  static func backward(_ trial: StepTrial, _ table: seqk_table) -> StepRun {
    let size = trial.size
    let dh = trial.matrix(trial.dh, columns: size.hidden)
    let dNext = trial.matrix(trial.dNext, rows: size.following, columns: trial.depth, gap: 4)
    let carry = trial.matrix(trial.carry, columns: size.hidden, gap: 0)
    // An Elman cell's gradient replaces whatever is there; it reads h alone.
    let gates = trial.matrix(trial.cell.gates > 1 ? trial.gates : nil, columns: trial.depth, gap: 2)
    let recurrent = trial.matrix(trial.recurrentLeftBehind, columns: trial.depth, gap: 5)
    let h = trial.matrix(trial.h, columns: size.hidden, gap: 1)
    let previous = trial.matrix(trial.hPrevious, rows: size.previous, columns: size.hidden)
    let (cPrevious, tanhC) = (Guarded(trial.cPrevious), Guarded(trial.tanhC))
    let u = Guarded(trial.packedPanels(table))
    let (isLSTM, isGRU, isElman) = (trial.cell == .lstm, trial.cell == .gru, trial.cell.gates == 1)
    let (isFirst, isLast) = (size.previous == 0, size.following == 0)
    var step = seqk_cell_gradient(
      rows: size.rows, previous: size.previous, following: size.following, hidden: size.hidden, depth: trial.depth,
      dh: dh.base, lddh: dh.stride, d_next: isLast ? nil : UnsafePointer(dNext.base), ldn: dNext.stride,
      u: isLast ? nil : UnsafePointer(u.base), carry: isElman ? nil : carry.base, gates: gates.base, ldg: gates.stride,
      recurrent: isGRU ? recurrent.base : nil, ldr: recurrent.stride, h: isElman ? UnsafePointer(h.base) : nil,
      ldh: h.stride, h_previous: isGRU && !isFirst ? UnsafePointer(previous.base) : nil, ldp: previous.stride,
      c_previous: isLSTM && !isFirst ? UnsafePointer(cPrevious.base) : nil,
      tanh_c: isLSTM ? UnsafePointer(tanhC.base) : nil, activation: trial.cell.activation)
    switch trial.cell {
    case .elmanTanh, .elmanReLU, .elmanSigmoid: table.elman_backward(&step)
    case .lstm: table.lstm_backward(&step)
    case .gru: table.gru_backward(&step)
    }
    var run = StepRun()
    run.outputs[.gates] = gates.values
    if !isElman { run.outputs[.carry] = carry.values }
    if isGRU { run.outputs[.recurrent] = recurrent.values }
    run.isClean =
      [gates, recurrent].allSatisfy { $0.gapsAreUntouched } && dh.values == trial.dh && dNext.values == trial.dNext
      && h.values == trial.h && previous.values == trial.hPrevious && cPrevious.values == trial.cPrevious
      && tanhC.values == trial.tanhC
    return run
  }

  /// The greatest error as a multiple of what is allowed; infinite if something is missing or was written to.
  func excess(from expected: [StepOutput: [Rounded]]) -> Double {
    guard isClean, Set(outputs.keys) == Set(expected.keys) else { return .infinity }
    return expected.reduce(0) { max($0, worstExcess(of: outputs[$1.key] ?? [], from: $1.value)) }
  }
}

extension StepTrial {
  /// A matrix with gaps, one row a sequence unless told; NaN where there are no values yet.
  fileprivate func matrix(_ values: [Float]?, rows: Int? = nil, columns: Int, gap: Int = 3) -> GuardedMatrix {
    GuardedMatrix(rows: rows ?? size.rows, columns: columns, gap: gap, values: values)
  }

  /// W x + b of the rows, or the table with NaN in all rows that no sequence takes.
  fileprivate func source(_ input: StepInput) -> GuardedMatrix {
    guard input == .gathered else { return matrix(x, columns: depth) }
    let rows = size.rows + 3
    let named = Set(index.map(Int.init))
    let values = table.indices.map { named.contains($0 / depth) ? table[$0] : .nan }
    return matrix(values, rows: rows, columns: depth)
  }

  /// An Elman cell has no activations beside h, so that its forward step writes h alone.
  fileprivate func leftAlone(_ gates: GuardedMatrix, _ input: StepInput) -> Bool {
    input == .inPlace ? gates.values == x : gates.values.allSatisfy { $0.isNaN }
  }

  /// What the forward step leaves of a GRU's recurrent part: the third part, beside NaN.
  fileprivate var recurrentLeftBehind: [Float] {
    recurrent.indices.map { $0 % depth < 2 * size.hidden ? .nan : recurrent[$0] }
  }

  fileprivate func packedGates(_ table: seqk_table) -> [Float] {
    let matrix = GuardedMatrix(rows: depth, columns: size.hidden, gap: 1, values: u)
    return pack(gates: cell.gates, table, size.hidden, size.hidden, matrix)
  }

  fileprivate func packedPanels(_ table: seqk_table) -> [Float] {
    let matrix = GuardedMatrix(rows: depth, columns: size.hidden, gap: 1, values: u)
    return pack(table, depth, size.hidden, matrix, transposed: false)
  }
}
