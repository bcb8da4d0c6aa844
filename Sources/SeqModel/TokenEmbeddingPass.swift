import SeqLayers
package import SeqTensor

/// One shard's embedded tokens, and the sparse part of their table's gradient.
package final class TokenEmbeddingPass {
  private let embedding: ParameterSlot
  private let rate: Double
  private let dropout: DropoutPass
  private let embedded = FloatBuffer(), rowBuffer = FloatBuffer(), dDistinct = FloatBuffer()
  private let indices = IndexBuffer()
  private var isGathered = false
  /// ∂L/∂ of the embeddings of the shard's distinct tokens [distinct, E], after `backward`.
  package private(set) var dEmbedded: Matrix

  /// - Parameters:
  ///   - rate: of dropout, on single features of the embeddings.
  ///   - isLocked: whether the steps of a sequence have one mask.
  init(_ embedding: ParameterSlot, dropout rate: Double, isLocked: Bool) {
    self.embedding = embedding
    self.rate = rate
    dropout = DropoutPass(rate: rate, name: "input", isLocked: isLocked)
    dEmbedded = embedded.matrix(rows: 0, columns: 0)
  }

  /// The embedded tokens. The encoder may do its work on distinct tokens, as far as dropout does not tell equal ones
  /// apart and there are few enough.
  func forward(_ shard: Shard, weights: Weights, mode: Mode) -> GatheredRows {
    if weights.hasTokenTables {
      let ids = shard.ids
      indices.set(ids.span)
      return GatheredRows(weights[embedding], indices.indices)
    }
    let rows = shard.shape.rows
    let ids = shard.distinctIDs
    let index = shard.distinctIndex
    let distinct = embedded.reserve(rows: ids.count, columns: embedding.columns)
    distinct.gather(ids.span, from: weights[embedding])
    indices.set(index.span)
    let gathered = GatheredRows(distinct, indices.indices)
    let drops = mode.isTraining && rate > 0
    isGathered = !drops && 4 * ids.count < 3 * rows
    guard !isGathered else { return gathered }
    let copied = rowBuffer.reserve(rows: rows, columns: embedding.columns)
    copied.copy(from: gathered)
    return GatheredRows(dropout.forward(copied, shape: shard.shape, mode: mode))
  }

  /// - Parameter dInput: the gradient of what `forward` gave, which may be overwritten.
  func backward(_ dInput: Matrix, _ shard: Shard) {
    dEmbedded = dInput
    guard !isGathered else { return }
    dropout.backward(dInput)
    let sums = dDistinct.reserve(rows: shard.distinctIDs.count, columns: embedding.columns)
    sums.fill(0)
    sums.addRows(of: dInput, at: indices.indices)
    dEmbedded = sums
  }
}
