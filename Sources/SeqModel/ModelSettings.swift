import SeqLayers

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

/// A label of the whole sequence that is learned beside its tags, by one encoder: slots and intent.
public struct JointSettings: Sendable, Equatable {
  /// How the states of a sequence become one vector.
  public var pooling = PoolingKind.max
  /// The factor of the label's loss; that of the tags counts 1. A label's loss is as great as that of a token, so that a
  /// factor of 1 would make the label of a text as heavy as all its tags.
  public var weight = 0.3

  /// The defaults.
  public init() {}
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

/// The part of a network that writes a sequence.
public struct DecoderSettings: Sendable, Equatable {
  /// Features of a target token; nil for as many as a source token has.
  public var embedding: Int?
  /// The recurrence; nil for the encoder's.
  public var cell: CellKind?
  /// Units of a layer; nil for as many as the encoder has in one direction.
  public var hidden: Int?
  /// Layers; nil for as many as the encoder has.
  public var layers: Int?
  /// How it looks at the encoder's states.
  public var attention = AttentionKind.general
  /// Whether what it saw and found goes into the next step.
  public var feedsInput = true

  /// The defaults.
  public init() {}
}

/// Probabilities with which single features are dropped in training.
public struct DropoutSettings: Sendable, Equatable {
  /// On the embeddings.
  public var input: Double
  /// Between recurrent layers.
  public var between: Double
  /// Before the head.
  public var output: Double
  /// Whether a sequence has one mask for all its steps.
  public var isLocked = false
  /// On the recurrent matrices: single weights, for a batch alike.
  public var recurrent = 0.0
  /// On the states where they are multiplied by the recurrent matrices, for all steps of a sequence alike.
  public var state = 0.0
  /// The probability of a state to stay as it was.
  public var zoneout = 0.0
  /// The probability of a token to be read as an unknown one.
  public var word = 0.0

  /// What recurrent layers do to their states.
  var noise: StateNoise { StateNoise(dropout: state, zoneout: zoneout) }

  /// A rate for each place.
  public init(input: Double = 0, between: Double = 0, output: Double = 0) {
    self.input = input
    self.between = between
    self.output = output
  }

  /// The same rate everywhere.
  public init(_ rate: Double) { self.init(input: rate, between: rate, output: rate) }
}

/// The shape of a network.
public struct ModelSettings: Sendable, Equatable {
  /// Features of a token.
  public var embedding = 64
  /// Standard deviation of the embeddings at the start; those of a bag start at 0.
  public var embeddingDeviation = 0.1
  /// Several views of a token, in the place of one embedding; empty for that.
  public var inputs: [InputSettings] = []
  /// The recurrence.
  public var cell = CellKind.lstm
  /// Of an Elman cell, other cells have theirs fixed; of the hidden layers over a bag.
  public var activation = ActivationKind.tanh
  /// Is added to where the forget gate's bias starts, in cells that have one: see `CellKind.hasForgetBias`.
  public var forgetBias = 1.0
  /// What a Jordan network feeds back.
  public var feedback = FeedbackKind.softmax
  /// Whether a Jordan tagger is fed the true tag of the step before, in training.
  public var isTeacherForced = false
  /// At which steps a classifier learns. What it predicts is its output at the last step in either case.
  public var outputs = OutputSteps.last
  /// Units of one direction of one layer.
  public var hidden = 128
  /// Recurrent layers on top of each other.
  public var layers = 1
  /// Past the layers from the second one.
  public var connections = ConnectionKind.none
  /// Whether a second direction reads each sequence from its end.
  public var isBidirectional = true
  /// Rates of dropout.
  public var dropout = DropoutSettings(0.3)
  /// The longest sequence of tokens that has an embedding of its own in a bag; 1 for tokens alone.
  public var ngrams = 1
  /// Embeddings that the longer sequences of tokens share, by a hash.
  public var buckets = 1 << 16
  /// Tokens of the chunks of a text that a classifier reads one by one and then weighs; nil for whole texts.
  public var chunk: Int?
  /// Of a classifier.
  public var pooling = PoolingKind.last
  /// What turns features into predictions.
  public var head = HeadKind.softmax
  /// A label beside the tags; nil for tags alone.
  public var joint: JointSettings?
  /// What writes sequences, where sequences are to be written.
  public var decoder = DecoderSettings()

  /// The defaults.
  public init() {}
}
