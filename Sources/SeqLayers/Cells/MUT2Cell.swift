package import SeqTensor

/// The mutant MUT2 of Jozefowicz et al. 2015, "An empirical exploration of recurrent network architectures":
///
///     z = σ(W_z x + U_z h(t−1) + b_z)    r = σ(x + U_r h(t−1) + b_r)
///     n = tanh(U_n (r ∘ h(t−1)) + W_n x + b_n)
///     h(t) = (1 − z) h(t−1) + z n
///
/// In r, x must be as wide as h; where it is not, W_r x takes its place.
///
/// Backward:  da_n = dh z (1 − n²);  e = da_n U_n;  da_r = e h(t−1) r (1 − r), and dx = da_r;
/// da_z = dh (n − h(t−1)) z (1 − z);  dh(t−1) gets dh (1 − z) + e r + da_r U_r directly.
package struct MUT2Cell: PlainCell {
  package var gates: [String] { ["z", "n", "r"] }
  package var carriesHiddenGradient: Bool { true }
  package var recurrentGates: Int { 1 }
  package var biases: CellBiases { .input }
  package var memories: Int { 1 }  // r ∘ h(t−1)
  package var scratches: Int { 2 }

  package init() {}

  package func takesInput(_ sizes: CellSizes) -> Bool { sizes.input == sizes.hidden }

  package func parameters(_ sizes: CellSizes) -> [CellParameter] {
    [
      .matrix("weight_candidate", rows: sizes.hidden, columns: sizes.hidden),
      .matrix("weight_reset", rows: sizes.hidden, columns: sizes.hidden),
    ]
  }

  package func activate(_ step: CellStep) {
    let (z, n, r) = (step.gate(0), step.gate(1), step.gate(2))
    z.setSigmoid(of: z)
    if !step.continuing.isEmpty { r.rows(step.continuing).addProduct(step.previousHidden, step.transposed(1)) }
    r.setSigmoid(of: r)
    step.addResetProduct(r, to: n, memory: 0, parameter: 0)
    n.setGateTanh(of: n)
    step.blend(n, by: z)
  }

  package func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient) {
    let (z, n, r) = (step.gate(0), step.gate(1), step.gate(2))
    let (dGate, d) = (gradient.scratch(0), gradient.scratch(1))
    let dPrevious = gradient.carry.rows(step.continuing)
    step.differentiateBlend(n, z, dHidden: dHidden, carry: gradient.carry, dGate: dGate, dCandidate: d)
    n.setTanhGradient(d, at: n)
    z.setSigmoidGradient(dGate, at: z)
    step.differentiateResetProduct(r, dSum: n, parameter: 0, dReset: d, addingTo: dPrevious)
    r.setSigmoidGradient(d, at: r)
    if !step.continuing.isEmpty { dPrevious.addProduct(r.rows(step.continuing), step.packed(1)) }
  }

  package func accumulate(
    _ parameter: Int, rows: Range<Int>, from trace: CellTrace, into target: Matrix, adding: Bool
  ) {
    if parameter == 0 {
      trace.setGradient(target, trace.gate(1).columns(rows), now: trace.memory(0), adding: adding)
    } else {
      trace.setGradient(target, trace.gate(2).columns(rows), earlier: .hidden, adding: adding)
    }
  }
}
