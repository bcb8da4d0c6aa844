import SeqCore
import SeqLayers
import SeqModel
import SeqPrediction
import SeqReference
import SeqTensor
import SeqTestSupport
import SeqTraining
import Testing

/// What is dropped, weighed and added up around the network.
struct RegularizationTests {
  /// The loss with U ∘ M in the place of U; its gradient is M ∘ that of U ∘ M.
  @Test(arguments: [CellKind.lstm, .gru, .elman, .lstmPeephole])
  func droppedRecurrentWeightsHaveTheReferencesGradient(cell: CellKind) throws {
    let model = Toy.model(.stepwise) {
      $0.dropout = DropoutSettings()
      ($0.cell, $0.layers) = (cell, 2)
    }
    let data = Toy.data(.stepwise, count: 20)
    let vector = ParameterVector(model.layout)
    vector.initialize(seed: Seed(3))
    let weights = Weights(vector, training: true, recurrentDropout: 0.4)
    let parallel = DataParallel(model: model, weights: weights, team: WorkerTeam(width: 2))
    let loss = parallel.step(Array(0..<20)[...], of: data, seed: Seed(5), options: LossOptions())
    let factors = Dictionary(
      uniqueKeysWithValues: model.layout.recurrent.map { slot in
        (slot.name, weights.factors(of: slot).map { $0.elements.doubles } ?? [])
      })
    #expect(factors.count == 4 && factors.values.allSatisfy { $0.contains(0) && $0.contains { $0 > 1 } })
    var network = try #require(
      ReferenceNetwork(cell: cell.rawValue, hidden: 6, layers: 2, isBidirectional: true, pooling: nil))
    network.loss = ReferenceLoss()
    let tokens = (0..<20).map { s in (0..<data.length(s)).map { Int(data.token(s, $0)) } }
    let labels = (0..<20).map { s in (0..<data.length(s)).map { Int(data.label(s, $0)) } }
    let parameters = ReferenceParameters(
      Dictionary(uniqueKeysWithValues: model.layout.slots.map { ($0.name, vector.numbers($0).doubles) }))
    let reference = { [network] (given: ReferenceParameters) in
      var dropped = given
      for (name, mask) in factors { dropped[name] = zip(given[name], mask).map { $0 * $1 } }
      return network.loss(of: tokens, features: 5, labels: labels, dropped)
    }
    #expect(abs(reference(parameters) - loss) < 1e-5)
    for slot in model.layout.recurrent + [model.head.gradientBlocks[0].slot] {
      let difference = GradientDifference(
        name: slot.name, found: parallel.gradient.numbers(slot).doubles,
        expected: parameters.finiteDifference(of: slot.name, reference))
      #expect(difference.relativeError < 5e-5, "\(slot.name)")
    }
    weights.refresh(WorkerTeam(width: 1))
    #expect(weights.factors(of: model.layout.recurrent[0]) == nil, "nothing is dropped when the model is scored")
  }

  @Test func tokensAreReadAsUnknownAtTheRate() {
    let dropout = WordDropout(rate: 0.3, seed: Seed(9))
    let read = (0..<100).flatMap { s in (0..<100).map { dropout.token(7, sequence: s, step: $0) } }
    let share = Double(read.count { $0 == 1 }) / 10_000
    #expect(abs(share - 0.3) < 0.02 && Set(read) == [1, 7])
    #expect(read == (0..<100).flatMap { s in (0..<100).map { dropout.token(7, sequence: s, step: $0) } })
    #expect((0..<100).allSatisfy { dropout.token(0, sequence: 0, step: $0) == 0 }, "padding stays")
    #expect((0..<100).allSatisfy { WordDropout.none.token(7, sequence: 0, step: $0) == 7 })
  }

  @Test func theGradientsOfPartsAddUpToThatOfTheWhole() throws {
    for (topology, clip) in [(Topology.pooled, 0.0), (.stepwise, 0.001)] {
      let model = Toy.model(topology) { $0.dropout = DropoutSettings() }
      let data = Toy.data(topology, count: 32)
      func weights(batch: Int, accumulate: Int) throws -> [Float] {
        let settings = Toy.settings(epochs: 2) {
          ($0.batch, $0.accumulate, $0.clip, $0.patience) = (.sequences(batch), accumulate, clip, 0)
          $0.optimizer = OptimizerSettings(.sgd)
        }
        let trainer = Trainer(
          model: model, data: data, settings: settings, options: LossOptions(), team: WorkerTeam(width: 2),
          collaborators: .init())
        _ = try trainer.run()
        #expect(trainer.state.steps == 2)
        return trainer.weights.vector.numbers
      }
      let whole = try weights(batch: 32, accumulate: 1)
      for (a, b) in zip(whole, try weights(batch: 8, accumulate: 4)) { #expect(abs(a - b) < 1e-5) }
      // More than there are, and a number that leaves a rest.
      for (a, b) in zip(whole, try weights(batch: 5, accumulate: 100)) { #expect(abs(a - b) < 1e-5) }
    }
  }

  @Test func balancedClassesWeighTheSameTogether() {
    let counts = [90, 9, 1, 0]
    let balanced = ClassBalance.balanced.factors(counts)
    for (factor, count) in zip(balanced, counts).dropLast() { #expect(abs(factor * Double(count) - 100 / 3) < 1e-9) }
    let root = ClassBalance.sqrt.factors(counts)
    #expect(abs(root[1] / root[0] - 10.0.squareRoot()) < 1e-9 && root[3] == 1)
    for factors in [balanced, root] {
      #expect(abs(zip(factors, counts).reduce(0) { $0 + $1.0 * Double($1.1) } - 100) < 1e-9, "1 in the mean")
    }
    #expect(ClassBalance.none.factors(counts) == [1, 1, 1, 1])
  }

  @Test(arguments: [OptimizerKind.sgd, .rmsprop, .adagrad, .adadelta, .adam, .adamw, .nadam, .lion])
  func decoupledDecayIsPartOfTheStepAlone(kind: OptimizerKind) {
    var layout = ParameterLayout()
    let table = layout.addMatrix("table", rows: 3, columns: 4, initialization: .constant(1), packing: nil)
    let matrix = layout.addMatrix("matrix", rows: 2, columns: 40, initialization: .constant(1))
    let bias = layout.addVector("bias", count: 5, initialization: .constant(1))
    func stepped(_ change: (inout OptimizerSettings) -> Void) -> ParameterVector {
      var settings = OptimizerSettings(kind)
      (settings.weightDecay, settings.isDecoupled) = (0.1, true)
      change(&settings)
      let (weights, gradient) = (ParameterVector(layout), ParameterVector(layout))
      weights.initialize(seed: Seed(1))
      let (optimizer, team) = (Optimizer(settings, layout: layout, table: table), WorkerTeam(width: 2))
      optimizer.catchUp([1], of: weights, team: team)
      optimizer.step(weights, gradient: gradient, rows: [1], rate: 0.5, scale: 1, team: team)
      optimizer.settle(weights, team: team)
      return weights
    }
    // Without a gradient, a weight loses the rate times the decay of itself.
    let all = stepped { _ in }
    for slot in [table, matrix, bias] {
      #expect(all.numbers(slot).allSatisfy { abs($0 - 0.95) < 1e-6 }, "\(slot.name)")
    }
    let some = stepped { ($0.decaysBiases, $0.decaysEmbeddings) = (false, false) }
    #expect(some.numbers(matrix).allSatisfy { abs($0 - 0.95) < 1e-6 })
    #expect((some.numbers(bias) + some.numbers(table)).allSatisfy { $0 == 1 })
  }

  @Test func theSteepestFallIsSuggested() {
    func trial(_ losses: [Double]) -> LearningRateTrial {
      LearningRateTrial(points: losses.enumerated().map { .init(rate: Double($0.offset + 1), loss: $0.element) })
    }
    let losses = [2, 2, 2, 2, 1.9, 1.5, 1.1, 1, 1, 1, 3, 9]
    #expect(trial(losses).suggestion == 6)
    #expect(trial([2, 3, 3, 3] + losses.dropFirst(4)).suggestion == 6, "rising at first")
    #expect(trial([1, 2, 3, 4, 5, 6, 7]).suggestion == nil && trial([]).suggestion == nil)
  }
}
