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
  /// Where the factors of labels come from that are not named.
  public var classBalance = ClassBalance.none
  /// γ of the focal loss, which counts an example by (1 − p)^γ; 0 for cross-entropy.
  public var focus = 0.0
  /// Batches whose gradients are added up for one step.
  public var accumulate = 1
  /// Which average of the weights is evaluated and kept.
  public var averaging = AveragingSettings()
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

/// How labels count by how frequent they are.
public enum ClassBalance: String, Sendable, CaseIterable {
  /// All alike.
  case none
  /// In inverse proportion to their number, so that all classes weigh the same together (King and Zeng 2001).
  case balanced
  /// In inverse proportion to the square root of it.
  case sqrt

  /// The factor of each class, 1 in the mean over the examples; 1 for a class without any.
  package func factors(_ counts: [Int]) -> [Double] {
    let total = Double(counts.reduce(0, +))
    let raw = counts.map { count -> Double in
      guard count > 0 else { return 1 }
      switch self {
      case .none: return 1
      case .balanced: return total / Double(count)
      case .sqrt: return (total / Double(count)).squareRoot()
      }
    }
    let sum = zip(raw, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
    return zip(raw, counts).map { $1 > 0 && sum > 0 ? $0 * total / sum : 1 }
  }
}
