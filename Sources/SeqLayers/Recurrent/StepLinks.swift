import SeqTensor

/// Which rows of a batch continue which states.
struct StepLinks {
  /// The rows that have a predecessor among the sweep's states; nil for all.
  let later: RowIndices?
  /// Their predecessors in the same order.
  let earlier: RowIndices
  /// The rows of the first step, which continue the state that the sweep began with, if that is kept apart.
  let first: Range<Int>

  /// What Σ d(t)ᵀ v(t−1) is made of.
  /// - Parameters:
  ///   - d: [rows, ·]
  ///   - v: [states, ·]
  ///   - initial: v that the sweep began with, if that is kept apart; no rows for zeros.
  func product(_ d: Matrix, _ v: Matrix, initial: Matrix? = nil) -> StepProduct {
    StepProduct(
      later: later.map { GatheredRows(d, $0) } ?? GatheredRows(d), earlier: GatheredRows(v, earlier),
      first: initial.flatMap { $0.rows > 0 ? (d.rows(first), $0) : nil })
  }
}

/// Σ d(t)ᵀ v(t−1) over the steps of a sweep: the gradient of what v of the step before is multiplied by.
struct StepProduct {
  /// d of the rows that have a predecessor, and v of their predecessors.
  let later: GatheredRows, earlier: GatheredRows
  /// d of the first step, and v that the sweep began with.
  let first: (d: Matrix, v: Matrix)?

  /// Sets (or, if `adding`, adds to) the gradient of rows of a matrix.
  /// - Parameter rows: those of the matrix that `target` holds: columns of d.
  func set(_ target: Matrix, rows: Range<Int>, adding: Bool, precision: Precision) {
    target.setTransposedProduct(later.columns(rows), earlier, adding: adding, precision: precision)
    guard let first else { return }
    target.setTransposedProduct(first.d.columns(rows), first.v, adding: true, precision: precision)
  }

  /// The same of a factor a unit, target [1, n]: Σ d(t) ∘ v(t−1).
  func setFactors(_ target: Matrix, adding: Bool) {
    target.setProductSums(of: later, earlier, adding: adding)
    guard let first else { return }
    target.setProductSums(of: GatheredRows(first.d), GatheredRows(first.v), adding: true)
  }
}
