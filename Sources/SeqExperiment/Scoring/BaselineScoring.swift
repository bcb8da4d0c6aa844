import SeqBaseline
import SeqCore
import SeqData
package import SeqEncoding
import SeqMetrics
package import SeqRecords
package import SeqTensor
import SeqText
public import SeqTraining

/// What models that are no network score on the same data: see docs/how-to/train-well.md.
public struct BaselineScores: Sendable, Equatable {
  /// Of a linear model.
  public let linear: [Score]
  /// Of the most frequent class of the training data, given to everything.
  public let majority: [Score]
}

extension LinearModels {
  /// Scores them on records.
  package func scores(_ records: [Record], _ encoder: SequenceEncoder, _ team: WorkerTeam) -> BaselineScores {
    let answers = answers(records, encoder, team)
    let majority = main.majority
    return BaselineScores(
      linear: score(records, encoder) { answers[$0] },
      majority: score(records, encoder) { i in
        Answer(classes: answers[i].classes.map { _ in majority }, label: labels?.majority)
      })
  }

  /// What is said of a record.
  private struct Answer {
    /// The class of its text, or of each word.
    let classes: [Int32]
    /// The label beside these.
    let label: Int32?
  }

  /// What is said of some records.
  ///
  /// Unchecked because one task fills it and others read it after that task has ended: see `WorkerTeam`.
  private final class Answers: @unchecked Sendable { var all: [Answer] = [] }

  /// What the linear models say of each record, found by the team.
  private func answers(_ records: [Record], _ encoder: SequenceEncoder, _ team: WorkerTeam) -> [Answer] {
    let size = 64
    let parts = (0..<(records.count + size - 1) / size).map { _ in Answers() }
    team.run(parts.count) { p in
      parts[p].all = records[p * size..<min(records.count, (p + 1) * size)].map { answer($0, encoder) }
    }
    return parts.flatMap(\.all)
  }

  private func answer(_ record: Record, _ encoder: SequenceEncoder) -> Answer {
    let label = ofTexts?.label(of: encoder.readTokens(of: record))
    if main.kind == .texts { return Answer(classes: label.map { [$0] } ?? [], label: nil) }
    return Answer(classes: record.words(encoder).map(main.tags(of:)) ?? [], label: label)
  }

  private func score(_ records: [Record], _ encoder: SequenceEncoder, _ answer: (Int) -> Answer) -> [Score] {
    let labels = encoder.labels
    var unseen = UnseenLabels(after: labels.count)
    guard encoder.task.tagsTokens else {
      var counts = ClassificationCounts(classes: labels.count)
      for (i, record) in records.enumerated() {
        let label = record.label.map { labels.id(of: $0) ?? unseen.id(of: $0) }
        counts.add(label: label.map(Int.init), predicted: Int(answer(i).classes[0]))
      }
      return counts.scores().map { Score($0.name, $0.value) }
    }
    let gold = records.map { record in encoder.tags(of: record).map { labels.id(of: $0) ?? unseen.id(of: $0) } }
    var counts = TaggingCounts(tags: labels.labels, unseenTags: unseen.names, scheme: encoder.tagScheme)
    var joint = JointCounts()
    for (i, record) in records.enumerated() where !gold[i].isEmpty {
      let answer = answer(i)
      counts.add(gold: gold[i], predicted: answer.classes)
      let label = record.label.flatMap { encoder.sequenceLabels?.id(of: $0) }
      joint.add(isLabelRight: label != nil && label == answer.label, areTagsRight: gold[i] == answer.classes)
    }
    let scores = counts.scores() + (self.labels == nil ? [] : joint.scores())
    return scores.map { Score($0.name, $0.value) }
  }
}

extension Evaluation {
  /// The names of the scores that a linear model is measured by: the main one, and that of labels beside tags.
  package var comparedScores: [String] { [mainScore.name] + (joint == nil ? [] : ["labelAccuracy"]) }

  /// A line for those whose network is no better than a linear model: nil if it is, or if there is none.
  public func baselineWarning(on part: String) -> String? {
    guard let baseline else { return nil }
    let own = scores
    let beaten = comparedScores.compactMap { name -> String? in
      guard let linear = baseline.linear[name], let value = own[name], linear > value else { return nil }
      return "\(name) \(linear.fixed()) against \(value.fixed())"
    }
    if beaten.isEmpty { return nil }
    return "a linear model beats the \(networkScores == nil ? "network" : "model") on \(part): "
      + "\(beaten.joined(separator: ", ")); see \"a linear model is better\" in docs/how-to/train-well.md"
  }
}
