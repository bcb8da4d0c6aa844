package import SeqConfig

/// How weights are averaged over a fit.
public enum AveragingKind: String, Sendable, CaseIterable {
  /// Not at all: the last ones count.
  case none
  /// A mean in which older weights fade: at each step, `decay` of it is kept.
  case ema
  /// The mean over all steps from an epoch on (Polyak and Juditsky 1992; Izmailov et al. 2018, "Averaging weights leads to
  /// wider optima").
  case mean
  /// The mean of the weights at the ends of the last epochs.
  case checkpoints
}

/// Which average of the weights is evaluated and kept.
public struct AveragingSettings: Sendable, Equatable {
  /// What is averaged.
  public var kind = AveragingKind.none
  /// `ema`: what is kept of the mean at each step, at most: (1 + t) / (10 + t) at step t if that is less.
  public var decay = 0.999
  /// `mean`: epochs before the first step that counts.
  public var from = 0
  /// `checkpoints`: how many.
  public var last = 5

  /// None.
  public init() {}
}

extension AveragingSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .choice("kind", \.kind, "The kind of average"),
    .double(
      "decay", \.decay, in: .closed(0...0.999_999_9), when: [.kind(in: [AveragingKind.ema])],
      "Share of the average that each step keeps"),
    .int(
      "from", \.from, in: 0...1_000_000, when: [.kind(in: [AveragingKind.mean])],
      "Epochs before the average starts"),
    .int(
      "last", \.last, in: 1...1_000, when: [.kind(in: [AveragingKind.checkpoints])],
      "How many of the last epochs are averaged"),
  ]

  package func check(_ reader: ConfigReader) {
    if kind == .mean, let epochs = reader.facts.integer("training.epochs"), from >= epochs {
      reader.problem("from", "epoch \(from) is never reached: the fit has \(epochs) epochs, counted from 0")
    }
  }
}
