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
  /// The layer above the encoder that gives the scores, in the place of V f + c; nil but for Jordan networks.
  package var jordan: ReferenceJordan?
  /// Whether the true classes are fed back in a Jordan network.
  package var isTeacherForced = false
  /// Tokens of the chunks that are encoded and pooled one by one; nil for whole sequences.
  package var chunk: Int?
  /// Whether every token is scored against the one label of its sequence.
  package var repeatsLabels = false

  /// Whether the scores of tags go through a conditional random field: see `ReferenceChain`.
  package var hasChain = false
  /// Beside tags, a label of the whole sequence: its pooling, and the factor of its loss. It reads `label.weight` and
  /// `label.bias`, and its labels stand behind those of the tags.
  package var sentenceLabel: (pooling: ReferencePooling, weight: Double)?

  package init(encoder: ReferenceEncoder, pooling: ReferencePooling?, loss: ReferenceLoss = ReferenceLoss()) {
    self.encoder = encoder
    self.pooling = pooling
    self.loss = loss
  }

  /// The network that a config describes, by the names in it; nil for a name that the reference does not know.
  /// - Parameters:
  ///   - activation: of an Elman cell; others have theirs fixed.
  ///   - pooling: nil for a tagger.
  ///   - feedback: of a Jordan network.
  package init?(
    cell: String, activation: String = "tanh", hidden: Int, layers: Int, isBidirectional: Bool,
    connections: String = "none", pooling: String?, feedback: String = "softmax", isTeacherForced: Bool = false,
    loss: ReferenceLoss = ReferenceLoss()
  ) {
    let isJordan = cell == "jordan"
    guard
      let cell = ReferenceCell(named: isJordan ? "elman" : cell, activation: isJordan ? "tanh" : activation),
      let connection = ReferenceConnection(rawValue: connections)
    else { return nil }
    let junction = pooling.map(ReferencePooling.init(rawValue:))
    if case .some(nil) = junction { return nil }
    self.init(
      encoder: ReferenceEncoder(
        cell: cell, hidden: hidden, layers: isJordan ? layers - 1 : layers, isBidirectional: isBidirectional,
        connection: isJordan ? .none : connection),
      pooling: junction ?? nil, loss: loss)
    self.isTeacherForced = isTeacherForced
    if isJordan {
      jordan = ReferenceJordan(index: layers - 1, isLinear: feedback == "linear", isBidirectional: isBidirectional)
    }
  }

  /// The rows of the embedding table that the tokens select.
  package func embedded(_ tokens: [Int], features: Int, _ parameters: ReferenceParameters) -> [Vector] {
    let table = parameters["embedding.weight"]
    return tokens.map { Vector(table[$0 * features..<($0 + 1) * features]) }
  }

  /// The scores o = V f + c of one sequence of vectors: one row for the sequence, or one a token.
  /// - Parameter labels: those of a teacher.
  package func scores(
    of inputs: [Vector], labels: [Int]? = nil, _ parameters: ReferenceParameters
  ) -> [Vector] {
    if let chunk, let pooling {
      let pooled = stride(from: 0, to: inputs.count, by: chunk).map { start in
        let states = encoder.states(of: Array(inputs[start..<min(inputs.count, start + chunk)]), parameters)
        return pooling.pooled(states, hidden: encoder.hidden, parameters)
      }
      return [headScores(of: ReferencePooling.weighed(pooled, parameters), parameters)]
    }
    var states = encoder.states(of: inputs, parameters)
    var half = encoder.hidden
    if let jordan {
      states = jordan.states(of: states, teacher: isTeacherForced ? labels : nil, parameters)
      half = states[0].count / (jordan.isBidirectional ? 2 : 1)
    }
    let features = pooling.map { [$0.pooled(states, hidden: half, parameters)] } ?? states
    if let jordan { return features.map { jordan.scores($0) } }
    return features.map { headScores(of: $0, parameters) }
  }

  /// The scores o = V f + c of one vector of features.
  package func headScores(of features: Vector, _ parameters: ReferenceParameters) -> Vector {
    sum(product(parameters["output.weight"], features), parameters["output.bias"])
  }

  /// The mean loss of sequences of vectors.
  /// - Parameter labels: of each sequence: one, or one a token.
  package func loss(of inputs: [[Vector]], labels: [[Int]], _ parameters: ReferenceParameters) -> Double {
    if let sentenceLabel { return sentenceLabelLoss(of: inputs, labels: labels, sentenceLabel, parameters) }
    if hasChain { return chainLoss(of: inputs, labels: labels, parameters) }
    let labels = repeatsLabels ? zip(inputs, labels).map { Array(repeating: $1[0], count: $0.count) } : labels
    return loss.mean(
      zip(inputs, labels).flatMap { scores(of: $0, labels: $1, parameters) }, labels: labels.flatMap { $0 })
  }

  private func chainLoss(of inputs: [[Vector]], labels: [[Int]], _ parameters: ReferenceParameters) -> Double {
    let chain = ReferenceChain(parameters)
    let costs = zip(inputs, labels).flatMap { input, tags in
      chain.costs(of: tags, scores(of: input, labels: tags, parameters))
    }
    return loss.mean(costs: costs, labels: labels.flatMap { $0 })
  }

  /// The mean loss of the tags, and that of the sequences' labels times its factor.
  private func sentenceLabelLoss(
    of inputs: [[Vector]], labels: [[Int]], _ sentenceLabel: (pooling: ReferencePooling, weight: Double),
    _ parameters: ReferenceParameters
  ) -> Double {
    var tagger = self
    tagger.sentenceLabel = nil
    let tagLoss = tagger.loss(of: inputs, labels: labels.map { Array($0.dropLast()) }, parameters)
    let pooled = inputs.map {
      sentenceLabel.pooling.pooled(encoder.states(of: $0, parameters), hidden: encoder.hidden, parameters)
    }
    let scores = pooled.map { sum(product(parameters["label.weight"], $0), parameters["label.bias"]) }
    return tagLoss + sentenceLabel.weight * ReferenceLoss().mean(scores, labels: labels.map { $0[$0.count - 1] })
  }

  /// The mean loss of sequences of token ids.
  /// - Parameter features: E, the columns of the embedding table.
  package func loss(
    of tokens: [[Int]], features: Int, labels: [[Int]], _ parameters: ReferenceParameters
  ) -> Double {
    loss(of: tokens.map { embedded($0, features: features, parameters) }, labels: labels, parameters)
  }
}
