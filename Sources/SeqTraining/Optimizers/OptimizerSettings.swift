/// An optimiser and its constants; those beside the learning rate are PyTorch's by default.
public struct OptimizerSettings: Sendable, Equatable {
  /// The rule.
  public var kind: OptimizerKind
  /// The factor on a step, before the schedule.
  public var learningRate: Double
  /// SGD and RMSProp.
  public var momentum = 0.0
  /// SGD: look ahead along the momentum.
  public var isNesterov = false
  /// How strongly weights are pulled to 0: as an L2 penalty, or decoupled.
  public var weightDecay: Double
  /// Whether the pull is no part of the gradient, but of the step: the learning rate times the decay, past all moments
  /// (Loshchilov and Hutter 2019).
  public var isDecoupled: Bool
  /// Whether biases, and all else that is no matrix, decay too.
  public var decaysBiases = true
  /// Whether embeddings decay too.
  public var decaysEmbeddings = true
  /// Adam's family: decay of the first moment.
  public var beta1 = 0.9
  /// Adam's family: decay of the second moment.
  public var beta2: Double
  /// RMSProp's α and Adadelta's ρ: decay of the squared gradient.
  public var decay: Double
  /// What keeps a division from zero.
  public var epsilon: Double
  /// NAdam's ψ.
  public var momentumDecay = 0.004
  /// Whether a token's embedding and its moments move in those steps only in which the token occurs, and neither decay
  /// nor follow old moments in between.
  public var isLazy = false

  /// The defaults of a kind.
  public init(_ kind: OptimizerKind = .adam) {
    self.kind = kind
    let traits = kind.traits
    learningRate = traits.learningRate
    (weightDecay, isDecoupled) = (traits.weightDecay, traits.isDecoupled)
    (beta2, decay, epsilon) = (traits.beta2, traits.decay, traits.epsilon)
  }
}
