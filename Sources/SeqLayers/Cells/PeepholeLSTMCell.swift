package import SeqTensor

/// The LSTM with peepholes (Gers and Schmidhuber 2000) and its variants in Greff et al. 2017, "LSTM: A Search Space
/// Odyssey", whose block input z is g here:
///
///     i = σ(a_i + p_i c(t−1))   f = σ(a_f + p_f c(t−1))   g = tanh a_g   o = σ(a_o + p_o c(t))
///     c(t) = f c(t−1) + i g     h(t) = o tanh c(t)                       a = W x + b + U h(t−1)
///
/// Backward, with dc what comes from step t + 1:  do = dh tanh c o (1 − o);  dc += dh o (1 − tanh² c) + p_o do;
/// di = dc g i (1 − i);  df = dc c(t−1) f (1 − f);  dg = dc i (1 − g²);  dc(t−1) = dc f + p_i di + p_f df.
///
/// A gate that a variant lacks is 1, but for the forget gate of CIFG, which is 1 − i.
package struct PeepholeLSTMCell: PlainCell {
  /// What a cell lacks.
  package enum Variant: Sendable, CaseIterable {
    case vanilla
    case noInputGate, noForgetGate, noOutputGate
    case noInputActivation, noOutputActivation
    /// f = 1 − i (Cho et al. 2014 for the GRU).
    case coupledInputAndForgetGate
    /// All gates see all gates of step t − 1 (the first LSTM of Hochreiter and Schmidhuber 1997): with s = [i, f, o],
    /// a_s += R s(t−1), R [3H, 3H].
    case fullGateRecurrence
  }

  package let variant: Variant
  package let gates: [String]
  package let startingBiases: [(gate: Int, value: Float)]
  /// Columns of the gates, in blocks of H.
  let i: Int?, f: Int?, g: Int, o: Int?
  /// Places of p_i, p_f and p_o among the parameters; R is the last.
  private let peepholes: [Int]

  /// - Parameter forgetBias: is added to where the forget gate's bias starts.
  package init(_ variant: Variant = .vanilla, forgetBias: Double = 0) {
    let missing: [Variant: String] = [
      .noInputGate: "i", .noForgetGate: "f", .noOutputGate: "o", .coupledInputAndForgetGate: "f",
    ]
    let gates: [String] = ["i", "f", "g", "o"].filter { $0 != missing[variant] }
    self.variant = variant
    self.gates = gates
    (i, f, g, o) = (
      gates.firstIndex(of: "i"), gates.firstIndex(of: "f"), gates.firstIndex(of: "g") ?? 0, gates.firstIndex(of: "o")
    )
    peepholes = gates.indices.filter { gates[$0] != "g" }
    startingBiases = f.map { [($0, Float(forgetBias))] } ?? []
  }

  package var biases: CellBiases { .input }
  package var memories: Int { variant == .fullGateRecurrence ? 4 : 2 }  // c, tanh c; s and its gradient
  package var scratches: Int { 2 }

  package func memoryColumns(_ index: Int, hidden: Int) -> Int { index < 2 ? hidden : 3 * hidden }
  package func carryColumns(hidden: Int) -> Int { variant == .fullGateRecurrence ? 4 * hidden : hidden }

  package func parameters(_ sizes: CellSizes) -> [CellParameter] {
    let h = sizes.hidden
    let vectors = peepholes.map { CellParameter.vector("peephole_\(gates[$0])", h) }
    guard variant == .fullGateRecurrence else { return vectors }
    return vectors + [.matrix("weight_gates", rows: 3 * h, columns: 3 * h)]
  }

  /// The peephole of a gate.
  private func peephole(_ gate: Int, _ step: CellStep) -> Matrix { step.parameter(gate < g ? gate : gate - 1) }

  // MARK: Forward

  package func activate(_ step: CellStep) {
    let (c, before) = (step.memory(0), step.previousMemory(0))
    if variant == .fullGateRecurrence { addGateRecurrence(step) }
    if let i { open(i, before, step) }
    if let f { open(f, before, step) }
    let input = step.gate(g)
    if variant != .noInputActivation { input.setGateTanh(of: input) }
    if let i { c.setRows(of: input, times: step.gate(i)) } else { c.copy(from: input) }
    if let before { keep(before, in: c.rows(step.continuing), step) }
    output(step, c)
  }

  /// i or f.
  private func open(_ gate: Int, _ before: Matrix?, _ step: CellStep) {
    let a = step.gate(gate)
    if let before { a.rows(step.continuing).add(before, times: peephole(gate, step)) }
    a.setSigmoid(of: a)
  }

  /// c += f c(t−1).
  private func keep(_ before: Matrix, in c: Matrix, _ step: CellStep) {
    switch variant {
    case .noForgetGate: c.add(before)
    case .coupledInputAndForgetGate:
      c.add(before)
      if let i { c.subtract(before, times: step.gate(i).rows(step.continuing)) }
    default: if let f { c.add(before, times: step.gate(f).rows(step.continuing)) }
    }
  }

  /// o and h(t).
  private func output(_ step: CellStep, _ c: Matrix) {
    let t = step.memory(1)
    if variant == .noOutputActivation { t.copy(from: c) } else { t.setGateTanh(of: c) }
    guard let o else { return step.hidden.copy(from: t) }
    let gate = step.gate(o)
    gate.add(c, times: peephole(o, step))
    gate.setSigmoid(of: gate)
    step.hidden.setRows(of: t, times: gate)
    if variant == .fullGateRecurrence { collect(step, into: step.memory(2)) }
  }

  // MARK: Backward

  package func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient) {
    let size = step.hidden.columns
    let dCell = gradient.carry.columns(0..<size)
    // What s(t) did to step t + 1 is added gate by gate.
    let dGates = variant == .fullGateRecurrence ? gradient.carry.columns(size..<4 * size) : nil
    differentiateOutput(step, dHidden, dCell, gradient, dGates?.columns(2 * size..<3 * size))
    let (dInput, dForget) = (gradient.scratch(0), gradient.scratch(1))
    let input = step.gate(g)
    // di in one scratch, then dg in place of g by way of the other.
    if let i {
      let gate = step.gate(i)
      dInput.setRows(of: dCell, times: input)
      dForget.setRows(of: dCell, times: gate)
      differentiateInput(input, dForget)
    } else {
      differentiateInput(input, dCell)
    }
    differentiateMemory(step, dInput: dInput, dForget: dForget, dCell: dCell, dGates)
    if let dGates { differentiateRecurrence(step, dGates) }
  }

  /// do and what it and h(t) hand to ∂L/∂c(t).
  private func differentiateOutput(
    _ step: CellStep, _ dHidden: Matrix, _ dCell: Matrix, _ gradient: StepGradient, _ dGate: Matrix?
  ) {
    let (t, dState) = (step.memory(1), gradient.scratch(0))
    guard let o else {
      dState.setTanhGradient(dHidden, at: t)
      return dCell.add(dState)
    }
    let gate = step.gate(o)
    dState.setRows(of: dHidden, times: gate)
    if variant != .noOutputActivation { dState.setTanhGradient(dState, at: t) }
    dCell.add(dState)
    dHidden.setRows(of: dHidden, times: t)
    if let dGate { dHidden.add(dGate) }
    gate.setSigmoidGradient(dHidden, at: gate)
    dCell.add(gate, times: peephole(o, step))
  }

  private func differentiateInput(_ input: Matrix, _ dInput: Matrix) {
    if variant == .noInputActivation { input.copy(from: dInput) } else { input.setTanhGradient(dInput, at: input) }
  }

  /// di and df in place of i and f, and ∂L/∂c(t−1) in place of ∂L/∂c(t).
  private func differentiateMemory(
    _ step: CellStep, dInput: Matrix, dForget: Matrix, dCell: Matrix, _ dGates: Matrix?
  ) {
    let (before, size) = (step.previousMemory(0), dCell.columns)
    let (older, rows) = (dCell.rows(step.continuing), step.continuing)
    if let i, variant == .coupledInputAndForgetGate {
      if let before { dInput.rows(rows).subtract(older, times: before) }
      older.subtract(older, times: step.gate(i).rows(rows))
    }
    if let f {
      let gate = step.gate(f)
      dForget.fill(0)
      if let before { dForget.rows(rows).setRows(of: older, times: before) }
      if let dGates { dForget.add(dGates.columns(size..<2 * size)) }
      older.setRows(of: older, times: gate.rows(rows))
      gate.setSigmoidGradient(dForget, at: gate)
      older.add(gate.rows(rows), times: peephole(f, step))
    }
    if let i {
      let gate = step.gate(i)
      if let dGates { dInput.add(dGates.columns(0..<size)) }
      gate.setSigmoidGradient(dInput, at: gate)
      older.add(gate.rows(rows), times: peephole(i, step))
    }
  }

  // MARK: Recurrence between gates

  private func addGateRecurrence(_ step: CellStep) {
    guard let before = step.previousMemory(2) else { return }
    // A matrix of all three first, as the block input lies between the gates; it becomes s(t) later.
    let sums = step.memory(2).rows(step.continuing)
    sums.setProduct(before, step.transposed(3))
    forEachPart(of: sums, step) { gate, part in gate.rows(step.continuing).add(part) }
  }

  /// ∂L/∂s(t−1) in place of ∂L/∂s(t).
  private func differentiateRecurrence(_ step: CellStep, _ dGates: Matrix) {
    let gradients = step.memory(3)
    collect(step, into: gradients)
    if !step.continuing.isEmpty {
      dGates.rows(step.continuing).setProduct(gradients.rows(step.continuing), step.packed(3))
    }
  }

  /// The columns of i, f and o, side by side.
  private func collect(_ step: CellStep, into matrix: Matrix) {
    forEachPart(of: matrix, step) { gate, part in part.copy(from: gate) }
  }

  /// Calls `body` with i, f and o and the parts of a matrix [·, 3H] that belong to them.
  private func forEachPart(of matrix: Matrix, _ step: CellStep, _ body: (_ gate: Matrix, _ part: Matrix) -> Void) {
    let size = step.hidden.columns
    if let i { body(step.gate(i), matrix.columns(0..<size)) }
    if let f { body(step.gate(f), matrix.columns(size..<2 * size)) }
    if let o { body(step.gate(o), matrix.columns(2 * size..<3 * size)) }
  }

  // MARK: Gradients

  package func accumulate(
    _ parameter: Int, rows: Range<Int>, from trace: CellTrace, into target: Matrix, adding: Bool
  ) {
    guard parameter < peepholes.count else {
      return trace.setGradient(target, trace.memory(3).columns(rows), earlier: .memory(2), adding: adding)
    }
    let gate = peepholes[parameter]
    if gate == o {
      trace.setFactorGradient(target, trace.gate(gate), now: trace.memory(0), adding: adding)
    } else {
      trace.setFactorGradient(target, trace.gate(gate), earlier: .memory(0), adding: adding)
    }
  }
}
