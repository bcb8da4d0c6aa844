package import SeqConfig

/// How the learning rate changes over a fit.
public enum ScheduleKind: String, Sendable, CaseIterable {
  case constant
  /// Times `factor` every `every` epochs.
  case step
  /// Times `factor` every epoch.
  case exponential
  /// Half a cosine wave down to `minimumRate` at the end of the last epoch.
  case cosine
  /// A straight line down to `minimumRate` at the end of the last epoch.
  case linear
  /// Times `factor` when the dev metric has not improved for `patience` epochs.
  case plateau
}

/// A schedule and its constants.
public struct ScheduleSettings: Sendable, Equatable {
  /// The shape of the curve.
  public var kind = ScheduleKind.constant
  /// Epochs, or parts of one, in which the rate rises from 0; 0 for none. Goes with every kind.
  public var warmup = 0.0
  /// What a cut multiplies the rate by; step, exponential and plateau.
  public var factor = 0.5
  /// Epochs between steps.
  public var every = 10
  /// Epochs without improvement before the rate drops.
  public var patience = 2
  /// What the rate never falls below; all but constant.
  public var minimumRate = 0.0

  /// A schedule of a kind, with its defaults.
  public init(_ kind: ScheduleKind = .constant) {
    self.kind = kind
    if kind == .exponential { factor = 0.95 }
  }

  /// Whether the rate of an epoch depends on how many there are.
  package var dependsOnEpochs: Bool {
    switch kind {
    case .cosine, .linear: true
    case .constant, .step, .exponential, .plateau: false
    }
  }
}

extension ScheduleSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .kind("kind", \.kind, start: { ScheduleSettings($0) }, "How the learning rate falls"),
    .double("warmup", \.warmup, in: .atLeast(0), "Epochs, or a fraction of one, in which the rate rises from 0")
      .alias("warmup_epochs", "warmup_steps", "warmup_ratio"),
    .double(
      "factor", \.factor, in: .above(0, upTo: 1), when: [.kind(in: [ScheduleKind.step, .exponential, .plateau])],
      "Factor on the rate at each cut"
    ).alias("gamma", "lr_decay", "decay_rate"),
    .int("every", \.every, in: 1...1_000_000, when: [.kind(in: [ScheduleKind.step])], "Epochs between two cuts").alias(
      "step_size"),
    .int(
      "patience", \.patience, in: 1...1_000_000, when: [.kind(in: [ScheduleKind.plateau])],
      "Epochs without a better dev score before a cut"),
    .double(
      "minimumRate", \.minimumRate, in: .atLeast(0), when: [.kind(notIn: [ScheduleKind.constant])],
      "The lowest rate, except during the warm-up"
    ).alias("min_lr", "eta_min"),
  ]

  package func check(_ reader: ConfigReader) {
    if let epochs = reader.facts.integer("training.epochs"), warmup > Double(epochs) {
      reader.problem("warmup", "\(warmup) epochs, but the fit has only \(epochs)")
    }
    if let rate = reader.facts.number("training.optimizer.learningRate"), minimumRate > rate {
      reader.problem("minimumRate", "\(minimumRate) is above the learning rate \(rate)")
    }
  }
}
