import CSeqKernels
import SeqCore
import SeqTensor
import SeqTestSupport
import Testing

/// The optimiser loops of every level against the rules written out in double precision, three steps at every size.
@Suite struct OptimizerKernelTests {
  @Test(arguments: KernelLevel.all, OptimizerCase.all)
  func `three steps follow the rule`(level: KernelLevel, rule: OptimizerCase) {
    for n in everySize {
      let run = OptimizerRun(rule, n)
      #expect(run.error(level.table) < 2e-6, "\(n)")
    }
  }

  /// `Matrix.update` must hand every number of a step to the kernel under its own name.
  @Test(arguments: OptimizerCase.all)
  func `an update of a matrix is the kernel's`(rule: OptimizerCase) throws {
    let level = try #require(KernelLevel.all.first { $0.name == Kernels.level })
    var random = Seed(41).generator
    let (start, gradient) = (random.floats(21), random.floats(21))
    let direct = (0..<5).map { GuardedFloats($0 == 0 ? start : $0 == 1 ? gradient : random.floats(21).map(abs)) }
    let views = direct.map { TestMatrix(rows: 1, columns: 21, values: $0.values) }
    for t in 1...2 {
      var step = rule.step(t)
      let moments = zip(rule.moments, direct[2...]).map { $0 ? $1.base : nil }
      level.table.update(rule.rule, 21, &step, direct[0].base, direct[1].base, moments[0], moments[1], moments[2])
      let seen = zip(rule.moments, views[2...]).map { $0 ? $1.view : nil }
      views[0].view.update(
        rule.rule, rule.updateStep(t), gradient: views[1].view, moments: (seen[0], seen[1], seen[2]))
    }
    for (view, values) in zip(views, direct) { #expect(view.view.elements == values.values) }
  }

  /// At every size, and around the number of weights that a replay works on at a time.
  @Test(arguments: KernelLevel.all, OptimizerCase.all)
  func `replayed steps have the bits of updates with a gradient of zero`(level: KernelLevel, rule: OptimizerCase) {
    for n in Array(everySize) + [255, 256, 257, 300, 520] {
      let run = OptimizerRun(rule, n)
      #expect(run.bits(level.table, idle: 40, replayed: true) == run.bits(level.table, idle: 40), "\(n)")
      #expect(run.bits(level.table, idle: 0, replayed: true) == run.bits(level.table, idle: 0))
    }
  }

  @Test(arguments: KernelLevel.all, OptimizerCase.all)
  func `moments that shrink for long end at zero`(level: KernelLevel, rule: OptimizerCase) {
    var rule = rule
    rule.step.decay = 0
    rule.step.decoupled = false
    let run = OptimizerRun(rule, 21)
    let idle = 10_000
    let bits = run.bits(level.table, idle: idle)
    #expect(run.bits(level.table, idle: idle, replayed: true) == bits)
    let numbers = bits.joined().map(Float.init(bitPattern:))
    #expect(numbers.allSatisfy { $0 == 0 || $0.isNormal }, "nothing is too small for fast arithmetic")
  }

  /// A replay leaves out steps that would change nothing: none that would.
  @Test(arguments: KernelLevel.all, OptimizerCase.all)
  func `replayed steps have the same bits for weights and moments of all magnitudes`(
    level: KernelLevel, rule: OptimizerCase
  ) {
    var still = rule
    still.step.decay = 0
    still.step.epsilon = 1e-8
    for trial in 0..<400 {
      let run = OptimizerRun(still, 1 + trial % 40)
      let start = IdleStart(rule, count: 1 + trial % 40, seed: Seed(43).child("magnitudes", trial))
      let idle = 1 + trial % 60 * 7
      let bits = run.bits(level.table, from: start, idle: idle)
      let isSame = run.bits(level.table, from: start, idle: idle, replayed: true) == bits
      #expect(isSame, "trial \(trial)")
    }
  }

  @Test func `a step that is not replayed is detected`() {
    let table = KernelLevel.all[0].table
    let run = OptimizerRun(OptimizerCase.all[7], 9)
    #expect(run.bits(table, idle: 3, replayed: true) != run.bits(table, idle: 4))
  }

  @Test func `a wrong rate is detected`() {
    let right = OptimizerCase.all[0]
    var wrong = right
    wrong.step.rate *= 1.001
    #expect(OptimizerRun(right, 9).error(KernelLevel.all[0].table, with: wrong) > 2e-6)
  }
}

/// A rule with its options.
struct OptimizerCase: Sendable, CustomTestStringConvertible {
  let name: String
  let rule: seqk_rule
  /// Whether the rule is given each of its three moments.
  let moments: [Bool]
  var step: seqk_step

  var testDescription: String { name }

  init(_ name: String, _ rule: seqk_rule, _ moments: [Bool], _ change: (inout seqk_step) -> Void) {
    self.name = name
    self.rule = rule
    self.moments = moments
    step = seqk_step()
    step.rate = 0.1
    step.scale = 0.8
    step.epsilon = 1e-3
    change(&step)
  }

