package import SeqCore
package import SeqLayers
package import SeqModel
package import SeqPrediction
package import SeqRecords
package import SeqTensor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a range of learning rates does to the loss (Smith 2017, "Cyclical learning rates for training neural networks",
/// section 3.3): a short fit whose rate grows from step to step, until the loss does.
public struct LearningRateTrial: Sendable, Equatable {
  /// A step of the trial.
  public struct Point: Sendable, Equatable {
    /// The learning rate of the step.
    public let rate: Double
    /// The mean loss of the batches so far, the last ones counting most.
    public let loss: Double

    package init(rate: Double, loss: Double) { (self.rate, self.loss) = (rate, loss) }
  }

  /// The steps, by ascending rate.
  public let points: [Point]

  package init(points: [Point]) { self.points = points }

  /// The rate at which the loss falls most from one factor of the rate to the next; nil if it never falls.
  ///
  /// Beyond it the loss still falls, but in ever smaller steps of the logarithm: a rate near the bottom is too great for
  /// a whole fit.
  public var suggestion: Double? {
    guard let lowest = points.indices.min(by: { points[$0].loss < points[$1].loss }) else { return nil }
    // Over several points, as single batches differ.
    let reach = max(2, points.count / 16)
    var best: (fall: Double, rate: Double)?
    for i in points.indices where i >= reach && i + reach <= lowest {
      let fall = points[i - reach].loss - points[i + reach].loss
      if fall > 0, fall > best?.fall ?? 0 { best = (fall, points[i].rate) }
    }
    return best?.rate
  }

  private static let steps = 150
  private static let lowestRate = 1e-6, highestRate = 10.0
  /// The share of the mean loss that a step keeps.
  private static let memory = 0.9

  /// The fit that a trial is for.
  package struct Setup {
    package var settings: TrainingSettings
    package var precision = Precision.float32
    package var options: LossOptions
    /// What tokens are replaced at random.
    package var noise: TokenNoise?
    /// Sets weights that do not start at random.
    package var initialize: (ParameterVector) -> Void = { _ in }

    package init(
      settings: TrainingSettings, precision: Precision = .float32, options: LossOptions, noise: TokenNoise? = nil
    ) {
      (self.settings, self.precision, self.options, self.noise) = (settings, precision, options, noise)
    }
  }

  /// Runs the trial on a network that nobody keeps.
  /// - Parameter shouldStop: asked between steps.
  package static func run(
    _ setup: Setup, model: any Network, data: EncodedDataset, team: WorkerTeam, shouldStop: () -> Bool
  ) -> LearningRateTrial {
    let (settings, options, precision) = (setup.settings, setup.options, setup.precision)
    let seed = Seed(settings.seed)
    let vector = ParameterVector(model.layout)
    vector.initialize(seed: seed.child("weights"))
    setup.initialize(vector)
    let weights = Weights(vector, training: true, precision: precision, recurrentDropout: model.recurrentDropout)
    let optimizer = Optimizer(settings.optimizer, layout: model.layout, tables: model.tables, frozen: model.frozen)
    let parallel = DataParallel(model: model, weights: weights, team: team, streams: data.streams)
    var (points, mean, lowest): ([Point], Double, Double) = ([], 0, .infinity)
    var batches = Batches(data, settings.batch, seed)
    for i in 0..<steps where !shouldStop() {
      let (batch, epoch) = batches.next()
      parallel.reading.noise = setup.noise?.seeded(seed.child("noise", epoch))
      parallel.reading.wordDropout = WordDropout(rate: model.wordDropout, seed: seed.child("word", epoch))
      let rate = lowestRate * pow(highestRate / lowestRate, Double(i) / Double(steps - 1))
      parallel.prepare(batch, of: data)
      optimizer.catchUp(parallel.rows, of: vector, team: team)
      let loss = parallel.step(next: nil, of: data, seed: seed.child("step", i), options: options)
      let norm = parallel.gradientNorm()
      mean = memory * mean + (1 - memory) * loss
      let smooth = mean / (1 - pow(memory, Double(i + 1)))
      guard norm.isFinite, smooth.isFinite else { break }
      points.append(Point(rate: rate, loss: smooth))
      lowest = min(lowest, smooth)
      if i > steps / 10, smooth > 2 * lowest { break }
      let scale = settings.clip > 0 && norm > settings.clip ? settings.clip / (norm + 1e-6) : 1
      optimizer.step(
        vector, gradient: parallel.gradient, rows: parallel.rows, rate: rate, scale: scale, team: team)
    }
    return LearningRateTrial(points: points)
  }
}

/// Batch after batch, epoch after epoch.
private struct Batches {
  private let data: EncodedDataset
  private let size: BatchSize
  private let seed: Seed
  private var plan: BatchPlan
  private var (epoch, batch) = (0, 0)

  init(_ data: EncodedDataset, _ size: BatchSize, _ seed: Seed) {
    (self.data, self.size, self.seed) = (data, size, seed)
    plan = Self.plan(data, size, seed, 0)
  }

  private static func plan(_ data: EncodedDataset, _ size: BatchSize, _ seed: Seed, _ epoch: Int) -> BatchPlan {
    data.streams == nil
      ? BatchPlan(data, size: size, seed: seed.child("epoch", epoch)) : BatchPlan(streamsOf: data)
  }

  mutating func next() -> (batch: ArraySlice<Int>, epoch: Int) {
    if batch == plan.count {
      (epoch, batch) = (epoch + 1, 0)
      plan = Self.plan(data, size, seed, epoch)
    }
    batch += 1
    return (plan[batch - 1], epoch)
  }
}
