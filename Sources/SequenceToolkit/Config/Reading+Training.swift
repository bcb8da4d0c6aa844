import SeqConfig
import SeqCore
import SeqData
import SeqMetrics
import SeqModel
import SeqTensor
import SeqTraining

extension TrainingSettings {
  init(reading reader: ConfigReader, task: SequenceTask, isStream: Bool) {
    self.init()
    epochs = reader.int("epochs", default: epochs, in: 1...1_000_000)
    let batchReader = reader.object("batch")
    if isStream {
      window = batchReader.int("window", default: window, in: 1...1_000_000)
    } else {
      batchReader.refuse("window", "goes with data.stream only")
    }
    batch = BatchSize(reading: batchReader, isStream: isStream)
    optimizer = OptimizerSettings(reading: reader.object("optimizer"))
    schedule = ScheduleSettings(reading: reader.object("schedule"), epochs: epochs, rate: optimizer.learningRate)
    clip = reader.double("clip", default: clip, in: .atLeast(0))
    patience = reader.int("patience", default: patience, in: 0...1_000_000)
    labelSmoothing = reader.double("labelSmoothing", default: labelSmoothing, in: .from(0, below: 1))
    if task == .generation {
      reader.refuse("classWeights", "has no effect: tokens are predicted, not labels")
    } else {
      readClassWeights(reader)
    }
    readFocus(reader, task)
    readSteps(reader, isStream)
    seed = UInt64(reader.int("seed", default: Int(seed), in: 0...Int.max))
    threads = reader.int("threads", default: threads, in: 1...256)
    precision = reader.choice("precision", default: precision)
  }
}

extension TrainingSettings {
  /// `balanced`, `sqrt`, or numbers by name.
  private mutating func readClassWeights(_ reader: ConfigReader) {
    if reader.node("classWeights")?.stringValue != nil {
      classBalance = reader.choice("classWeights", default: classBalance)
    } else {
      for (name, number) in reader.numbersByName("classWeights", in: .atLeast(0)) { classWeights[name] = number }
    }
  }

  private mutating func readFocus(_ reader: ConfigReader, _ task: SequenceTask) {
    guard task != .generation, task != .transduction else {
      return reader.refuse("focus", "goes with labels and tags only")
    }
    focus = reader.double("focus", default: focus, in: .closed(0...10))
    if focus > 0, labelSmoothing > 0 {
      reader.problem(
        "focus", "goes with no labelSmoothing: one asks for certainty, the other against it",
        remedy: "leave one of them out")
    }
  }

  /// What a step is made of, and what is made of the steps.
  private mutating func readSteps(_ reader: ConfigReader, _ isStream: Bool) {
    if isStream {
      reader.refuse("accumulate", "goes with no stream: take more streams")
    } else {
      accumulate = reader.int("accumulate", default: accumulate, in: 1...10_000)
    }
    averaging = AveragingSettings(reading: reader.object("averaging"), epochs: epochs)
  }
}

extension AveragingSettings {
  fileprivate init(reading reader: ConfigReader, epochs: Int) {
    self.init()
    kind = reader.choice("kind", default: kind)
    reader.read("decay", for: [.ema], kind) { decay = reader.double($0, default: decay, in: .closed(0...0.999_999_9)) }
    reader.read("from", for: [.mean], kind) { from = reader.int($0, default: from, in: 0...1_000_000) }
    reader.read("last", for: [.checkpoints], kind) { last = reader.int($0, default: last, in: 1...1_000) }
    if kind == .mean, from >= epochs {
      reader.problem("from", "epoch \(from) never comes: the fit has \(epochs), counted from 0")
    }
    reader.finish()
  }
}

extension InferenceSettings {
  init(reading reader: ConfigReader, task: SequenceTask) {
    self.init()
    precision = reader.choice("precision", default: precision)
    readDecoding(reader, task: task)
    if task == .tagging {
      constraints = reader.choice("constraints", default: constraints)
      scheme = reader.optionalChoice("scheme", as: TagScheme.self)
    } else {
      for key in ["constraints", "scheme", "learnedScheme"] { reader.refuse(key, "goes with tagging only") }
    }
  }
}

extension InferenceSettings {
  /// The scheme that a fit has found out: the last key, as it is when the fit adds it.
  mutating func readLearned(_ reader: ConfigReader, task: SequenceTask) {
    if task == .tagging { learnedScheme = reader.optionalChoice("learnedScheme", as: TagScheme.self) }
  }
}

extension BatchSize {
  fileprivate init(reading reader: ConfigReader, isStream: Bool) {
    if isStream {
      self = .sequences(reader.int("sequences", default: 32, in: 1...100_000))
      reader.refuse("tokens", "a batch has a window of each of the streams that sequences counts")
    } else if reader.has("tokens") {
      self = .tokens(reader.int("tokens", default: 2_048, in: 1...10_000_000))
      reader.refuse("sequences", "a batch is limited by sequences or by tokens, not by both")
    } else {
      self = .sequences(reader.int("sequences", default: 32, in: 1...1_000_000))
      _ = reader.node("tokens")
    }
    reader.finish()
  }
}

