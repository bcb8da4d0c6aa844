import Foundation
import SeqTensor
import SeqTestSupport
import SeqTraining
import Testing

/// The optimisers against PyTorch's, and Lion against its paper's equations.
struct OptimizerGoldenTests {
  struct Case: Decodable {
    var optimizer: String
    var options: [String: Double]
    var start: [Float]
    var gradients: [[Float]]
    var parametersAfterStep: [[Float]]

    var settings: OptimizerSettings? {
      guard let kind = OptimizerKind(rawValue: optimizer.prefix { $0 != "-" }.lowercased()) else { return nil }
      var settings = OptimizerSettings(kind)
      settings.isNesterov = optimizer.hasSuffix("nesterov")
      for (name, value) in options {
        switch name {
        case "learningRate": settings.learningRate = value
        case "momentum": settings.momentum = value
        case "weightDecay": settings.weightDecay = value
        case "momentumDecay": settings.momentumDecay = value
        case "decay": settings.decay = value
        default: return nil
        }
      }
      return settings
    }
  }

  private struct Cases<Element: Decodable>: Decodable { var cases: [Element] }

  private struct Clipping: Decodable {
    var gradient, clipped: [Float]
    var norm: Double
  }

  private static func cases() throws -> [Case] {
    try JSONDecoder().decode(Cases<Case>.self, from: golden("optimizers.json")).cases
  }

  private static func layout(count: Int) -> ParameterLayout {
    var layout = ParameterLayout()
    _ = layout.addVector("w", count: count, initialization: .zero)
    return layout
  }

  @Test(arguments: try cases()) func weightsAfterEachStepAreTorchs(example: Case) throws {
    let settings = try #require(example.settings)
    let layout = Self.layout(count: example.start.count)
    let slot = layout.slots[0]
    let optimizer = Optimizer(settings, layout: layout)
    let (weights, gradient) = (ParameterVector(layout), ParameterVector(layout))
    weights[slot].copy(from: example.start)
    let team = WorkerTeam(width: 1)
    for (numbers, expected) in zip(example.gradients, example.parametersAfterStep) {
      gradient[slot].copy(from: numbers)
      optimizer.step(weights, gradient: gradient, rate: settings.learningRate, scale: 1, team: team)
      for (found, wanted) in zip(weights.numbers(slot), expected) {
        #expect(abs(found - wanted) <= 1e-4 * max(abs(wanted), 1e-2), "step \(optimizer.steps)")
      }
    }
    #expect(optimizer.steps == 6)
  }

  @Test func thereIsACaseForEveryKind() throws {
    let cases = try Self.cases()
    #expect(cases.count == 11)
    #expect(Set(cases.compactMap { $0.settings?.kind }) == Set(OptimizerKind.allCases))
  }

  /// The comparison can fail: a wrong constant shows.
  @Test(arguments: try cases()) func anotherLearningRateIsNotTorchs(example: Case) throws {
    let settings = try #require(example.settings)
    let layout = Self.layout(count: example.start.count)
    let (weights, gradient) = (ParameterVector(layout), ParameterVector(layout))
    weights[layout.slots[0]].copy(from: example.start)
    gradient[layout.slots[0]].copy(from: example.gradients[0])
    Optimizer(settings, layout: layout).step(
      weights, gradient: gradient, rate: 1.1 * settings.learningRate, scale: 1, team: WorkerTeam(width: 1))
    let (found, wanted) = (weights.numbers[0], example.parametersAfterStep[0][0])
    #expect(abs(found - wanted) > 1e-4 * abs(wanted))
  }

  @Test func aResumedOptimizerGoesOnTheSame() throws {
    for example in try Self.cases() {
      let settings = try #require(example.settings)
      let layout = Self.layout(count: example.start.count)
      let slot = layout.slots[0]
      let team = WorkerTeam(width: 1)
      let (weights, gradient) = (ParameterVector(layout), ParameterVector(layout))
      weights[slot].copy(from: example.start)
      var optimizer = Optimizer(settings, layout: layout)
      var copies: [[Float]] = []
      for (step, numbers) in example.gradients.enumerated() {
        if step == 3 {
          let other = Optimizer(settings, layout: layout)
          for (old, new) in zip(optimizer.moments, other.moments) { if let old { new?.flat.copy(from: old.flat) } }
          other.resume(steps: 3)
          optimizer = other
        }
        gradient[slot].copy(from: numbers)
        optimizer.step(weights, gradient: gradient, rate: settings.learningRate, scale: 1, team: team)
        copies.append(weights.numbers(slot))
      }
      let last = try #require(example.parametersAfterStep.last)
      for (found, wanted) in zip(copies[5], last) { #expect(abs(found - wanted) <= 1e-4 * max(abs(wanted), 1e-2)) }
    }
  }

  @Test func clippingIsTorchs() throws {
    for example in try JSONDecoder().decode(Cases<Clipping>.self, from: golden("clipping.json")).cases {
      let layout = Self.layout(count: example.gradient.count)
      let (weights, gradient) = (ParameterVector(layout), ParameterVector(layout))
      gradient.flat.columns(0..<example.gradient.count).copy(from: example.gradient)
      let squares = gradient.numbers.reduce(0) { $0 + Double($1 * $1) }
      #expect(abs(squares.squareRoot() - example.norm) < 1e-9)
      var settings = OptimizerSettings(.sgd)
      settings.learningRate = 1
      Optimizer(settings, layout: layout).step(
        weights, gradient: gradient, rate: 1, scale: 5 / (example.norm + 1e-6), team: WorkerTeam(width: 1))
      for (found, wanted) in zip(weights.numbers, example.clipped) { #expect(abs(-found - wanted) < 1e-5) }
    }
  }
}
