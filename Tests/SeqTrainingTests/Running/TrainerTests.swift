import SeqCore
import SeqLayers
import SeqModel
import SeqRecords
import SeqTensor
import SeqTraining
import Testing

/// The loop over epochs.
struct TrainerTests {
  /// A trainer whose dev scores are made up, with the weights that each epoch ended with.
  private final class Fake {
    private(set) var weightsAtEpoch: [[Float]] = []
    private var scores: [Double]
    private var losses: [Double]

    init(_ scores: [Double], losses: [Double] = []) { (self.scores, self.losses) = (scores, losses) }

    func collaborators(higherIsBetter: Bool = true) -> Trainer.Collaborators {
      var collaborators = Trainer.Collaborators()
      collaborators.higherIsBetter = higherIsBetter
      collaborators.evaluate = { [self] weights in
        weightsAtEpoch.append(weights.vector.numbers)
        let epoch = weightsAtEpoch.count - 1
        return [Score("loss", losses.isEmpty ? 1 : losses[epoch]), Score("accuracy", scores[epoch])]
      }
      return collaborators
    }
  }

  @Test func theBestEpochsWeightsAreKept() throws {
    let fake = Fake([0.1, 0.5, 0.3, 0.5, 0.2])
    let trainer = Toy.trainer(Toy.settings(epochs: 5) { $0.patience = 0 }, fake.collaborators())
    #expect(try trainer.run() == .completed)
    #expect(trainer.state.bestEpoch == 2, "the first of equals")
    #expect(trainer.best.numbers == fake.weightsAtEpoch[1])
    #expect(trainer.weights.vector.numbers == fake.weightsAtEpoch[4])
    #expect(trainer.best.numbers != trainer.weights.vector.numbers)
    #expect(trainer.state.history.map(\.epoch) == [1, 2, 3, 4, 5])
    #expect(trainer.state.history.map { $0.dev["accuracy"] } == [0.1, 0.5, 0.3, 0.5, 0.2])
  }

  /// As where a linear model beside the network has all dev texts right from the first epoch on.
  @Test func ofEqualScoresTheOneWithLessLossIsBetter() throws {
    let fake = Fake([0.2, 1, 1, 1, 0.9, 1, 1], losses: [0.1, 0.9, 0.8, 0.85, 0.1, 0.7, 0.7])
    let trainer = Toy.trainer(Toy.settings(epochs: 7) { $0.patience = 3 }, fake.collaborators())
    #expect(try trainer.run() == .completed)
    #expect(trainer.state.bestEpoch == 6 && trainer.state.bestValue == 1)
    #expect(trainer.best.numbers == fake.weightsAtEpoch[5])
  }

  @Test func itStopsWhenPatienceIsUsedUp() throws {
    let fake = Fake([0.1, 0.4, 0.3, 0.2, 0.9])
    let trainer = Toy.trainer(Toy.settings(epochs: 5) { $0.patience = 2 }, fake.collaborators())
    #expect(try trainer.run() == .earlyStopped)
    #expect(trainer.state.epoch == 4 && trainer.state.bestEpoch == 2)
    #expect(trainer.best.numbers == fake.weightsAtEpoch[1])
  }

  /// As the F1 of spans is in the first epochs, in which a tagger finds none.
  @Test func aScoreOfZeroIsWaitedFor() throws {
    let fake = Fake([0, 0, 0, 0, 0.3, 0.2])
    let trainer = Toy.trainer(Toy.settings(epochs: 6) { $0.patience = 2 }, fake.collaborators())
    #expect(try trainer.run() == .completed)
    #expect(trainer.state.bestEpoch == 5)
  }

  @Test func lowerIsBetterForALoss() throws {
    let fake = Fake([0.5, 0.2, 0.3])
    let trainer = Toy.trainer(
      Toy.settings(epochs: 3) { $0.patience = 0 }, fake.collaborators(higherIsBetter: false))
    _ = try trainer.run()
    #expect(trainer.state.bestEpoch == 2 && trainer.state.bestValue == 0.2)
  }

