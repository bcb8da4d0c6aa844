package import SeqTensor

/// A client's cell, as the sweeps see it.
///
/// Behind the memories of the client's there are h(t−1) and, if memory 0 is carried, that of the step before, with zeros for
/// sequences that begin: so a client does not see which rows continue. The carry holds ∂L/∂ memory 0, if it is carried, and
/// the part of ∂L/∂h that does not go through U.
package struct OwnCell: PlainCell {
  package let cell: any CustomCell
  package let gates: [String]
  package let recurrentGates: Int
  package let carriesMemory: Bool
  package let scratches: Int
  private let weights: [CellWeight]
  private let ownMemories: Int

  package init(_ cell: any CustomCell) {
    self.cell = cell
    (gates, recurrentGates, weights) = (cell.gates, cell.recurrentGates, cell.weights)
    (ownMemories, carriesMemory, scratches) = (cell.memories, cell.carriesMemory, cell.scratches)
  }

  package var biases: CellBiases { .input }
  package var memories: Int { ownMemories + (carriesMemory ? 2 : 1) }
  package var carriesHiddenGradient: Bool { !carriesMemory }
  package func carryColumns(hidden: Int) -> Int { carriesMemory ? 2 * hidden : hidden }
  package func carriedHidden(hidden: Int) -> Range<Int>? { carriesMemory ? hidden..<2 * hidden : 0..<hidden }

  package func parameters(_ sizes: CellSizes) -> [CellParameter] {
    weights.map { weight in
      weight.isMatrix
        ? .matrix(weight.name, rows: sizes.hidden, columns: sizes.hidden)
        : .vector(weight.name, sizes.hidden, startingAs: weight.start.map { .constant($0) })
    }
  }

  package func activate(_ step: CellStep) {
    Self.pad(step.previousHidden, into: step.memory(ownMemories))
    if carriesMemory { Self.pad(step.previousMemory(0), into: step.memory(ownMemories + 1)) }
    let own = Step(step, self)
    cell.forward(ForwardStep(inner: own))
    own.life.end()
  }

  package func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient) {
    let carried = hiddenCarry(gradient.carry)
    dHidden.add(carried)
    carried.fill(0)
    let own = Step(step, self)
    cell.backward(BackwardStep(inner: own, gradient: gradient))
    own.life.end()
  }

  package func accumulate(
    _ parameter: Int, rows: Range<Int>, from trace: CellTrace, into target: Matrix, adding: Bool
  ) {
    let weight = weights[parameter]
    let d = matrix(weight.gradient, trace)
    guard let factor = weight.factor.map({ matrix($0, trace) }) else {
      return target.setColumnSums(of: d, adding: adding)
    }
    if weight.isMatrix {
      trace.setGradient(target, d.columns(rows), now: factor, adding: adding)
    } else {
      trace.setFactorGradient(target, d, now: factor, adding: adding)
    }
  }

  /// The columns of a carry that hold a part of ∂L/∂h.
  func hiddenCarry(_ carry: Matrix) -> Matrix {
    carriesMemory ? carry.columns(carry.columns / 2..<carry.columns) : carry
  }

  private func matrix(_ rows: CellWeight.Rows, _ trace: CellTrace) -> Matrix {
    switch rows {
    case .gate(let index): trace.gate(index)
    case .memory(let index): trace.memory(index)
    case .previousHidden: trace.memory(ownMemories)
    case .previousMemory: trace.memory(ownMemories + 1)
    }
  }

  private static func pad(_ continuing: Matrix?, into all: Matrix) {
    let count = continuing?.rows ?? 0
    if let continuing { all.rows(0..<count).copy(from: continuing) }
    all.rows(count..<all.rows).fill(0)
  }
}

extension OwnCell {
  /// A step, with matrices that live as long as the call.
  struct Step {
    let step: CellStep
    let cell: OwnCell
    let life: StepLife

    init(_ step: CellStep, _ cell: OwnCell) {
      guard let life = step.life else { preconditionFailure("a custom cell without the life of its steps") }
      (self.step, self.cell, self.life) = (step, cell, life)
    }

    func matrix(_ matrix: Matrix) -> StepMatrix { StepMatrix(matrix, life) }
    func gate(_ index: Int) -> StepMatrix { matrix(step.gate(index)) }
    func vector(_ index: Int) -> StepMatrix { matrix(step.parameter(index)) }
    var hidden: StepMatrix { matrix(step.hidden) }
    var previousHidden: StepMatrix { matrix(step.memory(cell.ownMemories)) }

    func memory(_ index: Int) -> StepMatrix {
      precondition(index < cell.ownMemories, "memory \(index) of a cell that has \(cell.ownMemories)")
      return matrix(step.memory(index))
    }

    var previousMemory: StepMatrix {
      precondition(cell.carriesMemory, "the cell carries no memory")
      return matrix(step.memory(cell.ownMemories + 1))
    }
  }
}
