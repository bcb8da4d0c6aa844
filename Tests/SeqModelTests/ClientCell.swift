import SeqLayers
import SeqModel

/// A cell that the library does not know, with everything that a client's may have: weights of both kinds, a memory that
/// goes on, and a share of h(t−1) that does not go through U.
///
///     s = σ(W x + b + U h(t−1))    g = tanh(W_g x + b_g + M c(t−1))    c(t) = v c(t−1) + s g    h(t) = tanh c(t) + h(t−1) / 4
struct ClientCell: CustomCell {
  let name = "client"
  let gates = ["s", "g"]
  let recurrentGates = 1
  let memories = 2  // c; tanh c
  let carriesMemory = true
  let scratches = 1
  let weights: [CellWeight] = [
    .matrix("weight_memory", gradient: .gate(1), times: .previousMemory),
    .vector("decay", startingAt: 0.5, gradient: .memory(1), times: .previousMemory),
  ]

  func forward(_ step: ForwardStep) {
    let (s, g, c, t) = (step.gate(0), step.gate(1), step.memory(0), step.memory(1))
    s.setSigmoid(of: s)
    step.addProduct(of: step.previousMemory, with: 0, to: g)
    g.setTanh(of: g)
    c.setProduct(of: step.previousMemory, and: step.vector(1))
    c.add(s, times: g)
    t.setTanh(of: c)
    step.hidden.set(to: t)
    step.hidden.add(0.25, times: step.previousHidden)
  }

  func backward(_ step: BackwardStep) {
    let (s, g, t, d) = (step.gate(0), step.gate(1), step.memory(1), step.scratch(0))
    step.dPreviousHidden.add(0.25, times: step.dHidden)
    let dMemory = step.dMemory
    d.setTanhGradient(step.dHidden, at: t)
    dMemory.add(d)
    t.set(to: dMemory)  // what the gradient of v is computed from
    d.setProduct(of: dMemory, and: g)
    g.setTanhGradient(product(dMemory, s, in: step.dHidden), at: g)
    s.setSigmoidGradient(d, at: s)
    dMemory.setProduct(of: dMemory, and: step.vector(1))
    step.addProduct(ofGradient: g, with: 0, to: dMemory)
  }

  private func product(_ x: StepMatrix, _ y: StepMatrix, in place: StepMatrix) -> StepMatrix {
    place.setProduct(of: x, and: y)
    return place
  }
}

extension CellKind {
  /// The library's, and a client's.
  static let allWithClient = allCases + [.custom(ClientCell())]
}