  @Test func withoutDevScoresTheLastEpochIsKeptAndNothingStopsIt() throws {
    let trainer = Toy.trainer(Toy.settings(epochs: 8) { $0.patience = 1 })
    #expect(try trainer.run() == .completed)
    #expect(trainer.state.bestEpoch == 8)
    #expect(trainer.best.numbers == trainer.weights.vector.numbers)
  }

  @Test func aPlateauCutsTheRate() throws {
    let fake = Fake([0.5, 0.4, 0.3, 0.2, 0.6, 0.1, 0.1])
    let settings = Toy.settings(epochs: 7) {
      $0.patience = 0
      ($0.schedule.kind, $0.schedule.patience, $0.schedule.factor) = (.plateau, 2, 0.1)
      $0.optimizer.learningRate = 1e-3
    }
    let trainer = Toy.trainer(settings, fake.collaborators())
    _ = try trainer.run()
    let rates = trainer.state.history.map { ($0.learningRate * 1e6).rounded() }
    #expect(rates == [1_000, 1_000, 1_000, 100, 100, 100, 100])
    #expect(trainer.state.plateaus == 2)
  }

  @Test func itLearns() throws {
    let trainer = Toy.trainer(threads: 2, Toy.settings(epochs: 25))
    _ = try trainer.run()
    let losses = trainer.state.history.map(\.trainLoss)
    #expect(losses[24] < losses[0] / 3)
  }

