package import SeqConfig

/// How the steps of a sequence become predictions.
public enum Topology: String, Sendable, CaseIterable {
  /// Many-to-one: the states are pooled into one vector, from which one class is predicted.
  case pooled
  /// Many-to-many of equal length: a class is predicted at each step.
  case stepwise
  /// One-to-one: one class for a bag of tokens, by a feed-forward network.
  case bag
  /// Many-to-many of unequal length: a decoder writes another sequence.
  case encoderDecoder

  /// Whether a class is predicted at each step of the input.
  package var isStepwise: Bool { self == .stepwise }
}

/// What of its output a Jordan network feeds back.
public enum FeedbackKind: String, Sendable, CaseIterable {
  /// The probabilities.
  case softmax
  /// The scores.
  case linear
}

/// At which steps a classifier's output is compared with the label in training.
public enum OutputSteps: String, Sendable, CaseIterable {
  /// Once a sequence, after pooling.
  case last
  /// At every step, as if each token were the last one.
  case each
}

/// The activation of an Elman cell.
public enum ActivationKind: String, Sendable, CaseIterable {
  case tanh, relu, sigmoid
}

/// What leads past the recurrent layers of a stack, from the second one.
public enum ConnectionKind: String, Sendable, CaseIterable {
  case none
  /// The layer's input is added to its output (He et al. 2016).
  case residual
  /// A learned gate weighs the layer's output against its input (Srivastava et al. 2015).
  case highway
}

/// How a classifier turns the states of a sequence into one vector.
public enum PoolingKind: String, Sendable, CaseIterable {
  /// The final state of each direction.
  case last
  case mean, max
  /// A learned weighted mean (Yang et al. 2016).
  case attention
}

/// What turns features into predictions.
public enum HeadKind: String, Sendable, CaseIterable {
  /// Each label for itself.
  case softmax
  /// A linear-chain conditional random field: a tagger's tags depend on their neighbours (Lafferty et al. 2001).
  case crf
}

/// How a decoder looks at the states of the encoder.
public enum AttentionKind: String, Sendable, CaseIterable {
  /// Not at all: it begins with the last ones, and that is all it knows.
  case none
  /// By the product of both (Luong et al. 2015).
  case dot
  /// By the product of both with a matrix between (Luong et al. 2015).
  case general
  /// By a small network over both (Bahdanau et al. 2015).
  case additive
}

extension Condition {
  /// One of some cells; what is said is given the cell's name.
  static func cell(_ cells: [CellKind], note: String? = nil, else sentence: @escaping @Sendable (String) -> String)
    -> Condition
  {
    fact("model.cell", in: cells.map(\.rawValue), note: note, sentence)
  }
}
