package import SeqConfig
public import SeqLayers
public import SeqRecords
public import SeqTensor

/// How a network is fitted.
///
/// The settings of the loss are members too: `labelSmoothing` is `loss.labelSmoothing`.
@dynamicMemberLookup
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
  /// What is made small.
  public var loss = LossSettings()
  /// Batches whose gradients are added up for one step.
  public var accumulate = 1
  /// Which average of the weights is evaluated and kept.
  public var averaging = AveragingSettings()
  /// How many of a decoder's inputs are its own predictions.
  public var sampling = ScheduledSamplingSettings()
  /// The source of all randomness.
  public var seed: UInt64 = 1
  /// Threads; the result does not depend on it.
  public var threads = 2
  /// What the products of training are computed from.
  public var precision = PrecisionChoice.float32

  /// The defaults.
  public init() {}

  /// A setting of the loss.
  public subscript<Value>(dynamicMember setting: WritableKeyPath<LossSettings, Value>) -> Value {
    get { loss[keyPath: setting] }
    set { loss[keyPath: setting] = newValue }
  }
}

extension TrainingSettings: ConfigSection {
  package static let keys = fitKeys + Key.inlined(\.loss) + runKeys

  /// What comes before the loss in a config: how long the fit is and how it moves.
  private static let fitKeys: [Key<Self>] = [
    .int("epochs", \.epochs, in: 1...1_000_000, "Most passes over the training data")
      .alias("num_epochs", "n_epochs", "max_epochs", "num_train_epochs", "nb_epoch", "iterations", "max_iter"),
    .group("batch", batchKeys, "How sequences are grouped into batches"),
    .section("optimizer", \.optimizer, shorthand: "kind", "The rule that turns a gradient into a step"),
    .section("schedule", \.schedule, shorthand: "kind", "How the learning rate changes over the fit")
      .alias("lr_scheduler", "scheduler", "lr_schedule", "lr_scheduler_type"),
    .double(
      "clip", \.clip, in: .atLeast(0),
      "Largest norm of a step's gradient: a larger one is scaled down to it; 0 turns clipping off"
    ).alias("grad_clip", "gradient_clip", "max_grad_norm", "gradient_clipping", "clipnorm", "clip_norm"),
    .int(
      "patience", \.patience, in: 0...1_000_000,
      "Epochs without a better dev score before the fit stops; 0 for never. Ties go to the lower dev `loss`; patience "
        + "starts once the score has left 0"
    ).alias("early_stopping", "early_stopping_patience", "early_stop", "max_patience"),
  ]

  /// What comes after it: averages, randomness and the machine.
  private static let runKeys: [Key<Self>] = [
    .int(
      "accumulate", \.accumulate, in: 1...10_000,
      when: [.noStream("does not apply to a stream: use more parallel streams")],
      "Batches whose gradients are added up for one step: the same as one batch of that many, in less memory"
    ).alias("gradient_accumulation_steps", "accumulation_steps", "accumulate_grad_batches"),
    .section("averaging", \.averaging, shorthand: "kind", "Which average of the weights is scored and kept")
      .see("how-to/train-well.md#averages-of-weights").alias("ema", "swa"),
    .value("seed", \.seed, .seed, "The source of all randomness").alias("random_seed", "random_state"),
    .int(
      "threads", \.threads, in: 1...256,
      "Number of threads; the result does not depend on it. A thread takes 16 sequences of a batch at a time, and the "
        + "two directions of a layer run in parallel, so a batch of 32 keeps four threads busy, and a larger one more"
    ).alias("num_threads", "n_jobs", "num_workers", "workers", "thread"),
    .choice("precision", \.precision, "The precision of matrix products").see("reference/config.md#precision")
      .alias("fp16", "bf16", "mixed_precision", "dtype", "amp"),
    .either(
      "sampling", \.sampling, short: .number(ScheduledSamplingSettings.range),
      when: [.task("transduction", else: "only applies to transduction")],
      "Share of the decoder's inputs in training that are its own predictions",
      expand: { reader, sampling in
        reader.optionalDouble("sampling", in: ScheduledSamplingSettings.range).map {
          var sampling = sampling
          sampling.rate = $0
          return sampling
        }
      },
      contract: { $0.kind == .constant ? .real($0.rate) : nil }
    ).see("how-to/transduce-text.md#training").alias("scheduled_sampling", "teacher_forcing_ratio"),
  ]

  /// A batch has so many sequences, or so many tokens.
  private static let batchKeys: [Key<Self>] = [
    .int(
      "window", \.window, in: 1...1_000_000,
      when: [.stream("only applies with data.stream")],
      "Tokens of a window; `sequences` is then the number of parallel streams"
    ).alias("bptt", "seq_length", "sequence_length", "block_size", "context_length"),
    .value(
      "sequences", optional: \.batchSequences, sequenceCount,
      when: [.absent(".tokens", note: "without `tokens`", "a batch is limited by sequences or by tokens, not by both")],
      "Sequences of a batch"
    ).alias("batch_size", "mini_batch_size", "minibatch_size", "train_batch_size", "per_device_train_batch_size", "bs"),
    .int(
      "tokens", optional: \.batchTokens, in: 1...10_000_000,
      when: [.noStream("a batch has one window of each stream, and batch.sequences is the number of streams")],
      "Tokens of a batch, instead of `sequences`; a longer sequence is a batch of its own"
    ).alias("max_tokens", "batch_tokens", "mini_batch_tokens"),
  ]

  /// Streams are read side by side, and so are fewer.
  private static let sequenceCount = Codec<Int>(
    .integer(1...1_000_000),
    read: { $0.optionalInt($1, in: 1...($0.facts.hasStream ? 100_000 : 1_000_000)) },
    write: { value, _ in .integer(value) })

  private var batchSequences: Int? {
    get { if case .sequences(let count) = batch { count } else { nil } }
    set { if let newValue { batch = .sequences(newValue) } }
  }

  private var batchTokens: Int? {
    get { if case .tokens(let count) = batch { count } else { nil } }
    set { if let newValue { batch = .tokens(newValue) } }
  }

  package func check(_ reader: ConfigReader) { loss.check(reader) }
}

extension Condition {
  /// The data is a list of texts.
  fileprivate static func noStream(_ sentence: String) -> Condition {
    Condition("without `data.stream`") { _, facts in facts.hasStream ? sentence : nil }
  }

  /// The data is one long text.
  fileprivate static func stream(_ sentence: String) -> Condition {
    Condition("only with `data.stream`") { _, facts in facts.hasStream ? nil : sentence }
  }
}

extension Facts {
  /// Whether the data is one long text; where a task has none, the key is refused and means nothing.
  fileprivate var hasStream: Bool { isTrue("data.stream") && text("task") == "generation" }
}
