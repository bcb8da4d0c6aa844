package import SeqCore
package import SeqLayers
package import SeqModel
package import SeqPrediction
package import SeqRecords
package import SeqTensor

/// Fits a model: epochs of batches, a dev score after each, the best weights kept.
///
/// Progress, history and checkpoints are the business of its collaborators; the loop knows none of them.
package final class Trainer {
  /// What a fit needs from outside.
  package struct Collaborators {
    /// Scores of the current weights on the dev set, or nil if there is none.
    package var evaluate: ((Weights) -> [Score])?
    /// Whether greater values of the settings' metric are better.
    package var higherIsBetter = true
    /// Sets weights that do not start at random, such as pretrained vectors.
    package var initialize: (ParameterVector) -> Void = { _ in }
    /// Keeps a checkpoint.
    package var save: (Trainer) throws(SeqError) -> Void = { _ in }
    /// Whether the user asked to stop.
    package var shouldStop: () -> Bool = { false }
    package var listener: (TrainingEvent) -> Void = { _ in }

    package init() {}
  }

  package let settings: TrainingSettings
  package let weights: Weights
  /// The weights of the best epoch so far.
  package let best: ParameterVector
  package let optimizer: Optimizer
  package private(set) var state = TrainingState()
  /// What windows of parallel streams hand on, if the data is of streams.
  package var carried: CarriedStates? { parallel.carried }

  /// What is scored and kept instead of the weights; nil for the weights themselves.
  package let average: WeightAverage?

  private let wordDropout: Double
  /// nil if each batch makes a step.
  private let sum: GradientSum?
  private let data: EncodedDataset
  private let parallel: DataParallel
  private let team: WorkerTeam
  private let options: LossOptions
  private let noise: TokenNoise?
  private var schedule: Schedule
  private let seed: Seed
  private let collaborators: Collaborators
  private var clock = FitClock()
  private var sequencesSinceRelease = 0

  /// How long before its turn the system is told to read a batch from disk.
  private static let batchesReadAhead = 8
  /// A sequence keeps up to 64 KiB of each of three files in memory.
  private static let sequencesBetweenReleases = 1024

  /// - Parameters:
  ///   - precision: what the settings' choice of it has come to.
  ///   - noise: what tokens are replaced at random in training.
  package init(
    model: any Network, data: EncodedDataset, settings: TrainingSettings, precision: Precision = .float32,
    options: LossOptions, noise: TokenNoise? = nil, team: WorkerTeam, collaborators: Collaborators
  ) {
    self.settings = settings
    self.data = data
    self.team = team
    self.options = options
    self.noise = noise
    self.collaborators = collaborators
    seed = Seed(settings.seed)
    let vector = ParameterVector(model.layout)
    vector.initialize(seed: seed.child("weights"))
    collaborators.initialize(vector)
    weights = Weights(vector, training: true, precision: precision, recurrentDropout: model.recurrentDropout)
    average = WeightAverage(
      settings.averaging, layout: model.layout, tables: model.tables, precision: precision)
    wordDropout = model.wordDropout
    sum = settings.accumulate > 1 ? GradientSum(model.layout, tables: model.tables, frozen: model.frozen) : nil
    best = ParameterVector(model.layout)
    best.flat.copy(from: vector.flat)
    optimizer = Optimizer(settings.optimizer, layout: model.layout, tables: model.tables, frozen: model.frozen)
    schedule = Schedule(settings.schedule, baseRate: settings.optimizer.learningRate, epochs: settings.epochs)
    parallel = DataParallel(model: model, weights: weights, team: team, streams: data.streams)
  }

  /// Takes up an interrupted fit whose weights, best weights and moments have been restored.
  package func resume(_ state: TrainingState) {
    self.state = state
    optimizer.resume(steps: state.steps)
    schedule.plateaus = state.plateaus
  }

  /// Sequences of the training data: an epoch has no more batches.
  package var sequences: Int { data.count }

  /// Batches of an epoch, counted from 0.
  package func batches(ofEpoch epoch: Int) -> Int { plan(ofEpoch: epoch).count }

  private func plan(ofEpoch epoch: Int) -> BatchPlan {
    data.streams == nil
      ? BatchPlan(data, size: settings.batch, seed: seed.child("epoch", epoch)) : BatchPlan(streamsOf: data)
  }

  /// Runs to the end, an early stop or an interruption. Afterwards `best` holds the weights to keep.
  /// - Throws: if the loss diverges, or a checkpoint cannot be saved.
  package func run() throws(SeqError) -> StopReason {
    collaborators.listener(.started(start))
    clock.start(epochsDone: Double(state.epoch))
    while state.epoch < settings.epochs, !isExhausted {
      guard try runEpoch() else {
        try collaborators.save(self)
        return stop(.interrupted)
      }
      try collaborators.save(self)
    }
    return stop(isExhausted && state.epoch < settings.epochs ? .earlyStopped : .completed)
  }

  /// - Returns: false if the user interrupted it.
  private func runEpoch() throws(SeqError) -> Bool {
    let plan = plan(ofEpoch: state.epoch)
    if state.batch == 0 { carried?.reset() }
    parallel.reading.noise = noise?.seeded(seed.child("noise", state.epoch))
    parallel.reading.wordDropout = WordDropout(rate: wordDropout, seed: seed.child("word", state.epoch))
    let started = clock.now
    var tokens = 0
    var rate = 0.0
    while state.batch < plan.count {
      // What was added up would be lost.
      if (sum?.batches ?? 0) == 0, collaborators.shouldStop() {
        optimizer.settle(weights.vector, team: team)
        return false
      }
      let batch = plan[state.batch]
      rate = schedule.rate(at: Double(state.epoch) + (Double(state.batch) + 0.5) / Double(plan.count))
      try step(batch, plan: plan, rate: rate)
      tokens += batch.reduce(0) { $0 + data.length($1) }
      releasePages(after: batch.count)
      report(batches: plan.count, tokens: tokens, since: started)
    }
    optimizer.settle(weights.vector, team: team)
    // The last step's outcome shows in no loss.
    guard weights.vector.isSound else {
      throw divergence("a weight became NaN, or too large to learn", batch: state.batch)
    }
    endEpoch(batches: plan.count, rate: rate, tokens: tokens, since: started)
    return true
  }

  /// Gives back the memory of data on disk now and then: the system keeps all that was looked at, and more around it.
  private func releasePages(after sequences: Int) {
    sequencesSinceRelease += sequences
    guard sequencesSinceRelease >= Self.sequencesBetweenReleases else { return }
    sequencesSinceRelease = 0
    data.releasePages()
  }

  private func step(_ batch: ArraySlice<Int>, plan: BatchPlan, rate: Double) throws(SeqError) {
    func batchAhead(_ distance: Int) -> ArraySlice<Int>? {
      state.batch + distance < plan.count ? plan[state.batch + distance] : nil
    }
    parallel.prepare(batch, of: data)
    optimizer.catchUp(parallel.rows, of: weights.vector, team: team)
    let loss = parallel.step(
      next: batchAhead(1), later: batchAhead(Self.batchesReadAhead), of: data, seed: seedOfBatch,
      options: optionsOfEpoch)
    let norm = parallel.gradientNorm()
    guard loss.isFinite, norm.isFinite else {
      let what = loss.isFinite ? "the gradient became infinite" : "the loss became \(loss.isNaN ? "NaN" : "infinite")"
      throw divergence(what, batch: state.batch + 1)
    }
    state.batch += 1
    state.lossSum += loss
    guard let sum else { return move(parallel.gradient, rows: parallel.rows, norm: norm, rate: rate) }
    sum.add(parallel.gradient, rows: parallel.rows, denominator: parallel.denominator)
    guard sum.batches == settings.accumulate || state.batch == plan.count else { return }
    move(
      sum.vector, rows: sum.rows, norm: sum.norm, rate: rate, scale: sum.scale, batches: sum.batches)
    sum.clear()
  }

  /// The seed of a batch's dropout.
  private var seedOfBatch: Seed {
    let step = seed.child("step", state.steps)
    return sum.map { step.child("batch", $0.batches) } ?? step
  }

  /// One step of the optimiser along a gradient, times `scale`, that is of the norm.
  /// - Parameter batches: that it is the gradient of.
  private func move(
    _ gradient: ParameterVector, rows: [Int32], norm: Double, rate: Double, scale: Double = 1, batches: Int = 1
  ) {
    let clipped = settings.clip > 0 && norm > settings.clip ? settings.clip / (norm + 1e-6) : 1
    optimizer.step(
      weights.vector, gradient: gradient, rows: rows, rate: rate, scale: clipped * scale, team: team)
    state.steps += 1
    state.normSum += norm * Double(batches)
    guard let average, average.countsSteps else { return }
    optimizer.settle(weights.vector, team: team)
    average.add(
      weights.vector, rows: optimizer.movingRows, steps: state.steps, epoch: state.epoch, counted: &state.averaged,
      team: team)
  }

  /// The loss, with what the schedule of sampling has come to.
  private var optionsOfEpoch: LossOptions {
    var options = options
    options.samplingRate = settings.sampling.rate(epoch: state.epoch)
    return options
  }

  private func endEpoch(batches: Int, rate: Double, tokens: Int, since started: Double) {
    weights.refresh(team)
    average?.endEpoch(weights.vector, epoch: state.epoch, counted: state.averaged, team: team)
    let scored = average?.weights ?? weights
    let dev = collaborators.evaluate?(scored) ?? []
    state.epoch += 1
    let record = EpochRecord(
      epoch: state.epoch, learningRate: rate, trainLoss: state.lossSum / Double(batches),
      gradientNorm: state.normSum / Double(batches), dev: dev)
    state.history.append(record)
    (state.batch, state.lossSum, state.normSum) = (0, 0, 0)
    let isBest = isImprovement(dev)
    if isBest {
      state.bestEpoch = state.epoch
      state.bestValue = dev[settings.metric]
      best.flat.copy(from: scored.vector.flat)
    }
    schedule.epochEnded(withoutImprovement: state.epochsWithoutImprovement)
    state.plateaus = schedule.plateaus
    let seconds = clock.now - started
    collaborators.listener(
      .epochEnded(record, isBest: isBest, seconds: seconds, tokensPerSecond: Double(tokens) / max(1e-9, seconds)))
  }

  /// Without a dev score the last epoch counts as the best; one that is no number is never better.
  private func isImprovement(_ dev: [Score]) -> Bool {
    guard let value = dev[settings.metric] else { return true }
    guard value.isFinite else { return false }
    guard let best = state.bestValue else { return true }
    // A score that is still at 0 says nothing of which epoch is better, nor that there is nothing more to come.
    if collaborators.higherIsBetter, value == 0, best == 0 { return true }
    // Nor does one that a linear model beside the network has from the first epoch on: the surer one is better.
    if value == best { return isSurer(dev) }
    return collaborators.higherIsBetter ? value > best : value < best
  }

  /// Whether the loss is less than in the best epoch so far; not, where it is no score.
  private func isSurer(_ dev: [Score]) -> Bool {
    guard let best = state.history.first(where: { $0.epoch == state.bestEpoch }), let loss = dev["loss"],
      let least = best.dev["loss"]
    else { return false }
    return loss < least
  }

  /// Whether so many epochs brought no better score that the fit stops.
  package var isExhausted: Bool {
    settings.patience > 0 && state.bestValue != nil && state.epochsWithoutImprovement >= settings.patience
  }

  private func stop(_ reason: StopReason) -> StopReason {
    collaborators.listener(.stopped(reason, bestEpoch: state.bestEpoch))
    return reason
  }

  private func divergence(_ what: String, batch: Int) -> SeqError {
    Divergence(settings: settings, options: options).error(what, in: "epoch \(state.epoch + 1), batch \(batch)")
  }

  private func report(batches: Int, tokens: Int, since started: Double) {
    let done = Double(state.epoch) + Double(state.batch) / Double(batches)
    collaborators.listener(
      .progress(
        .init(
          epoch: state.epoch + 1, epochs: settings.epochs, batch: state.batch, batches: batches,
          loss: state.lossSum / Double(state.batch), tokensPerSecond: Double(tokens) / max(1e-9, clock.now - started),
          secondsLeft: clock.secondsLeft(epochsDone: done, of: Double(settings.epochs)))))
  }

  private var start: TrainingEvent.Start {
    .init(
      parameters: weights.vector.layout.parameterCount, sequences: data.count, tokens: data.tokenCount,
      threads: team.width, level: Kernels.level(weights.precision), precision: weights.precision,
      epochsDone: state.epoch)
  }
}

/// Wall-clock time of a fit, for progress only: nothing that is saved depends on it.
private struct FitClock {
  private let origin = ContinuousClock.now
  private var startedAt = 0.0
  private var doneBefore = 0.0

  /// Seconds since the clock was made.
  var now: Double {
    let (seconds, attoseconds) = (ContinuousClock.now - origin).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }

  mutating func start(epochsDone: Double) {
    startedAt = now
    doneBefore = epochsDone
  }

  func secondsLeft(epochsDone: Double, of epochs: Double) -> Double {
    let done = epochsDone - doneBefore
    return done > 0 ? (now - startedAt) / done * (epochs - epochsDone) : 0
  }
}
