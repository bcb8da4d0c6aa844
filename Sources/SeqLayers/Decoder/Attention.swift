package import SeqTensor

/// How a query q is scored against a row m of a memory.
package enum AttentionScore: String, Sendable, CaseIterable {
  /// q · m (Luong et al. 2015); both are of one size.
  case dot
  /// q · W m (Luong et al. 2015).
  case general
  /// v · tanh(W_q q + W m) (Bahdanau et al. 2015).
  case additive
}

/// Attention of a decoder's states over the rows of an encoder: weights a = softmax over the scores of a sequence's rows,
/// context = Σ a(i) m(i).
///
/// What is W m is computed once for all rows, as keys; with `dot` the rows are the keys.
package struct Attention: Sendable {
  package let score: AttentionScore
  /// Features of a query.
  package let querySize: Int
  /// Features of a row of the memory, and of a context.
  package let memorySize: Int
  let keyWeights: ParameterSlot?  // W [K, M]
  let queryWeights: ParameterSlot?  // W_q [K, H]
  let vector: ParameterSlot?  // v [K]
  /// Features of a key: K.
  let keySize: Int

  /// - Parameters:
  ///   - size: K of `additive`.
  /// - Precondition: with `dot`, queries and rows of the memory are of one size.
  package init(
    name: String, score: AttentionScore, querySize: Int, memorySize: Int, size: Int, layout: inout ParameterLayout
  ) {
    precondition(score != .dot || querySize == memorySize, "dot of \(querySize) and \(memorySize) features")
    self.score = score
    self.querySize = querySize
    self.memorySize = memorySize
    keySize = score == .additive ? size : querySize
    func start(_ columns: Int) -> Initialization { .uniform(1 / Float(columns).squareRoot()) }
    keyWeights =
      score == .dot
      ? nil
      : layout.addMatrix(
        "\(name).key.weight", rows: keySize, columns: memorySize, initialization: start(memorySize))
    let isAdditive = score == .additive
    queryWeights =
      isAdditive
      ? layout.addMatrix("\(name).query.weight", rows: keySize, columns: querySize, initialization: start(querySize))
      : nil
    vector = isAdditive ? layout.addVector("\(name).vector", count: keySize, initialization: start(keySize)) : nil
  }

  package var gradientBlocks: [GradientBlock] {
    [keyWeights, queryWeights, vector].compactMap { $0 }.flatMap { GradientBlock.blocks(of: $0) }
  }

  package func makePass() -> AttentionPass { AttentionPass(self) }
}
