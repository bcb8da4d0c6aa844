import SequenceToolkit

/// The minimal gated unit (Zhou et al. 2016), a GRU with one gate:
///
///     f    = σ(W_f x + b_f + U h(t−1))
///     n    = tanh(W_n x + b_n + M (f ∘ h(t−1)))
///     h(t) = (1 − f) ∘ h(t−1) + f ∘ n
struct MinimalGatedUnit: CustomCell {
  let name = "minimal-gated-unit"
  let gates = ["f", "n"]
  let recurrentGates = 1  // U is for f alone
  let memories = 1  // f ∘ h(t−1)
  let scratches = 2
  let weights: [CellWeight] = [.matrix("candidate", gradient: .gate(1), times: .memory(0))]  // M

  func forward(_ step: ForwardStep) {
    let (f, n, seen) = (step.gate(0), step.gate(1), step.memory(0))
    f.setSigmoid(of: f)
    seen.setProduct(of: step.previousHidden, and: f)
    step.addProduct(of: seen, with: 0, to: n)
    n.setTanh(of: n)
    step.hidden.setBlend(of: step.previousHidden, and: n, by: f)
  }

  func backward(_ step: BackwardStep) {
    let (f, n, before) = (step.gate(0), step.gate(1), step.previousHidden)
    let (dHidden, dBefore, dF, dSeen) = (step.dHidden, step.dPreviousHidden, step.scratch(0), step.scratch(1))
    // h(t) = (1 − f) ∘ h(t−1) + f ∘ n
    dF.setProduct(of: dHidden, and: n)
    dF.subtract(dHidden, times: before)
    dBefore.add(dHidden)
    dBefore.subtract(dHidden, times: f)
    dHidden.setProduct(of: dHidden, and: f)
    n.setTanhGradient(dHidden, at: n)
    // M (f ∘ h(t−1))
    dSeen.fill(0)
    step.addProduct(ofGradient: n, with: 0, to: dSeen)
    dF.add(dSeen, times: before)
    dBefore.add(dSeen, times: f)
    f.setSigmoidGradient(dF, at: f)
  }
}
