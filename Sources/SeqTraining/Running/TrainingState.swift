public import SeqTensor

/// What one epoch brought.
public struct EpochRecord: Sendable, Equatable {
  /// From 1.
  public let epoch: Int
  /// The learning rate of its last step.
  public let learningRate: Double
  /// The mean of its batches' losses, in nats.
  public let trainLoss: Double
  /// The mean norm of its gradients, before clipping.
  public let gradientNorm: Double
  /// Scores on the dev set; empty if there is none.
  public let dev: [Score]

  /// The record of an epoch, counted from 1.
  public init(epoch: Int, learningRate: Double, trainLoss: Double, gradientNorm: Double, dev: [Score]) {
    self.epoch = epoch
    self.learningRate = learningRate
    self.trainLoss = trainLoss
    self.gradientNorm = gradientNorm
    self.dev = dev
  }
}

/// A named score.
public struct Score: Sendable, Equatable {
  /// That of a `Metric`.
  public let name: String
  /// The value; most scores lie in 0…1.
  public let value: Double

  /// A score of a name.
  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

extension Sequence<Score> {
  /// The value of the score of a name.
  public subscript(name: String) -> Double? { first { $0.name == name }?.value }
}

/// How far a fit has come, beside the weights and the optimiser's moments: with the seed, all that resuming needs.
package struct TrainingState: Sendable, Equatable {
  /// Epochs completed.
  package var epoch = 0
  /// Batches of the current epoch done.
  package var batch = 0
  /// Optimiser steps done.
  package var steps = 0
  /// Sum of the losses of the current epoch's batches.
  package var lossSum = 0.0
  /// Sum of the norms of the current epoch's gradients.
  package var normSum = 0.0
  package var plateaus = 0
  /// Steps that an average of the weights is over.
  package var averaged = 0
  package var bestEpoch = 0
  package var bestValue: Double?
  package var history: [EpochRecord] = []

  package init() {}

  /// Epochs since the best one.
  package var epochsWithoutImprovement: Int { epoch - bestEpoch }
}

/// Why a fit ended.
public enum StopReason: String, Sendable {
  /// All epochs are done.
  case completed
  /// The dev score stopped improving.
  case earlyStopped
  /// The user asked; a checkpoint was saved.
  case interrupted
}

/// What a fit tells those who watch it.
public enum TrainingEvent: Sendable {
  case started(Start)
  case progress(Progress)
  case epochEnded(EpochRecord, isBest: Bool, seconds: Double, tokensPerSecond: Double)
  case stopped(StopReason, bestEpoch: Int)

  /// The size of the work.
  public struct Start: Sendable {
    /// Weights of the network.
    public let parameters: Int
    /// Sequences of the training data.
    public let sequences: Int
    /// Tokens of the training data.
    public let tokens: Int
    /// Threads that work on it.
    public let threads: Int
    /// The CPU level of the kernels.
    public let level: String
    /// What products are computed from.
    public let precision: Precision
    /// Epochs that a resumed fit had done.
    public let epochsDone: Int
  }

  /// How far the current epoch has come.
  public struct Progress: Sendable {
    /// The current epoch, from 1.
    public let epoch: Int
    /// Epochs of the fit, at most.
    public let epochs: Int
    /// Batches of the epoch done.
    public let batch: Int
    /// Batches of the epoch.
    public let batches: Int
    /// Mean of the epoch so far.
    public let loss: Double
    /// Training tokens a second, in this epoch so far.
    public let tokensPerSecond: Double
    /// Of the whole fit, if no early stop comes.
    public let secondsLeft: Double
  }
}
