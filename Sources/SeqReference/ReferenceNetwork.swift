/// The whole network for one sequence at a time, in double precision: embedding → recurrent layers → (pooling) →
/// linear layer → softmax cross-entropy.
///
/// Slow on purpose: plain loops over arrays, no batch, no packing, no gradient. It shares no code with the layers that
/// train, so that its finite differences are evidence about theirs.
///
/// Beside the encoder's and the pooling's, it reads `embedding.weight` [V, E], `output.weight` [C, d] and
/// `output.bias` [C].
package struct ReferenceNetwork: Sendable {
  package var encoder: ReferenceEncoder
  /// nil: every token is scored, not the sequence.
  package var pooling: ReferencePooling?
  package var loss: ReferenceLoss

  package init(encoder: ReferenceEncoder, pooling: ReferencePooling?, loss: ReferenceLoss = ReferenceLoss()) {
    self.encoder = encoder
    self.pooling = pooling
    self.loss = loss
  }

  /// The rows of the embedding table that the tokens select.
  package func embedded(_ tokens: [Int], features: Int, _ parameters: ReferenceParameters) -> [Vector] {
    let table = parameters["embedding.weight"]
    return tokens.map { Vector(table[$0 * features..<($0 + 1) * features]) }
  }

  /// The scores o = V f + c of one sequence of vectors: one row for the sequence, or one a token.
  package func scores(of inputs: [Vector], _ parameters: ReferenceParameters) -> [Vector] {
    let states = encoder.states(of: inputs, parameters)
    let features = pooling.map { [$0.pooled(states, hidden: encoder.hidden, parameters)] } ?? states
    return features.map { headScores(of: $0, parameters) }
  }

  /// The scores o = V f + c of one vector of features.
  package func headScores(of features: Vector, _ parameters: ReferenceParameters) -> Vector {
    sum(product(parameters["output.weight"], features), parameters["output.bias"])
  }

  /// The mean loss of sequences of vectors.
  /// - Parameter labels: of each sequence: one, or one a token.
  package func loss(of inputs: [[Vector]], labels: [[Int]], _ parameters: ReferenceParameters) -> Double {
    loss.mean(inputs.flatMap { scores(of: $0, parameters) }, labels: labels.flatMap { $0 })
  }

  /// The mean loss of sequences of token ids.
  /// - Parameter features: E, the columns of the embedding table.
  package func loss(
    of tokens: [[Int]], features: Int, labels: [[Int]], _ parameters: ReferenceParameters
  ) -> Double {
    loss(of: tokens.map { embedded($0, features: features, parameters) }, labels: labels, parameters)
  }
}
