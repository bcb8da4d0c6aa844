import CSeqKernels

/// Which rows of a packed batch belong to each of its sequences: what queries attend to.
///
/// Unchecked because access is divided in time, not by a lock: see `WorkerTeam`.
package final class AttentionMemory: @unchecked Sendable {
  private let starts = IndexBuffer(), members = IndexBuffer()
  /// Rows of all sequences.
  package private(set) var rows = 0
  /// Rows of the longest sequence.
  package private(set) var longestLength = 0

  package init() { starts.append(0) }

  /// Takes the sequences of another batch, reusing the memory.
  package func set(_ shape: PackedShape) {
    starts.removeAll()
    members.removeAll()
    starts.append(0)
    for s in 0..<shape.sequences {
      for t in 0..<shape.lengths[s] { members.append(shape.row(sequence: s, step: t)) }
      starts.append(members.count)
    }
    rows = shape.rows
    longestLength = shape.lengths.first ?? 0
  }

  /// Sequences.
  package var count: Int { starts.count - 1 }
  /// Rows of a sequence.
  package func length(_ sequence: Int) -> Int { starts.indices[sequence + 1] - starts.indices[sequence] }

  fileprivate var startIndices: RowIndices { starts.indices }
  fileprivate var memberIndices: RowIndices { members.indices }
}

/// Attention of n queries, each over the memory of one sequence.
///
/// A score is query · key, or v · tanh(query + key) if `additive` is given; the weights are their softmax over the rows of
/// the sequence, and the context is the sum of its values with these weights.
package struct AttentionStep {
  package var memory: AttentionMemory
  /// [n]: the sequence whose memory each query reads.
  package var sequences: RowIndices
  /// [n, K]
  package var queries: Matrix
  /// [rows of the memory, K]
  package var keys: Matrix
  /// [rows of the memory, M]
  package var values: Matrix
  /// v [1, K]
  package var additive: Matrix?
  /// [n, at least the longest length]: becomes the weights, in the order of a sequence's rows.
  package var weights: Matrix
  /// [n, M]: becomes the contexts.
  package var contexts: Matrix

  package init(
    memory: AttentionMemory, sequences: RowIndices, queries: Matrix, keys: Matrix, values: Matrix, additive: Matrix?,
    weights: Matrix, contexts: Matrix
  ) {
    self.memory = memory
    self.sequences = sequences
    self.queries = queries
    self.keys = keys
    self.values = values
    self.additive = additive
    self.weights = weights
    self.contexts = contexts
  }

  /// Computes weights and contexts.
  package func forward() {
    check()
    unsafe withKernel { unsafe Kernels.table.attend($0) }
  }

  /// The way back, from what `forward` has left.
  /// - Parameters:
  ///   - dContexts: [n, M]
  ///   - scratch: as `weights`.
  ///   - dQueries: [n, K]: is set.
  ///   - dKeys: as `keys`: is added to; may be `dValues` where the keys are the values.
  ///   - dValues: as `values`: is added to.
  ///   - dAdditive: as `additive`: is added to.
  package func backward(
    dContexts: Matrix, scratch: Matrix, dQueries: Matrix, dKeys: Matrix, dValues: Matrix, dAdditive: Matrix?
  ) {
    check()
    precondition(
      dContexts.hasShape(of: contexts) && scratch.hasShape(of: weights) && scratch.stride == weights.stride
        && dQueries.hasShape(of: queries) && dKeys.hasShape(of: keys) && dValues.hasShape(of: values)
        && (additive == nil || dAdditive?.columns == additive?.columns), "gradients of other shapes")
    var gradient = unsafe seqk_attention_gradient(
      d_context: dContexts.base, lddc: dContexts.stride, d_weights: scratch.base, d_query: dQueries.base,
      lddq: dQueries.stride, d_key: dKeys.base, lddk: dKeys.stride, d_value: dValues.base, lddv: dValues.stride,
      d_additive: dAdditive?.base)
    unsafe withKernel { unsafe Kernels.table.attend_backward($0, &gradient) }
  }

  private func withKernel(_ body: (UnsafePointer<seqk_attention>) -> Void) {
    var kernel = unsafe seqk_attention(
      rows: queries.rows, keys: keys.columns, values: values.columns, sequence: sequences.base,
      start: memory.startIndices.base, member: memory.memberIndices.base, query: queries.base, ldq: queries.stride,
      key: keys.base, ldk: keys.stride, value: values.base, ldv: values.stride, additive: additive?.base,
      weights: weights.base, ldw: weights.stride, context: contexts.base, ldc: contexts.stride)
    unsafe body(&kernel)
  }

  private func check() {
    let n = queries.rows
    precondition(
      sequences.count == n && contexts.rows == n && weights.rows == n && queries.columns == keys.columns
        && keys.rows == memory.rows && values.rows == memory.rows && contexts.columns == values.columns
        && weights.columns >= memory.longestLength && (additive == nil || additive?.count == keys.columns)
        && sequences.greatest < memory.count && (0..<n).allSatisfy { sequences[$0] >= 0 },
      "attention over a memory of another shape")
  }
}

extension Matrix {
  fileprivate func hasShape(of other: Matrix) -> Bool { rows == other.rows && columns == other.columns }
}
