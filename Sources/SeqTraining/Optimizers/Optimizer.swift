package import SeqTensor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Moves the weights along the gradient. Its state is the number of steps made and up to three running vectors.
package final class Optimizer {
  package let settings: OptimizerSettings
  /// Steps made so far.
  package private(set) var steps = 0
  /// The running vectors: momentum or first moment, second moment, and a third for AMSGrad.
  package let moments: [ParameterVector?]
  /// NAdam's Π μ over the steps made.
  private var momentumProduct = 1.0

  package init(_ settings: OptimizerSettings, layout: ParameterLayout) {
    self.settings = settings
    moments = settings.usesMoments.map { $0 ? ParameterVector(layout) : nil }
  }

  /// Takes up the state of an optimiser that made `steps` steps; its moments are restored by the caller.
  package func resume(steps: Int) {
    self.steps = 0
    momentumProduct = 1
    for _ in 0..<steps { advance() }
  }

  /// One step on all weights.
  /// - Parameters:
  ///   - rate: the learning rate of this step.
  ///   - scale: the factor on the gradient, from clipping.
  package func step(
    _ weights: ParameterVector, gradient: ParameterVector, rate: Double, scale: Double, team: WorkerTeam
  ) {
    let (first, second, third) = (moments[0], moments[1], moments[2])
    let constants = advance(rate: rate, scale: scale)
    let rule = settings.kind.rule
    let count = weights.layout.count
    let tasks = (count + Self.block - 1) / Self.block
    team.run(tasks) { task in
      let range = task * Self.block..<min(count, (task + 1) * Self.block)
      weights.flat.columns(range).update(
        rule, constants, gradient: gradient.flat.columns(range),
        moments: (first?.flat.columns(range), second?.flat.columns(range), third?.flat.columns(range)))
    }
  }

  /// Weights of one task.
  private static let block = 16_384

  private func advance() {
    steps += 1
    momentumProduct *= nadamMomentum(steps)
  }

  /// μ(t) = β₁ (1 − ½ · 0.96^(t ψ))
  private func nadamMomentum(_ t: Int) -> Double {
    settings.beta1 * (1 - 0.5 * pow(0.96, Double(t) * settings.momentumDecay))
  }

  private func advance(rate: Double, scale: Double) -> UpdateStep {
    advance()
    var step = UpdateStep()
    step.rate = Float(rate)
    step.scale = Float(scale)
    step.weightDecay = Float(settings.weightDecay)
    step.isDecoupled = settings.kind == .adamw
    step.momentum = Float(settings.momentum)
    step.isNesterov = settings.isNesterov
    step.isFirst = steps == 1
    step.beta1 = Float(settings.beta1)
    step.beta2 = Float(settings.kind.hasDecay ? settings.decay : settings.beta2)
    step.epsilon = Float(settings.epsilon)
    step.correction1 = Float(1 - pow(settings.beta1, Double(steps)))
    step.correction2 = Float(1 - pow(settings.beta2, Double(steps)))
    let (now, next) = (nadamMomentum(steps), nadamMomentum(steps + 1))
    step.gradientFactor = Float(rate * (1 - now) / (1 - momentumProduct))
    step.momentFactor = Float(rate * next / (1 - momentumProduct * next))
    return step
  }
}

extension OptimizerKind {
  var rule: UpdateRule {
    switch self {
    case .sgd: .sgd
    case .rmsprop: .rmsProp
    case .adagrad: .adagrad
    case .adadelta: .adadelta
    case .adam, .adamw: .adam
    case .amsgrad: .amsGrad
    case .nadam: .nadam
    }
  }

  /// Whether the squared gradient decays at `OptimizerSettings.decay`.
  var hasDecay: Bool { self == .rmsprop || self == .adadelta }
}

extension OptimizerSettings {
  /// Which of the three running vectors the rule keeps.
  var usesMoments: [Bool] {
    switch kind {
    case .sgd: [momentum > 0, false, false]
    case .rmsprop: [momentum > 0, true, false]
    case .adagrad: [false, true, false]
    case .adadelta, .adam, .adamw, .nadam: [true, true, false]
    case .amsgrad: [true, true, true]
    }
  }
}
