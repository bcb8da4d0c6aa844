package import SeqTensor

/// The mutant MUT1 of Jozefowicz et al. 2015, "An empirical exploration of recurrent network architectures":
///
///     z = σ(W_z x + b_z)                 r = σ(W_r x + U_r h(t−1) + b_r)
///     n = tanh(U_n (r ∘ h(t−1)) + tanh x + b_n)
///     h(t) = (1 − z) h(t−1) + z n
///
/// tanh x needs an x as wide as h; where it is not, tanh(W_n x) takes its place.
///
/// Backward, with v = tanh x:  da_n = dh z (1 − n²);  dx = da_n (1 − v²);  e = da_n U_n;  da_r = e h(t−1) r (1 − r);
/// da_z = dh (n − h(t−1)) z (1 − z);  dh(t−1) gets dh (1 − z) + e r directly.
package struct MUT1Cell: PlainCell {
  package var gates: [String] { ["r", "z", "n"] }
  package var carriesHiddenGradient: Bool { true }
  package var recurrentGates: Int { 1 }
  package var biases: CellBiases { .none }
  package var memories: Int { 3 }  // r ∘ h(t−1); tanh x; da_r, da_z, da_n
  package var scratches: Int { 2 }

  package init() {}

  package func takesInput(_ sizes: CellSizes) -> Bool { sizes.input == sizes.hidden }
  package func memoryColumns(_ index: Int, hidden: Int) -> Int { index == 2 ? 3 * hidden : hidden }

  package func parameters(_ sizes: CellSizes) -> [CellParameter] {
    [
      .matrix("weight_candidate", rows: sizes.hidden, columns: sizes.hidden),
      .vector("bias", 3 * sizes.hidden),  // of its own, as b_n stands outside of tanh x
    ]
  }

  package func activate(_ step: CellStep) {
    let (r, z, n, v) = (step.gate(0), step.gate(1), step.gate(2), step.memory(1))
    v.setGateTanh(of: n)
    n.copy(from: v)
    step.gates.addToRows(step.parameter(1))
    r.setSigmoid(of: r)
    z.setSigmoid(of: z)
    step.addResetProduct(r, to: n, memory: 0, parameter: 0)
    n.setGateTanh(of: n)
    step.blend(n, by: z)
  }

  package func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient) {
    let (r, z, n, v) = (step.gate(0), step.gate(1), step.gate(2), step.memory(1))
    let (dGate, d, carry) = (gradient.scratch(0), gradient.scratch(1), gradient.carry)
    step.differentiateBlend(n, z, dHidden: dHidden, carry: carry, dGate: dGate, dCandidate: d)
    n.setTanhGradient(d, at: n)
    z.setSigmoidGradient(dGate, at: z)
    step.differentiateResetProduct(r, dSum: n, parameter: 0, dReset: d, addingTo: carry.rows(step.continuing))
    r.setSigmoidGradient(d, at: r)
    step.memory(2).copy(from: step.gates)
    n.setTanhGradient(n, at: v)
  }

  package func accumulate(
    _ parameter: Int, rows: Range<Int>, from trace: CellTrace, into target: Matrix, adding: Bool
  ) {
    guard parameter == 0 else { return target.setColumnSums(of: trace.memory(2), adding: adding) }
    let size = trace.hidden.columns
    let sums = trace.memory(2).columns(2 * size..<3 * size)
    trace.setGradient(target, sums.columns(rows), now: trace.memory(0), adding: adding)
  }
}
