public import SeqData
public import SeqTensor

/// How a network is fitted.
public struct TrainingSettings: Sendable, Equatable {
  /// Times that every training sequence is seen, at most.
  public var epochs = 20
  /// How sequences are put together.
  public var batch = BatchSize.sequences(32)
  /// Tokens of a window, if the data is one long text that is read in parallel streams; `batch` says how many.
  public var window = 64
  /// The rule that turns a gradient into a step.
  public var optimizer = OptimizerSettings(.adam)
  /// How the learning rate changes.
  public var schedule = ScheduleSettings()
  /// The greatest norm of a gradient; a longer one is scaled down to it. 0 for no limit.
  public var clip = 5.0
  /// Epochs without improvement of `metric` on the dev set before the fit stops. 0 for no early stopping.
  public var patience = 5
  /// The name of the dev score that tells which epoch is best.
  public var metric = "accuracy"
  /// The share of the target that is spread over all classes.
  public var labelSmoothing = 0.0
  /// Factors on the loss of labels, by name; 1 for those not named.
  public var classWeights: [String: Double] = [:]
  /// How many of a decoder's inputs are its own predictions.
  public var sampling = SamplingSettings()
  /// The source of all randomness.
  public var seed: UInt64 = 1
  /// Threads; the result does not depend on it.
  public var threads = 2
  /// What the products of training are computed from.
  public var precision = PrecisionChoice.float32

  /// The defaults.
  public init() {}
}
