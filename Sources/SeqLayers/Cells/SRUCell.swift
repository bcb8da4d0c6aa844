package import SeqTensor

/// The simple recurrent unit (Lei et al. 2018, "Simple recurrent units for highly parallelizable recurrence"). Its gates see
/// the input and, by a factor a unit, c of the step before; no matrix multiplies the state:
///
///     g = W x     f = σ(W_f x + v_f c(t−1) + b_f)     r = σ(W_r x + v_r c(t−1) + b_r)
///     c(t) = f c(t−1) + (1 − f) g                     h(t) = r c(t) + (1 − r) x
///
/// x of the last term must be as wide as h; where it is not, W_x x takes its place.
///
/// Backward, with dc what comes from step t + 1:  dr = dh (c(t) − x);  dx = dh (1 − r);  dc += dh r;
/// df = dc (c(t−1) − g);  dg = dc (1 − f);  dc(t−1) = dc f + v_f da_f + v_r da_r, where da = d σ (1 − σ) for both gates.
package struct SRUCell: PlainCell {
  package var gates: [String] { ["g", "f", "r", "x"] }
  package var recurrentGates: Int { 0 }
  package var biases: CellBiases { .none }
  package var memories: Int { 1 }  // c
  package var scratches: Int { 1 }

  package init() {}

  package func takesInput(_ sizes: CellSizes) -> Bool { sizes.input == sizes.hidden }

  package func parameters(_ sizes: CellSizes) -> [CellParameter] {
    [
      .vector("peephole_f", sizes.hidden), .vector("peephole_r", sizes.hidden),
      .vector("bias", 2 * sizes.hidden),  // of its own, as only f and r have one
    ]
  }

  package func activate(_ step: CellStep) {
    let (g, f, r, x, c) = (step.gate(0), step.gate(1), step.gate(2), step.gate(3), step.memory(0))
    let (before, rows) = (step.previousMemory(0), step.continuing)
    step.gates.columns(g.columns..<3 * g.columns).addToRows(step.parameter(2))
    if let before {
      f.rows(rows).add(before, times: step.parameter(0))
      r.rows(rows).add(before, times: step.parameter(1))
    }
    f.setSigmoid(of: f)
    r.setSigmoid(of: r)
    c.copy(from: g)
    c.subtract(g, times: f)
    if let before { c.rows(rows).add(before, times: f.rows(rows)) }
    step.hidden.setBlend(of: x, and: c, by: r)
  }

  package func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient) {
    let (g, f, r, x, c) = (step.gate(0), step.gate(1), step.gate(2), step.gate(3), step.memory(0))
    let (dCell, dGate) = (gradient.carry, gradient.scratch(0))
    let (before, rows) = (step.previousMemory(0), step.continuing)
    dCell.add(dHidden, times: r)
    dGate.setRows(of: dHidden, times: c)
    dGate.subtract(dHidden, times: x)
    x.copy(from: dHidden)
    x.subtract(dHidden, times: r)
    r.setSigmoidGradient(dGate, at: r)
    dGate.fill(0)
    if let before { dGate.rows(rows).setRows(of: dCell.rows(rows), times: before) }
    dGate.subtract(dCell, times: g)
    g.copy(from: dCell)
    g.subtract(dCell, times: f)
    // From here on, what dc(t−1) needs of f is taken before f becomes its gradient.
    dCell.setRows(of: dCell, times: f)
    f.setSigmoidGradient(dGate, at: f)
    dCell.add(f, times: step.parameter(0))
    dCell.add(r, times: step.parameter(1))
  }

  package func accumulate(
    _ parameter: Int, rows: Range<Int>, from trace: CellTrace, into target: Matrix, adding: Bool
  ) {
    guard parameter < 2 else {
      let size = trace.hidden.columns
      return target.setColumnSums(of: trace.gates.columns(size..<3 * size), adding: adding)
    }
    trace.setFactorGradient(target, trace.gate(1 + parameter), earlier: .memory(0), adding: adding)
  }
}
