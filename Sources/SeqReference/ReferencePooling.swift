/// How the states of a sequence become one vector.
package enum ReferencePooling: String, Sendable, CaseIterable {
  /// The final state of each direction: forwards the last token's, backwards the first token's.
  case last
  case mean, max
  /// A mean with learned weights, from `attention.weight` W [d, d], `attention.bias` b [d], `attention.context` v [d]:
  ///
  ///     u(t) = tanh(W h(t) + b)      a = softmax over t of v · u(t)      pooled = Σ a(t) h(t)
  case attention

  /// - Parameters:
  ///   - states: [h(1), …, h(T)], T > 0.
  ///   - hidden: the features of one direction.
  func pooled(_ states: [Vector], hidden: Int, _ parameters: ReferenceParameters) -> Vector {
    switch self {
    case .last: Vector(states[states.count - 1][..<hidden] + states[0][hidden...])
    case .mean: weightedSum(states, Vector(repeating: 1 / Double(states.count), count: states.count))
    case .max: states[0].indices.map { j in states.reduce(states[0][j]) { Swift.max($0, $1[j]) } }
    case .attention: weightedSum(states, attention(states, parameters))
    }
  }

  /// The chunks of a text, each pooled, weighed in the same way with parameters of their own.
  static func weighed(_ chunks: [Vector], _ parameters: ReferenceParameters) -> Vector {
    attention.weightedSum(chunks, attention.attention(chunks, parameters, "chunk_attention"))
  }

  private func attention(
    _ states: [Vector], _ parameters: ReferenceParameters, _ name: String = "attention"
  ) -> Vector {
    let w = parameters["\(name).weight"]
    let b = parameters["\(name).bias"]
    let v = parameters["\(name).context"]
    return softmax(states.map { dot(v, sum(product(w, $0), b).map(tanhOf)) })
  }

  private func weightedSum(_ states: [Vector], _ weights: Vector) -> Vector {
    states[0].indices.map { j in zip(states, weights).reduce(0) { $0 + $1.1 * $1.0[j] } }
  }
}
