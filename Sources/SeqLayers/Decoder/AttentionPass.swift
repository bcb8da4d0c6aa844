package import SeqTensor

/// One shard's attention: queries come step by step, each step owns rows of its own.
package final class AttentionPass: GradientSource {
  private let attention: Attention
  private let keyBuffer = FloatBuffer(), queryBuffer = FloatBuffer(), weightBuffer = FloatBuffer()
  private let dKeyBuffer = FloatBuffer(), dQueryBuffer = FloatBuffer(), dMemoryBuffer = FloatBuffer()
  private let scratchBuffer = FloatBuffer(), dVectorBuffer = FloatBuffer()
  private var index: AttentionMemory
  /// [rows of the memory, M]
  private var memory: Matrix
  /// [rows of the memory, K]: the memory itself with `dot`.
  private var keys: Matrix
  /// [queries, H], where the decoder has them.
  private var queries: Matrix
  /// W_q q of `additive` [queries, K].
  private var projected: Matrix
  /// [queries, longest sequence]
  private(set) var weights: Matrix
  private var dKeys: Matrix
  private var dMemory: Matrix
  private var dProjected: Matrix
  private var dVector: Matrix
  private var precision = Precision.float32

  init(_ attention: Attention) {
    self.attention = attention
    index = AttentionMemory()
    let empty = keyBuffer.matrix(rows: 0, columns: 0)
    (memory, keys, queries, projected, weights) = (empty, empty, empty, empty, empty)
    (dKeys, dMemory, dProjected, dVector) = (empty, empty, empty, empty)
  }

  /// Takes a memory and makes room for queries.
  /// - Parameters:
  ///   - memory: [rows, M], which stays where it is.
  ///   - index: the rows of its sequences.
  ///   - queries: [queries, H], filled until their steps come.
  package func begin(_ memory: Matrix, index: AttentionMemory, queries: Matrix, weights: Weights) {
    self.memory = memory
    self.index = index
    self.queries = queries
    precision = weights.precision
    keys = memory
    if let slot = attention.keyWeights {
      keys = keyBuffer.reserve(rows: memory.rows, columns: attention.keySize)
      keys.setProduct(memory, weights.transposed(slot))
    }
    projected = queries
    if attention.queryWeights != nil {
      projected = queryBuffer.reserve(rows: queries.rows, columns: attention.keySize)
    }
    self.weights = weightBuffer.reserve(rows: queries.rows, columns: index.longestLength)
  }

  /// The contexts [n, M] of the queries of some rows.
  /// - Parameter sequences: [n]: whose memory each reads.
  package func forward(_ rows: Range<Int>, sequences: RowIndices, into contexts: Matrix, weights: Weights) {
    if let slot = attention.queryWeights {
      projected.rows(rows).setProduct(queries.rows(rows), weights.transposed(slot))
    }
    step(rows, sequences, contexts, weights).forward()
  }

  /// How the query of a row shares out its attention, in the order of its sequence's rows.
  package func weights(ofRow row: Int, sequence: Int) -> ArraySlice<Float> {
    weights.row(row)[..<index.length(sequence)]
  }

  /// Readies the way back, which takes the same rows in any order.
  package func beginBackward() {
    dMemory = dMemoryBuffer.reserve(rows: memory.rows, columns: memory.columns)
    dMemory.fill(0)
    dKeys = dMemory
    if attention.keyWeights != nil {
      dKeys = dKeyBuffer.reserve(rows: keys.rows, columns: keys.columns)
      dKeys.fill(0)
    }
    dProjected = dQueryBuffer.reserve(rows: queries.rows, columns: attention.keySize)
    dVector = dVectorBuffer.reserve(rows: attention.vector == nil ? 0 : 1, columns: attention.keySize)
    dVector.fill(0)
  }

  /// - Parameters:
  ///   - contexts: [n, M], as `forward` has left them.
  ///   - dContexts: [n, M]
  ///   - dQueries: [n, H]: is added to.
  package func backward(
    _ rows: Range<Int>, sequences: RowIndices, contexts: Matrix, dContexts: Matrix, addingTo dQueries: Matrix,
    weights: Weights
  ) {
    let scratch = scratchBuffer.reserve(rows: rows.count, columns: index.longestLength)
    step(rows, sequences, contexts, weights).backward(
      dContexts: dContexts, scratch: scratch, dQueries: dProjected.rows(rows), dKeys: dKeys, dValues: dMemory,
      dAdditive: attention.vector == nil ? nil : dVector)
    if let slot = attention.queryWeights {
      dQueries.addProduct(dProjected.rows(rows), weights.packed(slot))
    } else {
      dQueries.add(dProjected.rows(rows))
    }
  }

  /// After all steps: the gradient of the memory [rows, M], valid until the next `beginBackward`.
  package func endBackward(weights: Weights) -> Matrix {
    if let slot = attention.keyWeights { dMemory.addProduct(dKeys, weights.packed(slot)) }
    return dMemory
  }

  package func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    let target = gradient[block.slot]
    if block.slot.index == attention.keyWeights?.index {
      target.rows(block.rows).setTransposedProduct(
        dKeys.columns(block.rows), memory, adding: adding, precision: precision)
    } else if block.slot.index == attention.queryWeights?.index {
      target.rows(block.rows).setTransposedProduct(
        dProjected.columns(block.rows), queries, adding: adding, precision: precision)
    } else {
      target.setColumnSums(of: dVector, adding: adding)
    }
  }

  private func step(
    _ rows: Range<Int>, _ sequences: RowIndices, _ contexts: Matrix, _ weights: Weights
  ) -> AttentionStep {
    AttentionStep(
      memory: index, sequences: sequences, queries: projected.rows(rows), keys: keys, values: memory,
      additive: attention.vector.map { weights[$0] }, weights: self.weights.rows(rows), contexts: contexts)
  }
}
