package import SeqTensor

/// The scores of a chain's transitions in the forms that its sweeps read. A pass owns one and sets it before a sweep.
package final class ChainTables {
  /// K, tags.
  package let count: Int
  private let transitionBuffer = FloatBuffer(), exponentialBuffer = FloatBuffer()
  private let rowBuffer = FloatBuffer(), searchBuffer = FloatBuffer()
  /// E and Eᵀ; made when the first sweep needs them, since they are as large as the square of K.
  private(set) lazy var packed = PackedMatrix(rows: count, columns: count)
  private(set) lazy var packedTranspose = PackedMatrix(rows: count, columns: count)
  /// τ
  private(set) var shift: Float = 0
  /// What each breach of the rules costs; 0 without rules.
  private(set) var penalty: Float = 0

  package init(count: Int) {
    self.count = count
    _ = transitionBuffer.reserve(rows: count, columns: count)
    _ = rowBuffer.reserve(rows: 2, columns: count)
  }

  /// T [K, K], penalties and all.
  var transitions: Matrix { transitionBuffer.matrix(rows: count, columns: count) }
  /// E = exp(T − τ) [K, K].
  var exponentials: Matrix { exponentialBuffer.matrix(rows: count, columns: count) }
  /// Of the first tags [1, K].
  var start: Matrix { rowBuffer.matrix(rows: 2, columns: count).rows(0..<1) }
  /// Of the last tags [1, K].
  var end: Matrix { rowBuffer.matrix(rows: 2, columns: count).rows(1..<2) }
  /// T for Viterbi's search [K, whole vectors].
  var searched: Matrix { searchBuffer.matrix(rows: count, columns: ChainSearchStep.width(count)) }

  /// Takes other scores.
  ///
  /// - Parameters:
  ///   - start: [1, K], as the others nil for zeros.
  ///   - rules: what is not allowed costs `penalty`, which is to be more than twice what the scores of two tag sequences
  ///     can differ by.
  ///   - searches: whether Viterbi's search is to come.
  ///   - sums: whether a `ChainSweep` is to come.
  package func set(
    start: Matrix?, transitions given: Matrix?, end: Matrix?, rules: TransitionRules? = nil, penalty: Float = 0,
    searches: Bool, sums: Bool = true
  ) {
    self.start.take(start)
    transitions.take(given)
    self.end.take(end)
    self.penalty = rules == nil ? 0 : penalty
    if let rules { punish(rules, penalty) }
    if searches {
      _ = searchBuffer.reserve(rows: count, columns: ChainSearchStep.width(count))
      searched.fill(-.infinity)
      searched.columns(0..<count).copy(from: transitions)
    }
    guard sums else { return }
    _ = exponentialBuffer.reserve(rows: count, columns: count)
    shift = transitions.bounds.upperBound
    exponentials.setExponentials(of: transitions, less: shift)
    packed.pack(exponentials)
    packedTranspose.pack(transposeOf: exponentials)
  }

  private func punish(_ rules: TransitionRules, _ penalty: Float) {
    for tag in 0..<count {
      if !rules.mayStart(tag) { start[0, tag] -= penalty }
      if !rules.mayEnd(tag) { end[0, tag] -= penalty }
      for next in 0..<count where !rules.mayFollow(next, tag) { transitions[tag, next] -= penalty }
    }
  }
}

extension Matrix {
  fileprivate func take(_ other: Matrix?) { if let other { copy(from: other) } else { fill(0) } }
}
