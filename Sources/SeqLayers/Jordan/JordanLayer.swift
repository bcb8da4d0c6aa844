package import SeqTensor

/// The network of Jordan 1986, whose recurrence goes from output to hidden units:
///
///     h(t) = tanh(U x(t) + b + W y(t−1))      o(t) = V h(t) + c      y(t) = softmax(o(t)), or o(t)      y(0) = 0
///
/// A row of its output is o(t), the scores; with two directions [forward o, backward o], each direction with an output of
/// its own. So it takes the head's place: see `ScoreHead`.
package struct JordanLayer: SequenceLayer {
  package let inputSize: Int
  package let hiddenSize: Int
  /// Scores of one direction.
  package let classes: Int
  package let feedback: OutputFeedback
  /// The rate of dropout on h(t), where V reads it.
  package let dropout: Double
  let directions: [JordanParameters]

  package var outputSize: Int { directions.count * classes }
  /// y of the step before. A state cannot come from both ends.
  package var stateSize: Int { directions.count == 1 ? classes : 0 }
  package var gradientBlocks: [GradientBlock] { directions.flatMap(\.gradientBlocks) }

  /// - Parameters:
  ///   - name: the prefix of the parameters' names, such as `rnn`.
  ///   - index: the layer's number, from 0, which ends the names.
  package init(
    name: String, index: Int = 0, inputSize: Int, hiddenSize: Int, classes: Int, feedback: OutputFeedback,
    isBidirectional: Bool, dropout: Double = 0, layout: inout ParameterLayout
  ) {
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    self.classes = classes
    self.feedback = feedback
    self.dropout = dropout
    var directions: [JordanParameters] = []
    for suffix in isBidirectional ? ["l\(index)", "l\(index)_reverse"] : ["l\(index)"] {
      directions.append(
        JordanParameters(
          prefix: name, suffix: suffix, inputSize: inputSize, hiddenSize: hiddenSize, classes: classes, layout: &layout)
      )
    }
    self.directions = directions
  }

  package func makePass(_ team: WorkerTeam) -> any SequencePass { JordanPass(self, team) }

  /// What looking up tokens of an embedding in both directions' projections of it takes.
  func tokenTables(of embedding: ParameterSlot) -> [TokenTable] {
    directions.map { TokenTable(embedding: embedding, weights: $0.inputWeights, biases: [$0.hiddenBias]) }
  }
}

/// What of the scores o goes back into the network as y.
package enum OutputFeedback: Sendable {
  /// y = softmax(o)
  case softmax
  /// y = o
  case linear
}
