package import SeqTensor

/// The mutant MUT3 of Jozefowicz et al. 2015, "An empirical exploration of recurrent network architectures":
///
///     z = σ(W_z x + U_z tanh h(t−1) + b_z)   r = σ(W_r x + U_r h(t−1) + b_r)
///     n = tanh(U_n (r ∘ h(t−1)) + W_n x + b_n)
///     h(t) = (1 − z) h(t−1) + z n
///
/// Backward, with v = tanh h(t−1):  da_n = dh z (1 − n²);  e = da_n U_n;  da_r = e h(t−1) r (1 − r);
/// da_z = dh (n − h(t−1)) z (1 − z);  dh(t−1) gets dh (1 − z) + e r + da_z U_z (1 − v²) directly.
package struct MUT3Cell: PlainCell {
  package var gates: [String] { ["r", "z", "n"] }
  package var carriesHiddenGradient: Bool { true }
  package var recurrentGates: Int { 1 }
  package var biases: CellBiases { .input }
  package var memories: Int { 2 }  // r ∘ h(t−1); tanh h(t−1): 0 without a predecessor
  package var scratches: Int { 2 }

  package init() {}

  package func parameters(_ sizes: CellSizes) -> [CellParameter] {
    [
      .matrix("weight_candidate", rows: sizes.hidden, columns: sizes.hidden),
      .matrix("weight_update", rows: sizes.hidden, columns: sizes.hidden),
    ]
  }

  package func activate(_ step: CellStep) {
    let (r, z, n) = (step.gate(0), step.gate(1), step.gate(2))
    r.setSigmoid(of: r)
    step.memory(1).rows(step.starting).fill(0)
    if !step.continuing.isEmpty {
      let v = step.memory(1).rows(step.continuing)
      v.setGateTanh(of: step.previousHidden)
      z.rows(step.continuing).addProduct(v, step.transposed(1))
    }
    z.setSigmoid(of: z)
    step.addResetProduct(r, to: n, memory: 0, parameter: 0)
    n.setGateTanh(of: n)
    step.blend(n, by: z)
  }

  package func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient) {
    let (r, z, n) = (step.gate(0), step.gate(1), step.gate(2))
    let (dGate, d) = (gradient.scratch(0), gradient.scratch(1))
    let dPrevious = gradient.carry.rows(step.continuing)
    step.differentiateBlend(n, z, dHidden: dHidden, carry: gradient.carry, dGate: dGate, dCandidate: d)
    n.setTanhGradient(d, at: n)
    z.setSigmoidGradient(dGate, at: z)
    step.differentiateResetProduct(r, dSum: n, parameter: 0, dReset: d, addingTo: dPrevious)
    r.setSigmoidGradient(d, at: r)
    if !step.continuing.isEmpty {
      let dTanh = d.rows(step.continuing)
      dTanh.setProduct(z.rows(step.continuing), step.packed(1))
      dTanh.setTanhGradient(dTanh, at: step.memory(1).rows(step.continuing))
      dPrevious.add(dTanh)
    }
  }

  package func accumulate(
    _ parameter: Int, rows: Range<Int>, from trace: CellTrace, into target: Matrix, adding: Bool
  ) {
    trace.setGradient(
      target, trace.gate(parameter == 0 ? 2 : 1).columns(rows), now: trace.memory(parameter), adding: adding)
  }
}