  /// A fit written out: one dense step a batch, and nothing prepared in advance.
  @Test(arguments: OptimizerKind.allCases) func theStepsAreThoseOfADenseOptimizer(kind: OptimizerKind) throws {
    let settings = Toy.settings(epochs: 3) {
      $0.optimizer = OptimizerSettings(kind)
      $0.clip = 0.5
      ($0.schedule.kind, $0.schedule.warmup) = (.linear, 1)
    }
    let trainer = Toy.trainer(threads: 2, settings)
    _ = try trainer.run()

    let (model, data, seed) = (Toy.model(.pooled), Toy.data(.pooled, count: 40), Seed(settings.seed))
    let weights = Toy.weights(of: model)
    weights.vector.initialize(seed: seed.child("weights"))
    let team = WorkerTeam(width: 1)
    let parallel = DataParallel(model: model, weights: weights, team: team)
    let optimizer = Optimizer(settings.optimizer, layout: model.layout)
    let schedule = Schedule(settings.schedule, baseRate: settings.optimizer.learningRate, epochs: settings.epochs)
    for epoch in 0..<3 {
      let plan = BatchPlan(data, size: settings.batch, seed: seed.child("epoch", epoch))
      for batch in 0..<plan.count {
        _ = parallel.step(
          plan[batch], of: data, seed: seed.child("step", optimizer.steps), options: LossOptions())
        let norm = parallel.gradientNorm()
        optimizer.step(
          weights.vector, gradient: parallel.gradient,
          rate: schedule.rate(at: Double(epoch) + (Double(batch) + 0.5) / Double(plan.count)),
          scale: norm > 0.5 ? 0.5 / (norm + 1e-6) : 1, team: team)
      }
    }
    #expect(trainer.weights.vector.numbers == weights.vector.numbers)
    for (one, other) in zip(trainer.optimizer.moments, optimizer.moments) { #expect(one?.numbers == other?.numbers) }
  }

  @Test func aLazyFitIsTakenUpToTheSameBits() throws {
    let settings = Toy.settings(epochs: 4) { $0.optimizer.isLazy = true }
    let whole = Toy.trainer(settings)
    _ = try whole.run()
    let exact = Toy.trainer(Toy.settings(epochs: 4))
    _ = try exact.run()
    #expect(whole.weights.vector.numbers != exact.weights.vector.numbers)

    var asked = 0
    var collaborators = Trainer.Collaborators()
    collaborators.shouldStop = {
      asked += 1
      return asked > 23
    }
    let first = Toy.trainer(threads: 3, settings, collaborators)
    #expect(try first.run() == .interrupted)
    let second = Toy.trainer(settings)
    second.weights.vector.flat.copy(from: first.weights.vector.flat)
    second.best.flat.copy(from: first.best.flat)
    for (old, new) in zip(first.optimizer.moments, second.optimizer.moments) {
      if let old { new?.flat.copy(from: old.flat) }
    }
    second.resume(first.state)
    #expect(try second.run() == .completed)
    #expect(second.weights.vector.numbers == whole.weights.vector.numbers)
  }

  @Test func aLongGradientIsScaledDownToTheLimit() throws {
    func change(clip: Double) throws -> (step: [Float], norm: Double) {
      let settings = Toy.settings(epochs: 1) {
        $0.batch = .sequences(40)
        $0.optimizer = OptimizerSettings(.sgd)
        $0.optimizer.learningRate = 1
        $0.clip = clip
      }
      let trainer = Toy.trainer(settings)
      let before = trainer.weights.vector.numbers
      _ = try trainer.run()
      return (zip(trainer.weights.vector.numbers, before).map { $0 - $1 }, trainer.state.history[0].gradientNorm)
    }
    let free = try change(clip: 0)
    let clipped = try change(clip: 0.01)
    let loose = try change(clip: 1_000)
    #expect(free.norm > 0.01 && clipped.norm == free.norm, "the norm is told as it was before")
    #expect(loose.step == free.step)
    let length = clipped.step.reduce(0) { $0 + Double($1 * $1) }.squareRoot()
    #expect(abs(length - 0.01) < 1e-5)
    let factor = Float(0.01 / (free.norm + 1e-6))
    for (a, b) in zip(clipped.step, free.step) { #expect(abs(a - factor * b) < 1e-6) }
  }

  @Test func anInterruptedFitGoesOnToTheSameBits() throws {
    let settings = Toy.settings(epochs: 4) { $0.schedule.kind = .cosine }
    let whole = Toy.trainer(settings)
    _ = try whole.run()

    var asked = 0
    var collaborators = Trainer.Collaborators()
    collaborators.shouldStop = {
      asked += 1
      return asked > 17
    }
    var saves = 0
    collaborators.save = { _ in saves += 1 }
    let first = Toy.trainer(settings, collaborators)
    #expect(try first.run() == .interrupted)
    #expect(first.state.epoch == 1 && first.state.batch == 7 && first.state.steps == 17)
    #expect(saves == 2, "after the epoch, and when it was interrupted")

    let second = Toy.trainer(threads: 3, settings)
    second.weights.vector.flat.copy(from: first.weights.vector.flat)
    second.best.flat.copy(from: first.best.flat)
    for (old, new) in zip(first.optimizer.moments, second.optimizer.moments) {
      if let old { new?.flat.copy(from: old.flat) }
    }
    second.resume(first.state)
    #expect(try second.run() == .completed)
    #expect(second.weights.vector.numbers == whole.weights.vector.numbers)
    #expect(second.state == whole.state)
  }

  @Test func aLossThatIsNoNumberEndsTheFitWithAdvice() throws {
    let settings = Toy.settings(epochs: 50) {
      $0.optimizer = OptimizerSettings(.sgd)
      $0.optimizer.learningRate = 1e38
      $0.clip = 0
    }
    let error = #expect(throws: SeqError.self) { try Toy.trainer(settings).run() }
    #expect(error?.kind == .data)
    #expect(error?.diagnostics.first?.place?.path == "training.optimizer.learningRate")
    #expect(error?.diagnostics.first?.remedy?.hasSuffix("or set training.clip to 5") == true)
  }

  @Test func thoseWhoWatchHearOfEveryStep() throws {
    var progress = 0
    var epochs: [Bool] = []
    var ends: [StopReason] = []
    let fake = Fake([0.3, 0.1])
    var collaborators = fake.collaborators()
    collaborators.listener = { event in
      switch event {
      case .started(let start): #expect(start.sequences == 40 && start.epochsDone == 0 && start.threads == 1)
      case .progress(let now):
        progress += 1
        #expect(now.batches == 10 && now.epochs == 2 && now.loss > 0)
      case .epochEnded(_, let isBest, _, _): epochs.append(isBest)
      case .stopped(let reason, let best):
        ends.append(reason)
        #expect(best == 1)
      }
    }
    _ = try Toy.trainer(Toy.settings(epochs: 2), collaborators).run()
    #expect(progress == 20 && epochs == [true, false] && ends == [.completed])
  }
}
