package import SeqTensor

/// A linear-chain conditional random field over the scores of a head (Lafferty, McCallum and Pereira 2001; over a
/// recurrent network: Lample et al. 2016): scores for the first tag of a sequence, for the step from a tag to the next, and
/// for the last tag.
package struct CRFHead: Sendable {
  /// K, tags.
  package let classes: Int
  package let start: ParameterSlot  // [K]
  package let transitions: ParameterSlot  // T [K, K], from a tag to another
  package let end: ParameterSlot  // [K]

  package init(name: String, classes: Int, layout: inout ParameterLayout) {
    self.classes = classes
    let drawn = Initialization.uniform(0.1)
    start = layout.addVector("\(name).start_transitions", count: classes, initialization: drawn)
    transitions = layout.addMatrix(
      "\(name).transitions", rows: classes, columns: classes, initialization: drawn, packing: nil)
    end = layout.addVector("\(name).end_transitions", count: classes, initialization: drawn)
  }

  package var gradientBlocks: [GradientBlock] { [start, transitions, end].flatMap { GradientBlock.blocks(of: $0) } }

  package func makePass() -> CRFPass { CRFPass(self) }

  /// The scores themselves.
  package func scores(_ weights: Weights) -> TransitionScores {
    TransitionScores(start: weights[start], transitions: weights[transitions], end: weights[end])
  }
}

/// What a chain of tags adds to the scores of its tokens.
package struct TransitionScores {
  /// Of the first tags [1, K].
  package let start: Matrix
  /// From a tag to another [K, K].
  package let transitions: Matrix
  /// Of the last tags [1, K].
  package let end: Matrix

  package init(start: Matrix, transitions: Matrix, end: Matrix) {
    (self.start, self.transitions, self.end) = (start, transitions, end)
  }
}

