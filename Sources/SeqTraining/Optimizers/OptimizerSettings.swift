/// The rules that turn a gradient into a step.
public enum OptimizerKind: String, Sendable, CaseIterable {
  /// Stochastic gradient descent, plain or with momentum (Polyak 1964) or Nesterov's (Sutskever et al. 2013).
  case sgd
  /// Tieleman and Hinton 2012.
  case rmsprop
  /// Duchi et al. 2011.
  case adagrad
  /// Zeiler 2012.
  case adadelta
  /// Kingma and Ba 2015.
  case adam
  /// Adam with decoupled weight decay (Loshchilov and Hutter 2019).
  case adamw
  /// Adam with a maximum of the second moment (Reddi et al. 2018).
  case amsgrad
  /// Adam with Nesterov momentum (Dozat 2016).
  case nadam
}

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
  public var beta2 = 0.999
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
    switch kind {
    case .sgd: learningRate = 0.1
    case .rmsprop, .adam, .adamw, .amsgrad, .nadam: learningRate = 0.001
    case .adagrad: learningRate = 0.01
    case .adadelta: learningRate = 1
    }
    weightDecay = kind == .adamw ? 0.01 : 0
    isDecoupled = kind == .adamw
    decay = kind == .adadelta ? 0.9 : 0.99
    epsilon = kind == .adagrad ? 1e-10 : kind == .adadelta ? 1e-6 : 1e-8
  }
}
