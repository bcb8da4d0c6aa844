package import SeqTensor

/// The minimal gated unit (Zhou et al. 2016, "Minimal gated unit for recurrent neural networks"), one gate for both of the
/// GRU's:
///
///     f = σ(W x + b + U h(t−1))          n = tanh(W_n x + b_n + U_n (f ∘ h(t−1)))
///     h(t) = (1 − f) h(t−1) + f n
///
/// Backward:  da_n = dh f (1 − n²);  e = da_n U_n;  da_f = (dh (n − h(t−1)) + e h(t−1)) f (1 − f);  dh(t−1) gets
/// dh (1 − f) + e f directly.
package struct MGUCell: PlainCell {
  package var gates: [String] { ["f", "n"] }
  package var carriesHiddenGradient: Bool { true }
  package var recurrentGates: Int { 1 }
  package var biases: CellBiases { .input }
  package var memories: Int { 1 }  // f ∘ h(t−1)
  package var scratches: Int { 2 }

  package init() {}

  package func parameters(_ sizes: CellSizes) -> [CellParameter] {
    [.matrix("weight_candidate", rows: sizes.hidden, columns: sizes.hidden)]
  }

  package func activate(_ step: CellStep) {
    let (f, n) = (step.gate(0), step.gate(1))
    f.setSigmoid(of: f)
    step.addResetProduct(f, to: n, memory: 0, parameter: 0)
    n.setGateTanh(of: n)
    step.blend(n, by: f)
  }

  package func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient) {
    let (f, n) = (step.gate(0), step.gate(1))
    let (dGate, d, carry) = (gradient.scratch(0), gradient.scratch(1), gradient.carry)
    step.differentiateBlend(n, f, dHidden: dHidden, carry: carry, dGate: dGate, dCandidate: d)
    n.setTanhGradient(d, at: n)
    step.differentiateResetProduct(f, dSum: n, parameter: 0, dReset: d, addingTo: carry.rows(step.continuing))
    dGate.add(d)
    f.setSigmoidGradient(dGate, at: f)
  }

  package func accumulate(
    _ parameter: Int, rows: Range<Int>, from trace: CellTrace, into target: Matrix, adding: Bool
  ) {
    trace.setGradient(target, trace.gate(1).columns(rows), now: trace.memory(0), adding: adding)
  }
}