/// One shard's loss and gradient through a CRF.
///
/// The loss is Σ w(y(t)) · −log p(y(t) | y(t − 1), x): the negative log-likelihood of the tags, each factor of which may
/// count with its tag's weight.
package final class CRFPass: GradientSource {
  private let head: CRFHead
  private let tables: ChainTables
  private let sweep = ChainSweep()
  private let factorBuffer = FloatBuffer(), addedBuffer = FloatBuffer(), countBuffer = FloatBuffer()
  private let productBuffer = FloatBuffer(), endBuffer = FloatBuffer()
  private let labels = IndexBuffer(), departed = IndexBuffer()
  /// The rows of the first tokens, and of all but those.
  private var firstRows: Matrix
  private var isLong = false

  init(_ head: CRFHead) {
    self.head = head
    tables = ChainTables(count: head.classes)
    firstRows = factorBuffer.matrix(rows: 0, columns: 0)
  }

  /// Turns scores [rows, K] into their gradient.
  /// - Parameter labels: the tag of each row; a sequence with a negative one costs nothing.
  /// - Returns: `scale` · Σ loss.
  package func loss(
    _ scores: Matrix, labels given: Span<Int32>, shape: PackedShape, weights: Weights, scale: Double,
    options: LossOptions
  ) -> Double {
    labels.set(given)
    tables.set(
      start: weights[head.start], transitions: weights[head.transitions], end: weights[head.end], searches: false)
    setFactors(shape, scale: scale, options)
    sweep.runBack(scores, shape, tables)
    let loss = nats(scores, shape)
    let counts = countBuffer.reserve(rows: head.classes, columns: head.classes)
    counts.fill(0)
    sweep.runOn(
      scores, shape, tables, labels: labels.indices, factors: factorBuffer.matrix(rows: 1, columns: shape.rows),
      added: addedBuffer.matrix(rows: 1, columns: shape.rows), counts: counts)
    subtractTruth(from: scores, shape, counts)
    keep(scores, shape)
    return loss
  }

  /// How much each token counts, and how much more than the one before its follower does.
  private func setFactors(_ shape: PackedShape, scale: Double, _ options: LossOptions) {
    let factors = factorBuffer.reserve(rows: 1, columns: shape.rows)
    let added = addedBuffer.reserve(rows: 1, columns: shape.rows)
    for s in 0..<shape.sequences {
      let isKnown = (0..<shape.lengths[s]).allSatisfy { labels.indices[shape.row(sequence: s, step: $0)] >= 0 }
      var last = shape.row(sequence: s, step: 0)
      for t in 0..<shape.lengths[s] {
        let row = shape.row(sequence: s, step: t)
        let weight = isKnown ? options.classWeights?[labels.indices[row]] ?? 1 : 0
        factors[0, row] = weight * Float(scale)
        added[0, last] = factors[0, row] - factors[0, last]
        added[0, row] = 0
        last = row
      }
    }
  }

  /// Σ factor · −log p(y(t) | y(t − 1)).
  private func nats(_ scores: Matrix, _ shape: PackedShape) -> Double {
    var sum = 0.0
    for s in 0..<shape.sequences {
      let lattice = ChainLattice(scores: scores, sweep: sweep, tables: tables, shape: shape, place: s)
      for t in 0..<shape.lengths[s] {
        let row = shape.row(sequence: s, step: t)
        let factor = Double(factorBuffer.matrix(rows: 1, columns: shape.rows)[0, row])
        if factor == 0 { continue }
        let tag = labels.indices[row]
        let log =
          t == 0
          ? lattice.logStart(tag)
          : lattice.logStep(t, from: labels.indices[shape.row(sequence: s, step: t - 1)], to: tag)
        // By rounding a little above 0 where the tag is as good as certain.
        sum -= factor * (log > 0 ? 0 : log)
      }
    }
    return sum
  }

  /// Takes the true tags and transitions off the expected ones.
  private func subtractTruth(from masses: Matrix, _ shape: PackedShape, _ counts: Matrix) {
    let factors = factorBuffer.matrix(rows: 1, columns: shape.rows)
    for s in 0..<shape.sequences {
      var previous = -1
      for t in 0..<shape.lengths[s] {
        let row = shape.row(sequence: s, step: t)
        let tag = labels.indices[row]
        if factors[0, row] == 0 {
          previous = tag
          continue
        }
        masses[row, tag] -= factors[0, row]
        if previous >= 0 { counts[previous, tag] -= factors[0, row] }
        previous = tag
      }
    }
  }

  /// Keeps what the gradients of the CRF's own weights are made of.
  private func keep(_ gradient: Matrix, _ shape: PackedShape) {
    firstRows = gradient.rows(shape.steps.first ?? 0..<0)
    departed.removeAll()
    let ends = endBuffer.reserve(rows: 1, columns: head.classes)
    ends.fill(0)
    for (t, step) in shape.steps.enumerated() {
      let following = t + 1 < shape.steps.count ? shape.steps[t + 1].count : 0
      departed.append(contentsOf: step.lowerBound..<step.lowerBound + following)
      for row in step.lowerBound + following..<step.upperBound { ends.add(gradient.rows(row..<row + 1)) }
    }
    _ = productBuffer.reserve(rows: head.classes, columns: head.classes)
    isLong = shape.steps.count > 1
  }

  package func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    let target = gradient[block.slot].rows(block.rows)
    switch block.slot.index {
    case head.start.index: target.setColumnSums(of: firstRows, adding: adding)
    case head.end.index: target.accumulate(endBuffer.matrix(rows: 1, columns: head.classes), adding: adding)
    default: accumulateTransitions(block.rows, into: target, adding: adding)
    }
  }

  /// Expected transitions, E ∘ Σ departures ⊗ r of the step after, less the true ones.
  private func accumulateTransitions(_ rows: Range<Int>, into target: Matrix, adding: Bool) {
    target.accumulate(
      countBuffer.matrix(rows: head.classes, columns: head.classes).rows(rows), adding: adding)
    guard isLong else { return }
    let product = productBuffer.matrix(rows: head.classes, columns: head.classes).rows(rows)
    product.setTransposedProduct(
      GatheredRows(sweep.departures.columns(rows), departed.indices),
      GatheredRows(sweep.shares.rows(firstRows.rows..<sweep.shares.rows)), adding: false)
    target.add(tables.exponentials.rows(rows), times: product)
  }
}

extension Matrix {
  fileprivate func accumulate(_ x: Matrix, adding: Bool) { if adding { add(x) } else { copy(from: x) } }
}
