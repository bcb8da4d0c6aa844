package import SeqTensor

/// The gated recurrent unit as Cho et al. 2014 have it, the reset gate before the product:
///
///     r, z = σ(W x + b + U h(t−1))       n = tanh(W_n x + b_n + U_n (r ∘ h(t−1)))
///     h(t) = (1 − z) h(t−1) + z n
///
/// Backward:  da_n = dh z (1 − n²);  e = da_n U_n;  da_r = e h(t−1) r (1 − r);  da_z = dh (n − h(t−1)) z (1 − z);  dh(t−1)
/// gets dh (1 − z) + e r directly.
package struct GRUResetBeforeCell: PlainCell {
  package var gates: [String] { ["r", "z", "n"] }
  package var carriesHiddenGradient: Bool { true }
  package var recurrentGates: Int { 2 }
  package var biases: CellBiases { .input }
  package var memories: Int { 1 }  // r ∘ h(t−1)
  package var scratches: Int { 2 }

  package init() {}

  package func parameters(_ sizes: CellSizes) -> [CellParameter] {
    [.matrix("weight_candidate", rows: sizes.hidden, columns: sizes.hidden)]
  }

  package func activate(_ step: CellStep) {
    let (r, z, n) = (step.gate(0), step.gate(1), step.gate(2))
    r.setSigmoid(of: r)
    z.setSigmoid(of: z)
    step.addResetProduct(r, to: n, memory: 0, parameter: 0)
    n.setGateTanh(of: n)
    step.blend(n, by: z)
  }

  package func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient) {
    let (r, z, n) = (step.gate(0), step.gate(1), step.gate(2))
    let (dGate, d, carry) = (gradient.scratch(0), gradient.scratch(1), gradient.carry)
    step.differentiateBlend(n, z, dHidden: dHidden, carry: carry, dGate: dGate, dCandidate: d)
    n.setTanhGradient(d, at: n)
    z.setSigmoidGradient(dGate, at: z)
    step.differentiateResetProduct(r, dSum: n, parameter: 0, dReset: d, addingTo: carry.rows(step.continuing))
    r.setSigmoidGradient(d, at: r)
  }

  package func accumulate(
    _ parameter: Int, rows: Range<Int>, from trace: CellTrace, into target: Matrix, adding: Bool
  ) {
    trace.setGradient(target, trace.gate(2).columns(rows), now: trace.memory(0), adding: adding)
  }
}
