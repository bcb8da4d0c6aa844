import SeqEncoding
package import SeqInference
import SeqModel
import SeqTensor
import SeqText
import SeqTraining

/// The README of a model: what it does, what it was made from and how good it is.
package struct ModelCard {
  private let finished: ModelDirectory.Finished
  private let name: String

  package init(_ finished: ModelDirectory.Finished, name: String) {
    self.finished = finished
    self.name = name
  }

  package var text: String { [title, usage, network, scores, limits].joined(separator: "\n") }

  private var config: ExperimentConfig { finished.config }
  private var task: any FittedTask { finished.config.task.fit }

  private var title: String {
    "# \(name)\n\nA model of seqtool \(seqtoolVersion) that \(task.purpose).\n"
  }

  private var usage: String {
    """
    ## Use

        \(task.command(model: name, finished.encoder))
        seqtool eval --model \(name)

    """
  }

  private var network: String {
    let training = config.training
    return """
      ## Network and training

      | | |
      |---|---|
      | task | \(config.task.rawValue) |
      | tokens | \(tokens), \(finished.encoder.vocabulary.count) in the vocabulary |
      | network | \(input), \(task.layers(config)) |
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
    return "given; raw text is split by \(raw.rawValue)"
  }

  private var input: String {
    let features = config.model.features
    if features.isEmpty { return "embedding \(config.model.embedding)" }
    return "features " + features.map { "\($0.kind.rawValue) \($0.outputSize)" }.joined(separator: " + ")
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

  private var limits: String { "## Limits\n\n\(task.limits(config, finished.encoder))\n" }

  private static func rounded(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    let scaled = Int((value * 10_000).rounded())
    let digits = "\(abs(scaled) % 10_000)"
    return (scaled < 0 ? "-" : "") + "\(abs(scaled) / 10_000)." + String(repeating: "0", count: 4 - digits.count)
      + digits
  }
}

extension ExperimentConfig {
  /// The recurrent layers of a network, for its card.
  package var recurrentLayers: String {
    let directions = model.isBidirectional ? "two directions" : "one direction"
    let connections = model.connections == .none ? "" : ", \(model.connections.rawValue) connections"
    return "\(model.layers) × \(model.cell.rawValue) of \(model.hidden) in \(directions)\(connections)"
  }

  /// The linear models whose scores are added to the network's, for its card.
  package var linearAddition: String {
    let (weight, ofLabel) = (inference.linear, inference.linearLabel)
    let added = weight > 0 ? "; the scores of a linear model, times \(weight), are added" : ""
    if model.sentenceLabel == nil || weight == ofLabel { return added }
    let label = ofLabel > 0 ? "added, times \(ofLabel)" : "not added"
    return "\(added); the scores of a linear model of the label are \(label)"
  }
}
