/// The network of Jordan 1986 for one sequence at a time:
///
///     h(t) = tanh(U x(t) + b + W y(t−1))      o(t) = V h(t) + c      y(t) = softmax(o(t)), or o(t)      y(0) = 0
///
/// It reads `<prefix>.weight_ih_<suffix>` U [H, I], `.weight_yh_` W [H, C], `.bias_h_` b, `.weight_hy_` V [C, H] and
/// `.bias_y_` c, and the same with the ending `_reverse` for its second direction.
package struct ReferenceJordan: Sendable {
  package var prefix = "rnn"
  /// The layer's number, from 0.
  package var index: Int
  package var isLinear: Bool
  package var isBidirectional: Bool

  package init(index: Int = 0, isLinear: Bool, isBidirectional: Bool) {
    self.index = index
    self.isLinear = isLinear
    self.isBidirectional = isBidirectional
  }

  /// o(t), or [forward o(t), backward o(t)], at every step.
  /// - Parameter teacher: the true class of each step; −1, or no teacher, feeds back y.
  package func states(of inputs: [Vector], teacher: [Int]? = nil, _ parameters: ReferenceParameters) -> [Vector] {
    let forward = sweep(inputs, teacher, suffix: "l\(index)", parameters)
    guard isBidirectional else { return forward }
    let backward = sweep(inputs.reversed(), teacher?.reversed(), suffix: "l\(index)_reverse", parameters)
    return zip(forward, backward.reversed()).map { $0 + $1 }
  }

  /// The scores of a row of states: the sum of the directions'.
  package func scores(_ states: Vector) -> Vector {
    guard isBidirectional else { return states }
    let classes = states.count / 2
    return sum(Vector(states[..<classes]), Vector(states[classes...]))
  }

  private func sweep(
    _ inputs: [Vector], _ teacher: [Int]?, suffix: String, _ parameters: ReferenceParameters
  ) -> [Vector] {
    let w = parameters["\(prefix).weight_yh_\(suffix)"]
    let u = parameters["\(prefix).weight_ih_\(suffix)"]
    let b = parameters["\(prefix).bias_h_\(suffix)"]
    let v = parameters["\(prefix).weight_hy_\(suffix)"]
    let c = parameters["\(prefix).bias_y_\(suffix)"]
    var y = Vector(repeating: 0, count: c.count)
    return inputs.enumerated().map { t, x in
      let hidden = sum(sum(product(u, x), b), product(w, y)).map(tanhOf)
      let scores = sum(product(v, hidden), c)
      y = isLinear ? scores : softmax(scores)
      if let teacher, teacher[t] >= 0 { y = y.indices.map { $0 == teacher[t] ? 1 : 0 } }
      return scores
    }
  }
}
