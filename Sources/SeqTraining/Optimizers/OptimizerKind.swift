import SeqTensor

import enum CSeqKernels.seqk_rule  // the list of rules alone

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
  /// Steps of one size in the direction of a momentum's sign (Chen et al. 2023).
  case lion
}

/// The keys of a config that only some kinds have.
public enum OptimizerKey: String, Sendable, CaseIterable {
  case momentum, nesterov, beta1, beta2, momentumDecay, decay, epsilon
}

/// What a kind of optimiser is, all in one place.
struct OptimizerTraits {
  /// What it does to a weight.
  let rule: UpdateRule
  /// The keys that apply to it, beside those of all.
  let keys: Set<OptimizerKey>
  /// The default of `learningRate`; likewise those below.
  let learningRate: Double
  var weightDecay = 0.0
  var isDecoupled = false
  var beta2 = 0.999
  var decay = 0.99
  var epsilon = 1e-8
  /// Whether it keeps a first moment; where `momentum` is one of its keys, only with a momentum.
  var keepsFirstMoment = true
  var secondMoment = SecondMoment.fading
  /// Whether it keeps the greatest second moment.
  var keepsGreatest = false

  /// What becomes of the squares of gradients.
  enum SecondMoment {
    case none
    /// Their sum is kept, which a gradient of 0 does not change.
    case growing
    /// A running mean is kept.
    case fading
  }
}

extension OptimizerKind {
  /// Rule, keys, defaults and running vectors of each kind. Settings, the reading of a config and the steps ask it.
  var traits: OptimizerTraits {
    switch self {
    case .sgd:
      OptimizerTraits(rule: .sgd, keys: [.momentum, .nesterov], learningRate: 0.1, secondMoment: .none)
    case .rmsprop: OptimizerTraits(rule: .rmsProp, keys: [.momentum, .decay, .epsilon], learningRate: 0.001)
    case .adagrad:
      OptimizerTraits(
        rule: .adagrad, keys: [.epsilon], learningRate: 0.01, epsilon: 1e-10, keepsFirstMoment: false,
        secondMoment: .growing)
    case .adadelta:
      OptimizerTraits(rule: .adadelta, keys: [.decay, .epsilon], learningRate: 1, decay: 0.9, epsilon: 1e-6)
    case .adam: OptimizerTraits(rule: .adam, keys: [.beta1, .beta2, .epsilon], learningRate: 0.001)
    case .adamw:
      OptimizerTraits(
        rule: .adam, keys: [.beta1, .beta2, .epsilon], learningRate: 0.001, weightDecay: 0.01, isDecoupled: true)
    case .amsgrad:
      OptimizerTraits(
        rule: .amsGrad, keys: [.beta1, .beta2, .epsilon], learningRate: 0.001, keepsGreatest: true)
    case .nadam:
      OptimizerTraits(rule: .nadam, keys: [.beta1, .beta2, .momentumDecay, .epsilon], learningRate: 0.001)
    case .lion:
      OptimizerTraits(
        rule: .lion, keys: [.beta1, .beta2], learningRate: 0.0001, isDecoupled: true, beta2: 0.99, secondMoment: .none)
    }
  }

  /// The kinds that a key applies to.
  public static func having(_ key: OptimizerKey) -> Set<OptimizerKind> {
    Set(allCases.filter { $0.traits.keys.contains(key) })
  }
}

extension OptimizerSettings {
  /// Which of the three running vectors the rule keeps: momentum or first moment, second moment, AMSGrad's third.
  package var usesMoments: [Bool] {
    let traits = kind.traits
    let hasFirst = traits.keepsFirstMoment && (!traits.keys.contains(.momentum) || momentum > 0)
    return [hasFirst, traits.secondMoment != .none, traits.keepsGreatest]
  }

  /// Whether a step changes the weight or a moment of a row that has no gradient. `isLazy` is about this and means
  /// nothing without.
  public var movesIdleRows: Bool {
    usesMoments[0] || kind.traits.secondMoment == .fading || weightDecay > 0 && decaysEmbeddings
  }
}
