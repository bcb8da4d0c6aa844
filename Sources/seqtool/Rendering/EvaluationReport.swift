import SeqMetrics
import SequenceToolkit

/// The scores of an evaluation in a few lines.
struct ScoreSummary {
  private let evaluation: Evaluation

  init(_ evaluation: Evaluation) { self.evaluation = evaluation }

  /// Names and values, aligned, each on a line.
  func text(title: String) -> String {
    let baseline = evaluation.baseline
    var table = TextTable(
      [.left(title)] + (baseline == nil ? [""] : ["network", "linear", "majority"]).map(TextTable.Column.right))
    let isGeneration = evaluation.task == .generation
    for score in evaluation.scores where isGeneration || Self.isShown(score.name) {
      let others = baseline.map { [$0.linear, $0.majority].map { $0[score.name].map { $0.fixed() } ?? "" } } ?? []
      table.add([score.name, score.value.fixed()] + others)
    }
    table.add(["sequences", "\(evaluation.sequences)"] + (baseline == nil ? [] : ["", ""]))
    if isGeneration {
      table.add(["tokens", "\(evaluation.tokens)"])
      table.add(["characters", "\(evaluation.likelihood.characters)"])
    }
    return table.render() + "\n"
  }

  /// Averages and other forms of a score that has its line are left to `--json`.
  private static func isShown(_ name: String) -> Bool {
    !["macro", "micro", "weighted", "top3", "top5", "logLoss", "perplexity", "bitsPerToken"].contains {
      name.hasPrefix($0)
    }
  }
}

/// The scores, class by class, and what was confused with what.
struct EvaluationReport {
  private let evaluation: Evaluation

  init(_ evaluation: Evaluation) { self.evaluation = evaluation }

  var text: String {
    var parts = [ScoreSummary(evaluation).text(title: "score")]
    if evaluation.task == .generation { return parts[0] }
    if let counts = evaluation.transduction {
      if counts.correct < counts.sequences { parts.append(counts.editTable(name: evaluation.symbolName)) }
    } else if let spans = evaluation.tagging?.spans {
      parts.append(spans.typeTable())
    } else if let counts = evaluation.classification {
      parts.append(counts.classTable(names: evaluation.labels))
      parts.append(counts.confusionReport(names: evaluation.labels))
    }
    if !evaluation.unseenLabels.isEmpty {
      parts.append("Labels the model does not know: \(evaluation.unseenLabels.joined(separator: ", "))\n")
    }
    return parts.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined(separator: "\n")
  }
}