  static let all: [OptimizerCase] = [
    OptimizerCase("SGD", .sgd, [false, false, false]) { $0.decay = 0.01 },
    OptimizerCase("SGD with momentum", .sgd, [true, false, false]) { $0.momentum = 0.9 },
    OptimizerCase("Nesterov", .sgd, [true, false, false]) {
      $0.momentum = 0.9
      $0.nesterov = true
      $0.decay = 0.01
    },
    OptimizerCase("RMSProp", .rmsProp, [false, true, false]) { $0.beta2 = 0.9 },
    OptimizerCase("RMSProp with momentum", .rmsProp, [true, true, false]) {
      $0.beta2 = 0.9
      $0.momentum = 0.5
    },
    OptimizerCase("Adagrad", .adagrad, [false, true, false]) { $0.decay = 0.01 },
    OptimizerCase("Adadelta", .adadelta, [true, true, false]) { $0.beta2 = 0.9 },
    OptimizerCase("Adam", .adam, [true, true, false], adam),
    OptimizerCase("AdamW", .adam, [true, true, false]) {
      adam(&$0)
      $0.decoupled = true
    },
    OptimizerCase("AMSGrad", .amsGrad, [true, true, true], adam),
    OptimizerCase("NAdam", .nadam, [true, true, false]) {
      adam(&$0)
      $0.gradient_factor = 0.3
      $0.moment_factor = 0.6
    },
    OptimizerCase("Lion", .lion, [true, false, false]) {
      adam(&$0)
      $0.decoupled = true
    },
  ]

  private static func adam(_ step: inout seqk_step) {
    step.beta1 = 0.9
    step.beta2 = 0.99
    step.decay = 0.05
  }

  /// The step with number t, from 1: bias corrections as Adam's.
  func step(_ t: Int) -> seqk_step {
    var step = self.step
    step.first = t == 1
    step.correction1 = 1 - (0..<t).reduce(1) { product, _ in product * step.beta1 }
    step.correction2 = 1 - (0..<t).reduce(1) { product, _ in product * step.beta2 }
    return step
  }
}

extension OptimizerCase {
  fileprivate func updateStep(_ t: Int) -> UpdateStep {
    let kernel = step(t)
    var step = UpdateStep()
    step.rate = kernel.rate
    step.scale = kernel.scale
    step.weightDecay = kernel.decay
    step.isDecoupled = kernel.decoupled
    step.momentum = kernel.momentum
    step.isNesterov = kernel.nesterov
    step.isFirst = kernel.first
    step.beta1 = kernel.beta1
    step.beta2 = kernel.beta2
    step.epsilon = kernel.epsilon
    step.correction1 = kernel.correction1
    step.correction2 = kernel.correction2
    step.gradientFactor = kernel.gradient_factor
    step.momentFactor = kernel.moment_factor
    return step
  }
}

private struct OptimizerRun {
  let rule: OptimizerCase
  let weights: [Float]
  let gradients: [[Float]]

  init(_ rule: OptimizerCase, _ n: Int) {
    var random = Seed(37).child("optimizer", n).generator
    self.rule = rule
    weights = random.floats(n)
    gradients = (0..<3).map { _ in random.floats(n) }
  }

  /// The largest error of weights and moments after three steps. - Parameter other: the rule that the kernel is told.
  func error(_ table: seqk_table, with other: OptimizerCase? = nil) -> Double {
    let w = GuardedFloats(weights)
    let moments = rule.moments.map { $0 ? GuardedFloats(repeating: 0, count: weights.count) : nil }
    var expected = weights.doubles.map { OptimizerEquations(weight: $0) }
    for (i, gradient) in gradients.enumerated() {
      var step = (other ?? rule).step(i + 1)
      let g = GuardedFloats(gradient)
      table.update(
        rule.rule, weights.count, &step, w.base, g.base, moments[0]?.base, moments[1]?.base, moments[2]?.base)
      for j in expected.indices { expected[j].update(rule, rule.step(i + 1), gradient: Double(gradient[j])) }
    }
    let errors: [Double] = [
      largestError(of: w.values.doubles, from: expected.map(\.weight)),
      moments[0].map { largestError(of: $0.values.doubles, from: expected.map(\.m)) } ?? 0,
      moments[1].map { largestError(of: $0.values.doubles, from: expected.map(\.v)) } ?? 0,
      moments[2].map { largestError(of: $0.values.doubles, from: expected.map(\.x)) } ?? 0,
    ]
    return errors.max() ?? 0
  }
}

extension OptimizerRun {
  /// Weights and moments after three steps and `idle` more with a gradient of zero.
  /// - Parameter replayed: whether those are made at once.
  fileprivate func bits(_ table: seqk_table, idle: Int, replayed: Bool = false) -> [[UInt32]] {
    let start = IdleStart(weights, rule.moments)
    for (i, gradient) in gradients.enumerated() { start.update(table, rule, i + 1, GuardedFloats(gradient)) }
    return bits(table, from: start, idle: idle, replayed: replayed)
  }

