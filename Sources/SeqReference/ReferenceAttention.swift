/// Attention of a query over the rows of a memory: weights = softmax of the scores, context = Σ weight · row.
package enum ReferenceAttention: String, Sendable, CaseIterable {
  /// q · m
  case dot
  /// q · W m, from `<prefix>.key.weight` W [H, M].
  case general
  /// v · tanh(W_q q + W m), from `<prefix>.query.weight` W_q [K, H], `<prefix>.key.weight` W [K, M] and `<prefix>.vector`
  /// v [K].
  case additive

  package func scores(
    of query: Vector, over memory: [Vector], prefix: String, _ parameters: ReferenceParameters
  ) -> Vector {
    memory.map { row in
      switch self {
      case .dot: return productOf(query, row)
      case .general: return productOf(query, product(parameters["\(prefix).key.weight"], row))
      case .additive:
        let own = product(parameters["\(prefix).query.weight"], query)
        let other = product(parameters["\(prefix).key.weight"], row)
        return productOf(parameters["\(prefix).vector"], sum(own, other).map(tanhOf))
      }
    }
  }

  package func context(
    of query: Vector, over memory: [Vector], prefix: String, _ parameters: ReferenceParameters
  ) -> (weights: Vector, context: Vector) {
    let weights = softmax(scores(of: query, over: memory, prefix: prefix, parameters))
    let context = memory[0].indices.map { j in zip(memory, weights).reduce(0) { $0 + $1.1 * $1.0[j] } }
    return (weights, context)
  }
}

/// `dot`, which within the enumeration is the name of a case.
private func productOf(_ x: Vector, _ y: Vector) -> Double { dot(x, y) }
