/// Recurrent layers on top of each other, for one sequence at a time.
///
/// Layer l reads `<prefix>.weight_ih_l<l>` [G·H, I], `<prefix>.weight_hh_l<l>` [G·H, H], `<prefix>.bias_ih_l<l>` and
/// `<prefix>.bias_hh_l<l>` [G·H], and the same with the ending `_reverse` for its second direction.
package struct ReferenceEncoder: Sendable {
  package var prefix = "rnn"
  package var cell: ReferenceCell
  /// H, units of one direction.
  package var hidden: Int
  package var layers = 1
  package var isBidirectional = false

  package init(cell: ReferenceCell, hidden: Int, layers: Int = 1, isBidirectional: Bool = false) {
    self.cell = cell
    self.hidden = hidden
    self.layers = layers
    self.isBidirectional = isBidirectional
  }

  /// The states of the last layer, one a token.
  package func states(of inputs: [Vector], _ parameters: ReferenceParameters) -> [Vector] {
    (0..<layers).reduce(inputs) { layer($1, $0, parameters) }
  }

  /// The states of the last layer, one a token, and the state of each layer after the last token.
  /// - Parameter initial: of each layer, before the first token.
  /// - Precondition: one direction.
  package func states(
    of inputs: [Vector], from initial: [ReferenceState], _ parameters: ReferenceParameters
  ) -> (states: [Vector], last: [ReferenceState]) {
    precondition(!isBidirectional && initial.count == layers, "a state a layer, in one direction")
    var states = inputs
    var last: [ReferenceState] = []
    for (index, start) in initial.enumerated() {
      let steps = sweep(states, suffix: "l\(index)", from: start, parameters)
      states = steps.map(\.hidden)
      last.append(steps.last ?? start)
    }
    return (states, last)
  }

  /// The states of layer `index` alone: h(t), or [forward h(t), backward h(t)].
  package func layer(_ index: Int, _ inputs: [Vector], _ parameters: ReferenceParameters) -> [Vector] {
    let zero = ReferenceState(size: hidden)
    let forward = sweep(inputs, suffix: "l\(index)", from: zero, parameters).map(\.hidden)
    guard isBidirectional else { return forward }
    let backward = sweep(inputs.reversed(), suffix: "l\(index)_reverse", from: zero, parameters).map(\.hidden)
    return zip(forward, backward.reversed()).map { $0 + $1 }
  }

  /// The states after steps 1 … T.
  private func sweep(
    _ inputs: [Vector], suffix: String, from initial: ReferenceState, _ parameters: ReferenceParameters
  ) -> [ReferenceState] {
    let w = parameters["\(prefix).weight_ih_\(suffix)"]
    let u = parameters["\(prefix).weight_hh_\(suffix)"]
    let b = parameters["\(prefix).bias_ih_\(suffix)"]
    let bPrime = parameters["\(prefix).bias_hh_\(suffix)"]
    var state = initial
    return inputs.map { x in
      state = cell.step(ih: sum(product(w, x), b), hh: sum(product(u, state.hidden), bPrime), state: state)
      return state
    }
  }
}
