import SeqCore
import SeqMetrics
import SeqReport
import SeqTags
import SequenceToolkit

/// The scores of an evaluation in a few lines.
struct ScoreSummary {
  private let evaluation: Evaluation

  init(_ evaluation: Evaluation) { self.evaluation = evaluation }

  /// Names and values, aligned, each on a line.
  func text(title: String) -> String {
    let others = others
    let own = others.isEmpty ? "" : evaluation.networkScores == nil ? "network" : "model"
    var table = TextTable([.left(title)] + ([own] + others.map(\.name)).map(TextTable.Column.right))
    let isGeneration = evaluation.task.makesTexts
    for score in evaluation.scores where isGeneration || Self.isShown(score.name) {
      table.add([score.name, score.value.fixed()] + others.map { $0.scores[score.name].map { $0.fixed() } ?? "" })
    }
    table.add(["sequences", "\(evaluation.sequences)"] + others.map { _ in "" })
    if isGeneration {
      table.add(["tokens", "\(evaluation.tokens)"])
      table.add(["characters", "\(evaluation.likelihood.characters)"])
    }
    return table.render() + "\n"
  }

  /// The scores to compare the model's with.
  private var others: [(name: String, scores: [Score])] {
    [
      ("network", evaluation.networkScores), ("linear", evaluation.baseline?.linear),
      ("majority", evaluation.baseline?.majority),
    ].compactMap { name, scores in scores.map { (name, $0) } }
  }

  /// Averages and variants of a score that has a line of its own are only in `--json`.
  private static func isShown(_ name: String) -> Bool {
    !(Metric(named: name)?.isDetail ?? false)
  }
}

/// The scores, class by class, and the most confused classes.
struct EvaluationReport {
  private let evaluation: Evaluation

  init(_ evaluation: Evaluation) { self.evaluation = evaluation }

  var text: String {
    var parts = [ScoreSummary(evaluation).text(title: "score")]
    if evaluation.task.makesTexts { return parts[0] }
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
