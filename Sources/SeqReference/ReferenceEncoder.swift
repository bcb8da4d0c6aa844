/// What leads past a layer from its input x to its output, F(x) being what the layer makes of x.
package enum ReferenceConnection: String, Sendable, CaseIterable {
  case none
  /// F(x) + x
  case residual
  /// t F(x) + (1 − t) x, with t = σ(W x + b) from `highway_weight` W and `highway_bias` b.
  case highway
}

/// Recurrent layers on top of each other, for one sequence at a time.
///
/// Layer l reads `<prefix>.weight_ih_l<l>` [G·H, I], `<prefix>.weight_hh_l<l>` [G·H, H], `<prefix>.bias_ih_l<l>` and
/// `<prefix>.bias_hh_l<l>` [G·H], and the same with the ending `_reverse` for its second direction. Which of them and what
/// else there is depends on the cell.
package struct ReferenceEncoder: Sendable {
  package var prefix = "rnn"
  package var cell: ReferenceCell
  /// H, units of one direction.
  package var hidden: Int
  package var layers = 1
  package var isBidirectional = false
  /// Past each layer but the first.
  package var connection: ReferenceConnection
  /// What is done to the states of one sequence, by the ending of a direction's names; none where it is absent.
  package var noise: [String: ReferenceNoise] = [:]

  package init(
    cell: ReferenceCell, hidden: Int, layers: Int = 1, isBidirectional: Bool = false,
    connection: ReferenceConnection = .none
  ) {
    self.cell = cell
    self.hidden = hidden
    self.layers = layers
    self.isBidirectional = isBidirectional
    self.connection = connection
  }

  /// The states of the last layer, one a token.
  package func states(of inputs: [Vector], _ parameters: ReferenceParameters) -> [Vector] {
    (0..<layers).reduce(inputs) { inputs, index in
      let outputs = layer(index, inputs, parameters)
      return index == 0 ? outputs : connected(index, inputs, outputs, parameters)
    }
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
      let outputs = steps.map(\.hidden)
      states = index == 0 ? outputs : connected(index, states, outputs, parameters)
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

  /// The output of layer `index` with what leads past it.
  private func connected(
    _ index: Int, _ inputs: [Vector], _ outputs: [Vector], _ parameters: ReferenceParameters
  ) -> [Vector] {
    zip(inputs, outputs).map { x, y in
      switch connection {
      case .none: return y
      case .residual: return sum(x, y)
      case .highway:
        let w = parameters["\(prefix).highway_weight_l\(index)"]
        let b = parameters["\(prefix).highway_bias_l\(index)"]
        let gate = sum(product(w, x), b).map(sigmoid)
        return gate.indices.map { gate[$0] * y[$0] + (1 - gate[$0]) * x[$0] }
      }
    }
  }

  /// The states after steps 1 … T.
  private func sweep(
    _ inputs: [Vector], suffix: String, from initial: ReferenceState, _ parameters: ReferenceParameters
  ) -> [ReferenceState] {
    let step = cell.step(
      CellTensors(
        parameters: parameters, prefix: prefix, suffix: suffix, input: inputs.first?.count ?? 0, hidden: hidden))
    var state = initial
    let noise = noise[suffix]
    return inputs.indices.map { t in
      let next = step(inputs[t], state)
      state = noise?.changed(next, after: state, step: t) ?? next
      return state
    }
  }
}
