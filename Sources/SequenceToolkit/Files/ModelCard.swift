import SeqModel
import SeqTensor
import SeqText
import SeqTraining

/// The README of a model: what it does, what it was made from and how good it is.
struct ModelCard {
  private let finished: ModelDirectory.Finished
  private let name: String

  init(_ finished: ModelDirectory.Finished, name: String) {
    self.finished = finished
    self.name = name
  }

  var text: String { [title, usage, network, scores, labels].joined(separator: "\n") }

  private var config: ExperimentConfig { finished.config }

  private var title: String {
    let what =
      switch config.task {
      case .classification, .oneToOne: "gives one label to a line of text"
      case .tagging: "gives a tag to every token of a line"
      case .generation: "makes up texts"
      case .transduction: "turns a line of text into another"
      }
    return "# \(name)\n\nA model of seqtool \(seqtoolVersion) that \(what).\n"
  }

  private var usage: String {
    """
    ## Use

        \(command)
        seqtool eval --model \(name)

    """
  }

  private var command: String {
    guard config.task == .generation else { return "seqtool tag --model \(name) < lines.txt" }
    let label = finished.encoder.labels.labels.first.map { " --label '\($0)'" } ?? ""
    return "seqtool generate --model \(name)\(label) --count 10"
  }

  private var network: String {
    let training = config.training
    return """
      ## Network and training

      | | |
      |---|---|
      | task | \(config.task.rawValue) |
      | tokens | \(tokens), \(finished.encoder.vocabulary.count) in the vocabulary |
      | network | \(input), \(layers) |
      | parameters | \(finished.weights.layout.parameterCount) |
      | optimiser | \(training.optimizer.kind.rawValue), learning rate \(training.optimizer.learningRate), seed \(training.seed) |
      | precision | \(finished.precision.rawValue) |
      | epochs | \(finished.state.epoch), the best \(finished.state.bestEpoch) |

      """
  }

  /// What cuts texts into tokens.
  private var tokens: String {
    guard let raw = config.rawText.choice.kind, raw != config.tokenizer.kind else {
      return config.tokenizer.kind.rawValue
    }
    return "given; raw text is cut by \(raw.rawValue)"
  }

  private var input: String {
    let inputs = config.model.inputs
    if inputs.isEmpty { return "embedding \(config.model.embedding)" }
    return "inputs " + inputs.map { "\($0.kind.rawValue) \($0.outputSize)" }.joined(separator: " + ")
  }

  private var layers: String {
    let model = config.model
    if config.task == .oneToOne {
      let grams = model.ngrams > 1 ? ", n-grams up to \(model.ngrams) in \(model.buckets) buckets" : ""
      return "mean of a bag\(grams), \(model.layers) hidden layers" + (model.layers > 0 ? " of \(model.hidden)" : "")
    }
    let directions = model.isBidirectional ? "two directions" : "one direction"
    return
      "\(model.layers) × \(model.cell.rawValue) of \(model.hidden) in \(directions)\(connections)\(config.task == .transduction ? decoder : config.task == .tagging ? tagging : pooling)"
  }

  private var connections: String {
    config.model.connections == .none ? "" : ", \(config.model.connections.rawValue) connections"
  }

  private var decoder: String {
    let model = config.model
    let own = model.decoder
    return "; decoder of \(own.layers ?? model.layers) × \((own.cell ?? model.cell).rawValue) of "
      + "\(own.hidden ?? model.hidden), attention \(own.attention.rawValue)"
  }

  private var tagging: String {
    let constraints = config.inference.constraints.scheme.map { ", constrained to \($0.rawValue)" } ?? ""
    return (config.model.head == .crf ? ", CRF" : "") + constraints
      + (config.model.joint.map { "; a label by \($0.pooling.rawValue) pooling" } ?? "") + linear
  }

  private var pooling: String {
    (config.task == .classification ? ", \(config.model.pooling.rawValue) pooling" : "") + linear
  }

  private var linear: String {
    let (weight, ofLabel) = (config.inference.linear, config.inference.linearLabel)
    let added = weight > 0 ? "; the scores of a linear model, times \(weight), are added" : ""
    if config.model.joint == nil || weight == ofLabel { return added }
    let label = ofLabel > 0 ? "added, times \(ofLabel)" : "not added"
    return "\(added); the scores of a linear model of the label are \(label)"
  }

  private var scores: String {
    guard let first = finished.evaluations.first else { return "## Scores\n\nNone: there was no dev or test data.\n" }
    let names = first.evaluation.scores.map(\.name)
    let parts = finished.evaluations
    var lines = ["## Scores", "", "| | " + parts.map(\.name).joined(separator: " | ") + " |"]
    lines.append("|---|" + String(repeating: "---|", count: parts.count))
    for name in names {
      let cells = parts.map { Self.rounded($0.evaluation.scores[name] ?? 0) }
      lines.append("| \(name) | \(cells.joined(separator: " | ")) |")
    }
    if parts.contains(where: { $0.evaluation.networkScores != nil }) {
      lines += comparedRows("of the network alone") { $0.networkScores }
    }
    if parts.contains(where: { $0.evaluation.baseline != nil }) {
      lines += comparedRows("of a linear model") { $0.baseline?.linear }
      lines += comparedRows("of the most frequent class") { $0.baseline?.majority }
    }
    lines.append("| sequences | \(parts.map { "\($0.evaluation.sequences)" }.joined(separator: " | ")) |")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The scores of something else than the model, of those that it is compared by.
  private func comparedRows(_ name: String, _ scores: (Evaluation) -> [Score]?) -> [String] {
    finished.evaluations[0].evaluation.comparedScores.map { score in
      let cells = finished.evaluations.map { scores($0.evaluation)?[score].map(Self.rounded) ?? "" }
      return "| \(score) \(name) | \(cells.joined(separator: " | ")) |"
    }
  }

  private var labels: String {
    if config.task == .generation { return limits }
    if let target = finished.encoder.target { return limits(of: target) }
    let names = finished.encoder.labels.labels.map { "`\($0)`" }.joined(separator: ", ")
    return """
      ## Limits

      It knows \(finished.encoder.labels.count) \(config.task == .tagging ? "tags" : "labels"): \(names). Texts unlike \
      those it was trained on get one of them all the same.

      """
  }

  /// Of what makes up texts.
  private var limits: String {
    let names = finished.encoder.labels.labels.map { "`\($0)`" }.joined(separator: ", ")
    return """
      ## Limits

      It makes up texts like those it was trained on\(names.isEmpty ? "" : ", of these labels: \(names)"). What they say \
      need not be true, and some may be texts of the training data.

      """
  }

  private func limits(of target: TargetSide) -> String {
    """
    ## Limits

    It writes \(target.vocabulary.entries.count) tokens, and texts of at most \
    \(config.inference.decoding.maximumLength) of them. For texts unlike those it was trained on it writes something all \
    the same.

    """
  }

  private static func rounded(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    let scaled = Int((value * 10_000).rounded())
    let digits = "\(abs(scaled) % 10_000)"
    return (scaled < 0 ? "-" : "") + "\(abs(scaled) / 10_000)." + String(repeating: "0", count: 4 - digits.count)
      + digits
  }
}
