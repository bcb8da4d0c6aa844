import CSeqKernels

/// One step back along linear chains of tags, for the sequences that run at step t, of which the first ones also run at
/// t + 1: see `seqk_chain_messages`.
package struct ChainMessages {
  /// e(t) [rows, K]
  package var scores: Matrix
  /// [1, K]
  package var end: Matrix
  /// T [K, K], from a tag to another.
  package var transitions: Matrix
  /// τ: what the caller took off T before the exponential.
  package var shift: Float
  /// r(t + 1) · Eᵀ [following, K]
  package var sums: Matrix
  /// u(t + 1) [following, K]
  package var next: Matrix
  /// max u(t + 1) [1, following]
  package var nextGreatest: Matrix
  /// u(t) [rows, K]: is set.
  package var messages: Matrix
  /// r(t) = exp(u(t) − max u(t)) [rows, K]: is set.
  package var shares: Matrix
  /// max u(t) [1, rows]: is set.
  package var greatest: Matrix

  package init(
    scores: Matrix, end: Matrix, transitions: Matrix, shift: Float, sums: Matrix, next: Matrix, nextGreatest: Matrix,
    messages: Matrix, shares: Matrix, greatest: Matrix
  ) {
    (self.scores, self.end, self.transitions, self.shift) = (scores, end, transitions, shift)
    (self.sums, self.next, self.nextGreatest) = (sums, next, nextGreatest)
    (self.messages, self.shares, self.greatest) = (messages, shares, greatest)
  }

  /// Takes the step.
  package func run() {
    let (rows, tags, following) = (scores.rows, scores.columns, sums.rows)
    precondition(
      messages.has(rows, tags) && shares.has(rows, tags) && greatest.count == rows && end.count == tags
        && transitions.has(tags, tags) && sums.columns == tags && following <= rows && next.has(following, tags)
        && nextGreatest.count == following, "a step of chains of another shape")
    var step = unsafe seqk_chain_messages(
      rows: rows, following: following, tags: tags, scores: scores.base, lds: scores.stride, end: end.base,
      transitions: transitions.base, ldt: transitions.stride, shift: shift, sums: sums.base, ldq: sums.stride,
      next: next.base, ldn: next.stride, next_greatest: nextGreatest.base, messages: messages.base,
      ldm: messages.stride, shares: shares.base, ldr: shares.stride, greatest: greatest.base)
    unsafe Kernels.table.chain_messages(&step)
  }
}

/// One step on along the chains: masses on the tags at t go to those at t + 1, for the sequences that run at both; see
/// `seqk_chain_masses`.
package struct ChainMasses {
  /// m(t) [rows, K]
  package var masses: Matrix
  /// The tag of each sequence that mass is added to before it goes on [rows], and how much [1, rows].
  package var labels: RowIndices?
  package var added: Matrix
  /// As in `ChainMessages`.
  package var sums: Matrix
  package var transitions: Matrix
  /// u(t + 1) [rows, K]
  package var next: Matrix
  /// r(t + 1) [rows, K]
  package var nextShares: Matrix
  /// Mass ÷ sums [rows, K]: is set.
  package var departures: Matrix
  /// m(t + 1) [rows, K]: is set.
  package var nextMasses: Matrix
  /// [K, K]: what moved from tag to tag is added, but only where `departures` cannot tell it.
  package var counts: Matrix

  package init(
    masses: Matrix, labels: RowIndices?, added: Matrix, sums: Matrix, transitions: Matrix, next: Matrix,
    nextShares: Matrix, departures: Matrix, nextMasses: Matrix, counts: Matrix
  ) {
    (self.masses, self.labels, self.added, self.sums) = (masses, labels, added, sums)
    (self.transitions, self.next, self.nextShares) = (transitions, next, nextShares)
    (self.departures, self.nextMasses, self.counts) = (departures, nextMasses, counts)
  }

  /// Takes the step. - Parameter exponentials: E = exp(T − τ), packed.
  package func run(_ exponentials: PackedMatrix) {
    let (rows, tags) = (masses.rows, masses.columns)
    precondition(
      sums.has(rows, tags) && next.has(rows, tags) && nextShares.has(rows, tags) && departures.has(rows, tags)
        && nextMasses.has(rows, tags) && transitions.has(tags, tags) && counts.has(tags, tags)
        && (labels.map { $0.count == rows && $0.greatest < tags && added.count == rows } ?? true),
      "a step of chains of another shape")
    var step = unsafe seqk_chain_masses(
      rows: rows, tags: tags, masses: masses.base, ldm: masses.stride, labels: labels?.base, added: added.base,
      sums: sums.base, ldq: sums.stride, transitions: transitions.base, ldt: transitions.stride, next: next.base,
      ldu: next.stride, next_shares: nextShares.base, ldr: nextShares.stride, departures: departures.base,
      ldp: departures.stride, next_masses: nextMasses.base, ldn: nextMasses.stride, counts: counts.base,
      ldc: counts.stride)
    unsafe Kernels.table.chain_departures(&step)
    nextMasses.setProduct(departures, exponentials)
    unsafe Kernels.table.chain_arrivals(&step)
  }
}

