package import SeqTensor

/// The forward–backward algorithm over the chains of a shard, all sequences of a step at once.
///
/// Back: u(t, j) = e(t, j) + log Σ of all that may follow tag j. On: the masses of the tags, m(t, j) = p(y(t) = j), which
/// go from each tag to the next with the probability p(j | i) that the messages give.
/// docs/explanation/theory.md has the equations.
package final class ChainSweep {
  private let messageBuffer = FloatBuffer(), shareBuffer = FloatBuffer(), sumBuffer = FloatBuffer()
  private let greatestBuffer = FloatBuffer(), departureBuffer = FloatBuffer(), countBuffer = FloatBuffer()
  private var size = (rows: 0, tags: 0)

  package init() {}

  /// u [rows, K], less the greatest of the steps behind.
  var messages: Matrix { messageBuffer.matrix(rows: size.rows, columns: size.tags) }
  /// r = exp(u − max u) [rows, K].
  var shares: Matrix { shareBuffer.matrix(rows: size.rows, columns: size.tags) }
  /// r(t + 1) · Eᵀ [rows, K], of the rows that are followed.
  private var sums: Matrix { sumBuffer.matrix(rows: size.rows, columns: size.tags) }
  /// max u [1, rows].
  var greatest: Matrix { greatestBuffer.matrix(rows: 1, columns: size.rows) }
  /// Masses ÷ sums [rows, K], of the rows that are followed.
  var departures: Matrix { departureBuffer.matrix(rows: size.rows, columns: size.tags) }

  /// The sweep back, which leaves the messages.
  /// - Parameter scores: e [rows, K].
  package func runBack(_ scores: Matrix, _ shape: PackedShape, _ tables: ChainTables) {
    size = (shape.rows, tables.count)
    for buffer in [messageBuffer, shareBuffer, sumBuffer] { _ = buffer.reserve(rows: size.rows, columns: size.tags) }
    _ = greatestBuffer.reserve(rows: 1, columns: size.rows)
    let (messages, shares, sums, greatest) = (messages, shares, sums, greatest)
    for (t, step) in shape.steps.enumerated().reversed() {
      let next = t + 1 < shape.steps.count ? shape.steps[t + 1] : step.upperBound..<step.upperBound
      let own = sums.rows(step.lowerBound..<step.lowerBound + next.count)
      if !next.isEmpty { own.setProduct(shares.rows(next), tables.packedTranspose) }
      ChainMessages(
        scores: scores.rows(step), end: tables.end, transitions: tables.transitions, shift: tables.shift, sums: own,
        next: messages.rows(next), nextGreatest: greatest.columns(next), messages: messages.rows(step),
        shares: shares.rows(step), greatest: greatest.columns(step)
      ).run()
    }
  }

  /// The sweep on, after the one back: the masses [rows, K].
  package func runOn(_ masses: Matrix, _ shape: PackedShape, _ tables: ChainTables) {
    let none = countBuffer.reserve(rows: size.tags, columns: size.tags)
    runOn(masses, shape, tables, labels: nil, factors: nil, added: greatest, counts: none)
  }

  /// The same for masses that are not 1: each sequence begins with its first factor and, behind each of its tokens, gets
  /// what is added there on the token's label.
  ///
  /// - Parameters:
  ///   - masses: are set, and may be the scores.
  ///   - factors: [1, rows]; those of the first tokens are read.
  ///   - added: [1, rows]
  ///   - counts: see `ChainMasses`.
  func runOn(
    _ masses: Matrix, _ shape: PackedShape, _ tables: ChainTables, labels: RowIndices?, factors: Matrix?,
    added: Matrix, counts: Matrix
  ) {
    guard let first = shape.steps.first else { return }
    _ = departureBuffer.reserve(rows: size.rows, columns: size.tags)
    let (messages, shares, sums, departures) = (messages, shares, sums, departures)
    let start = masses.rows(first)
    start.copy(from: messages.rows(first))
    start.addToRows(tables.start)
    start.softmaxRows()
    if let factors { for s in 0..<first.count { start.rows(s..<s + 1).scale(by: factors[0, s]) } }
    for t in 1..<max(1, shape.steps.count) {
      let next = shape.steps[t]
      let own = shape.steps[t - 1].lowerBound..<shape.steps[t - 1].lowerBound + next.count
      ChainMasses(
        masses: masses.rows(own), labels: labels?.slice(own), added: added.columns(own), sums: sums.rows(own),
        transitions: tables.transitions, next: messages.rows(next), nextShares: shares.rows(next),
        departures: departures.rows(own), nextMasses: masses.rows(next), counts: counts
      ).run(tables.packed)
    }
  }
}

extension Matrix {
  fileprivate func scale(by factor: Float) {
    for c in 0..<columns { self[0, c] *= factor }
  }
}
