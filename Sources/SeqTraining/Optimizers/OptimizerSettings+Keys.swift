package import SeqConfig

extension OptimizerSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .kind("kind", \.kind, start: { OptimizerSettings($0) }, "The rule").see("explanation/theory.md#optimizers")
      .alias("optim"),
    .double("learningRate", \.learningRate, in: .above(0), "The learning rate, before the schedule")
      .alias("lr", "learning_rate", "eta", "initial_lr", "base_lr", "max_lr"),
    .double("weightDecay", \.weightDecay, in: .atLeast(0), "How strongly weights are pulled towards 0")
      .alias("weight_decay", "wd", "l2", "l2_reg", "weight_decay_rate"),
    .bool(
      "decoupled", \.isDecoupled,
      "Whether each step subtracts the learning rate × `weightDecay` × the weight directly, without the gradient's "
        + "moments; true for `adamw`"),
    .bool("decayBiases", \.decaysBiases, "Whether biases and other vectors decay too"),
    .bool("decayEmbeddings", \.decaysEmbeddings, "Whether embeddings decay too"),
    .double(
      "momentum", \.momentum, in: share, when: [having(.momentum)],
      "Share of the previous step that is kept"),
    .bool(
      "nesterov", \.isNesterov, when: [having(.nesterov)],
      "Whether to look ahead along the momentum, which must then be above 0"),
    .double(
      "beta1", \.beta1, in: share, when: [having(.beta1)],
      "Decay of the first moment; for `lion`, in the step's direction"
    ).alias("beta_1"),
    .double(
      "beta2", \.beta2, in: share, when: [having(.beta2)],
      "Decay of the second moment; for `lion`, of the first that is kept"
    ).alias("beta_2"),
    .double(
      "momentumDecay", \.momentumDecay, in: .atLeast(0), when: [having(.momentumDecay)],
      "ψ of the momentum's schedule"
    ).alias("momentum_decay"),
    .double(
      "decay", \.decay, in: share, when: [having(.decay)],
      "Decay of the squared gradient (α, ρ)"
    ).alias("rho"),
    .double(
      "epsilon", \.epsilon, in: .closed(1e-30...1), when: [having(.epsilon)],
      "Keeps the divisor above zero"
    ).alias("eps", "adam_epsilon"),
    .bool(
      "lazy", \.isLazy, when: [movesIdleRows],
      "Whether embeddings of tokens that do not occur in a batch stay unchanged"
    ).see("reference/config.md#trainingoptimizer"),
  ]

  /// Bounds that single precision still tells from 1.
  private static let share = NumberRange.closed(0...0.999_999)

  /// A kind that a key applies to.
  private static func having(_ key: OptimizerKey) -> Condition<Self> { .kind(in: Array(OptimizerKind.having(key))) }

  /// A rule by which rows without a gradient move.
  private static let movesIdleRows = Condition<Self>(
    "not `sgd` without momentum and decay, not `adagrad` without decay"
  ) { root, _ in
    if root.movesIdleRows { return nil }
    let others = root.kind == .sgd ? "momentum and weightDecay" : "weightDecay"
    return "has no effect: without \(others), \(root.kind.rawValue) never changes tokens that do not occur"
  }

  package func check(_ reader: ConfigReader) {
    if kind == .adamw, !isDecoupled {
      reader.problem("decoupled", "is always true for adamw", remedy: "use adam, or leave it out")
    }
    if isNesterov, momentum == 0 {
      reader.problem("nesterov", "needs a momentum above 0", remedy: "set training.optimizer.momentum to 0.9")
    }
  }
}