/// One step of Viterbi's search: best(t, j) = e(t, j) + max_i best(t − 1, i) + T(i, j), less the greatest before.
package struct ChainSearchStep {
  /// Columns that K tags take in `previous`, `best`, `from` and `transitions`: whole vectors.
  package static func width(_ tags: Int) -> Int { (tags + 15) / 16 * 16 }

  /// [rows, width]
  package var previous: Matrix
  /// T [K, width]
  package var transitions: Matrix
  /// e(t) [rows, K]
  package var scores: Matrix
  /// [rows, width]: is set.
  package var best: Matrix
  /// The tag before, the first of equals: `width` numbers for each of the rows, from this one on, are set.
  package var from: SharedArray<Int32>
  package var firstRow: Int

  package init(
    previous: Matrix, transitions: Matrix, scores: Matrix, best: Matrix, from: SharedArray<Int32>, firstRow: Int
  ) {
    (self.previous, self.transitions, self.scores) = (previous, transitions, scores)
    (self.best, self.from, self.firstRow) = (best, from, firstRow)
  }

  /// Takes the step.
  package func run() {
    let (rows, tags, width) = (scores.rows, scores.columns, Self.width(scores.columns))
    precondition(
      previous.has(rows, width) && best.has(rows, width) && previous.stride == best.stride
        && transitions.has(tags, width) && firstRow >= 0 && from.count >= (firstRow + rows) * width,
      "a step of chains of another shape")
    var step = unsafe seqk_chain_best(
      rows: rows, tags: tags, previous: previous.base, transitions: transitions.base, ldt: transitions.stride,
      scores: scores.base, lds: scores.stride, best: best.base, ldb: best.stride, from: from.base + firstRow * width,
      ldf: width)
    unsafe Kernels.table.chain_best(&step)
  }
}

extension Matrix {
  /// self = exp(x − shift), and 0 below e⁻⁸⁷.
  package func setExponentials(of x: Matrix, less shift: Float) {
    precondition(x.count == count && isContiguous && x.isContiguous, "exponentials of another shape")
    unsafe Kernels.table.exponentials(count, shift, x.base, base)
  }

  /// The least and the greatest element. - Precondition: there is one.
  package var bounds: ClosedRange<Float> {
    precondition(count > 0, "bounds of nothing")
    var (least, greatest) = (self[0, 0], self[0, 0])
    for r in 0..<rows {
      withRow(r) { row in
        for i in row.indices { (least, greatest) = (min(least, row[i]), max(greatest, row[i])) }
      }
    }
    return least <= greatest ? least...greatest : 0...0
  }

  fileprivate func has(_ rows: Int, _ columns: Int) -> Bool { self.rows == rows && self.columns == columns }
}