extension OptimizerSettings {
  fileprivate init(reading reader: ConfigReader) {
    self.init(reader.choice("kind", default: .adam))
    learningRate = reader.double("learningRate", default: learningRate, in: .above(0))
    weightDecay = reader.double("weightDecay", default: weightDecay, in: .atLeast(0))
    isDecoupled = reader.bool("decoupled", default: isDecoupled)
    decaysBiases = reader.bool("decayBiases", default: decaysBiases)
    decaysEmbeddings = reader.bool("decayEmbeddings", default: decaysEmbeddings)
    if kind == .adamw, !isDecoupled {
      reader.problem("decoupled", "is what makes adamw", remedy: "use adam, or leave it out")
    }
    // Bounds that single precision still tells from 1 and from 0.
    let share = NumberRange.closed(0...0.999_999)
    reader.read("momentum", for: OptimizerKind.having(.momentum), kind) {
      momentum = reader.double($0, default: momentum, in: share)
    }
    reader.read("nesterov", for: OptimizerKind.having(.nesterov), kind) {
      isNesterov = reader.bool($0, default: isNesterov)
    }
    reader.read("beta1", for: OptimizerKind.having(.beta1), kind) {
      beta1 = reader.double($0, default: beta1, in: share)
    }
    reader.read("beta2", for: OptimizerKind.having(.beta2), kind) {
      beta2 = reader.double($0, default: beta2, in: share)
    }
    reader.read("momentumDecay", for: OptimizerKind.having(.momentumDecay), kind) {
      momentumDecay = reader.double($0, default: momentumDecay, in: .atLeast(0))
    }
    reader.read("decay", for: OptimizerKind.having(.decay), kind) {
      decay = reader.double($0, default: decay, in: share)
    }
    reader.read("epsilon", for: OptimizerKind.having(.epsilon), kind) {
      epsilon = reader.double($0, default: epsilon, in: .closed(1e-30...1))
    }
    if isNesterov, momentum == 0 {
      reader.problem("nesterov", "needs a momentum above 0", remedy: "set training.optimizer.momentum to 0.9")
    }
    if movesIdleRows {
      isLazy = reader.bool("lazy", default: isLazy)
    } else {
      let others = kind == .sgd ? "momentum and weightDecay" : "weightDecay"
      reader.refuse(
        "lazy", "has no effect: without \(others), \(kind.rawValue) leaves tokens that do not occur alone anyway")
    }
    reader.finish()
  }
}

extension ScheduleSettings {
  fileprivate init(reading reader: ConfigReader, epochs: Int, rate: Double) {
    self.init()
    kind = reader.choice("kind", default: kind)
    warmup = reader.double("warmup", default: warmup, in: .atLeast(0))
    reader.read("factor", for: [.step, .exponential, .plateau], kind) {
      factor = reader.double($0, default: kind == .exponential ? 0.95 : factor, in: .above(0, upTo: 1))
    }
    reader.read("every", for: [.step], kind) { every = reader.int($0, default: every, in: 1...1_000_000) }
    reader.read("patience", for: [.plateau], kind) { patience = reader.int($0, default: patience, in: 1...1_000_000) }
    reader.read("minimumRate", for: Set(ScheduleKind.allCases).subtracting([.constant]), kind) {
      minimumRate = reader.double($0, default: minimumRate, in: .atLeast(0))
    }
    if warmup > Double(epochs) {
      reader.problem("warmup", "\(warmup) epochs, but the fit has only \(epochs)")
    }
    if minimumRate > rate { reader.problem("minimumRate", "\(minimumRate) is above the learning rate \(rate)") }
    reader.finish()
  }
}

extension ConfigReader {
  /// Reads a key that only some kinds have, and reports it with the others.
  fileprivate func read<Kind: RawRepresentable<String> & Hashable & CaseIterable>(
    _ key: String, for kinds: Set<Kind>, _ kind: Kind, _ body: (String) -> Void
  ) {
    if kinds.contains(kind) { return body(key) }
    let names = Kind.allCases.filter(kinds.contains).map(\.rawValue).joined(separator: ", ")
    refuse(key, "has no effect with \(kind.rawValue); it goes with \(names)")
  }
}

extension ExperimentConfig {
  /// The metric of early stopping: a known name, and only with something to measure it on.
  static func metric(_ reader: ConfigReader, hasDev: Bool) -> String? {
    guard let name = reader.optionalString("metric") else { return nil }
    if Metric(named: name) == nil {
      reader.problem(
        "metric", "expected the name of a score, found \"\(name)\"" + didYouMean(name, among: Metric.all.map(\.name)),
        remedy: "one of \(Metric.all.map(\.name).joined(separator: ", "))")
    }
    if !hasDev {
      reader.problem("metric", "needs dev data to be measured on", remedy: "name data.dev, or leave it out")
    }
    return name
  }
}
