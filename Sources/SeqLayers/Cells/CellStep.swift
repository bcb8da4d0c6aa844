package import SeqTensor

/// What a cell sees of one step of a sweep: n sequences, of which the first p also ran at the step visited before.
package struct CellStep {
  /// [n, G·H]: W x + b, and b′ too unless it is kept apart. Its rows may be `gates`.
  package let projected: GatheredRows
  /// [n, G·H]: activations after `forward`, gradients after `backward`.
  package let gates: Matrix
  /// [n, G·H]: the place of U h(t−1) + b′ and its gradient, if the cell keeps it apart; else empty.
  package let recurrent: Matrix
  /// [p, H]: h(t−1).
  package let previousHidden: Matrix
  /// [p, H]: h(t−1) as it is multiplied by U: the same, but for dropout of states.
  package let multipliedHidden: Matrix
  /// [n, H]: h(t).
  package let hidden: Matrix
  /// Uᵀ, packed as the cell asks for; nil if it has no U.
  package let recurrentWeights: PackedMatrix?
  /// b′ [1, G·H], if the cell keeps it apart.
  package let recurrentBias: Matrix?
  /// The sweep's memories over all rows, or at its first step those it began with, and where this step and its
  /// predecessor lie in them.
  let memories: [Matrix]
  let previousMemories: [Matrix]
  let now: Range<Int>
  let previous: Range<Int>
  /// The cell's own parameters.
  let parameters: OwnParameters
  /// How long the matrices live that a client's cell is given; nil for other cells.
  let life: StepLife?

  /// p: the rows that have a predecessor.
  package var continuing: Range<Int> { 0..<previousHidden.rows }

  /// The other rows.
  package var starting: Range<Int> { previousHidden.rows..<hidden.rows }

  /// [n, H]: the columns of one gate.
  package func gate(_ index: Int) -> Matrix { gates.columns(index * hidden.columns..<(index + 1) * hidden.columns) }

  /// [n, ·]: memory `index` of this step.
  package func memory(_ index: Int) -> Matrix { memories[index].rows(now) }

  /// [p, ·]: memory `index` of the step before, for those sequences that ran there; nil if none did.
  package func previousMemory(_ index: Int) -> Matrix? {
    previous.isEmpty ? nil : previousMemories[index].rows(previous)
  }

  /// A vector of the cell's own, as one row.
  package func parameter(_ index: Int) -> Matrix { parameters.weights[parameters.slots[index]] }

  /// Mᵀ of a matrix of the cell's own, for x · Mᵀ.
  package func transposed(_ index: Int) -> PackedMatrix { parameters.weights.transposed(parameters.slots[index]) }

  /// M of a matrix of the cell's own, for dY · M on the way back.
  package func packed(_ index: Int) -> PackedMatrix { parameters.weights.packed(parameters.slots[index]) }
}

/// Where a direction's weights are, and which are the cell's own.
struct OwnParameters {
  let weights: Weights
  let slots: [ParameterSlot]
}

/// What comes back to a step: the first f sequences also ran at the step visited after it.
package struct StepGradient {
  /// [n, H]: ∂L/∂h(t) from above.
  package let dOutput: Matrix
  /// [f, columns of U's gates]: ∂L/∂(U h(t) + b′) of the step after.
  package let following: Matrix
  /// U, packed in panels; nil if the cell has none.
  package let recurrentWeights: PackedMatrix?
  /// [n, ·]: what a cell hands from step to step beside the gates: ∂L/∂c of an LSTM, the direct part of ∂L/∂h of a GRU.
  /// Zero at a sequence's last step.
  package let carry: Matrix
  /// [n, H · (1 + the cell's scratches)].
  let scratches: Matrix

  /// Adds what comes from the step after through U to a sum [n, H] of ∂L/∂h(t).
  func addFollowing(to sum: Matrix) {
    guard following.rows > 0, let recurrentWeights else { return }
    sum.rows(0..<following.rows).addProduct(following, recurrentWeights)
  }

  /// [n, H]: one of the cell's scratches; its content is unknown.
  package func scratch(_ index: Int) -> Matrix {
    let size = dOutput.columns
    return scratches.columns((index + 1) * size..<(index + 2) * size)
  }

  /// [n, H]: a place for ∂L/∂h(t).
  var dHidden: Matrix { scratches.columns(0..<dOutput.columns) }
}

/// What the sweeps forth and back have left behind: what the gradients of weights are made of.
package struct CellTrace {
  /// [rows, G·H]: ∂L/∂(W x + b).
  package let gates: Matrix
  /// [rows, H]: h.
  package let hidden: Matrix
  let precision: Precision
  let memories: [Matrix]
  /// Which rows continue which.
  let links: StepLinks
  /// h and the memories of the sweep's states: `hidden` and `memories`, but where a sweep has others in front of them.
  let earlierHidden: Matrix
  let earlierMemories: [Matrix]
  /// What the sweep began with, if that is kept apart; no rows for zeros.
  let initialHidden: Matrix?
  let initialMemories: [Matrix]?

  /// What a step has read of the step before.
  package enum Earlier {
    /// h(t−1)
    case hidden
    /// A memory of step t − 1.
    case memory(Int)
  }

  private func product(_ d: Matrix, _ earlier: Earlier) -> StepProduct {
    switch earlier {
    case .hidden: links.product(d, earlierHidden, initial: initialHidden)
    case .memory(let index): links.product(d, earlierMemories[index], initial: initialMemories?[index])
    }
  }

  /// [rows, H]: the columns of one gate's gradient.
  package func gate(_ index: Int) -> Matrix { gates.columns(index * hidden.columns..<(index + 1) * hidden.columns) }

  /// [rows, ·]
  package func memory(_ index: Int) -> Matrix { memories[index] }

  /// target (+)= dᵀ v(t−1): the gradient of a matrix that v of the step before is multiplied by.
  /// - Parameters:
  ///   - d: [rows, ·]: what came back to the product.
  ///   - earlier: v.
  package func setGradient(_ target: Matrix, _ d: Matrix, earlier: Earlier, adding: Bool) {
    product(d, earlier).set(target, rows: 0..<d.columns, adding: adding, precision: precision)
  }

  /// target (+)= dᵀ v(t), v being of the same step: rows of v without a predecessor are 0 if they come from one.
  package func setGradient(_ target: Matrix, _ d: Matrix, now: Matrix, adding: Bool) {
    target.setTransposedProduct(d, now, adding: adding, precision: precision)
  }

  /// target [1, n] (+)= Σ d ∘ v(t−1): the gradient of a factor a unit.
  package func setFactorGradient(_ target: Matrix, _ d: Matrix, earlier: Earlier, adding: Bool) {
    product(d, earlier).setFactors(target, adding: adding)
  }

  /// target [1, n] (+)= Σ d ∘ v(t).
  package func setFactorGradient(_ target: Matrix, _ d: Matrix, now: Matrix, adding: Bool) {
    target.setProductSums(of: GatheredRows(d), GatheredRows(now), adding: adding)
  }
}