  /// The same from given weights and moments, which stay as they are.
  fileprivate func bits(
    _ table: seqk_table, from start: IdleStart, idle: Int, replayed: Bool = false
  ) -> [[UInt32]] {
    let end = start.copy
    if replayed {
      let steps = (0..<max(1, idle)).map { rule.step(4 + $0) }
      steps.withUnsafeBufferPointer {
        table.replay(
          rule.rule, end.weights.count, idle, $0.baseAddress!, end.weights.base, end.moments[0]?.base,
          end.moments[1]?.base, end.moments[2]?.base)
      }
    } else {
      let zero = GuardedFloats(repeating: 0, count: end.weights.count)
      for i in 0..<idle { end.update(table, rule, 4 + i, zero) }
    }
    return ([end.weights] + end.moments.compactMap { $0 }).map { $0.values.map(\.bitPattern) }
  }
}

/// Weights and moments before steps without a gradient.
private struct IdleStart {
  let weights: GuardedFloats
  let moments: [GuardedFloats?]

  /// Moments of zero.
  init(_ weights: [Float], _ has: [Bool]) {
    self.weights = GuardedFloats(weights)
    moments = has.map { $0 ? GuardedFloats(repeating: 0, count: weights.count) : nil }
  }

  /// Of all magnitudes, some zero, and none too small for the kernels. Sums of squares are not negative.
  init(_ rule: OptimizerCase, count: Int, seed: Seed) {
    var random = seed.generator
    func number() -> Float {
      let magnitude = Float(sign: .plus, exponent: random.index(below: 145) - 125, significand: 1)
      let factor = random.index(below: 8) == 0 ? 0 : 1 + Float(random.uniform())
      return (random.index(below: 2) == 0 ? 1 : -1) * factor * magnitude
    }
    weights = GuardedFloats((0..<count).map { _ in number() })
    moments = rule.moments.enumerated().map { i, has in
      let isSquare = i > 0 || rule.rule == .adadelta
      return has ? GuardedFloats((0..<count).map { _ in isSquare ? number().magnitude : number() }) : nil
    }
  }

  private init(_ weights: GuardedFloats, _ moments: [GuardedFloats?]) {
    self.weights = weights
    self.moments = moments
  }

  var copy: IdleStart {
    IdleStart(GuardedFloats(weights.values), moments.map { $0.map { GuardedFloats($0.values) } })
  }

  func update(_ table: seqk_table, _ rule: OptimizerCase, _ step: Int, _ gradient: GuardedFloats) {
    var constants = rule.step(step)
    table.update(
      rule.rule, weights.count, &constants, weights.base, gradient.base, moments[0]?.base, moments[1]?.base,
      moments[2]?.base)
  }
}

/// One weight and its moments, by the rules' definitions.
private struct OptimizerEquations {
  var weight: Double
  var m = 0.0
  var v = 0.0
  var x = 0.0

  init(weight: Double) { self.weight = weight }

  mutating func update(_ rule: OptimizerCase, _ step: seqk_step, gradient: Double) {
    let rate = Double(step.rate)
    let epsilon = Double(step.epsilon)
    if step.decoupled { weight *= 1 - rate * Double(step.decay) }
    let g = gradient * Double(step.scale) + (step.decoupled ? 0 : Double(step.decay) * weight)
    if rule.rule != .sgd { v = secondMoment(rule.rule, step, g) }
    switch rule.rule {
    case .sgd:
      guard rule.moments[0] else {
        weight -= rate * g
        return
      }
      m = step.first ? g : Double(step.momentum) * m + g
      weight -= rate * (step.nesterov ? g + Double(step.momentum) * m : m)
    case .rmsProp:
      m = (rule.moments[0] ? Double(step.momentum) * m : 0) + g / (v.squareRoot() + epsilon)
      weight -= rate * m
    case .adagrad: weight -= rate * g / (v.squareRoot() + epsilon)
    case .adadelta:
      let change = ((m + epsilon) / (v + epsilon)).squareRoot() * g
      m = Double(step.beta2) * m + (1 - Double(step.beta2)) * change * change
      weight -= rate * change
    case .lion:
      let direction = Double(step.beta1) * m + (1 - Double(step.beta1)) * g
      weight -= direction > 0 ? rate : direction < 0 ? -rate : 0
      m = Double(step.beta2) * m + (1 - Double(step.beta2)) * g
    default: updateAdam(rule.rule, step, g)
    }
  }

  private func secondMoment(_ rule: seqk_rule, _ step: seqk_step, _ g: Double) -> Double {
    rule == .adagrad ? v + g * g : Double(step.beta2) * v + (1 - Double(step.beta2)) * g * g
  }

  private mutating func updateAdam(_ rule: seqk_rule, _ step: seqk_step, _ g: Double) {
    m = Double(step.beta1) * m + (1 - Double(step.beta1)) * g
    x = max(x, v)
    let second = (rule == .amsGrad ? x : v) / Double(step.correction2)
    let first =
      rule == .nadam
      ? Double(step.gradient_factor) * g + Double(step.moment_factor) * m
      : Double(step.rate) / Double(step.correction1) * m
    weight -= first / (second.squareRoot() + Double(step.epsilon))
  }
}
