import SeqBaseline
import SeqCore
import SeqData
import SeqMetrics
import SeqTensor
import SeqText
public import SeqTraining

/// What models that are no network score on the same data: see docs/training.md.
public struct BaselineScores: Sendable, Equatable {
  /// Of a linear model.
  public let linear: [Score]
  /// Of the most frequent class of the training data, given to everything.
  public let majority: [Score]
}

extension Baseline {
  /// Fits the baseline that a config asks for; nil if it asks for none.
  static func fit(_ config: ExperimentConfig, _ encoder: Encoder, _ records: [Record], _ team: WorkerTeam) -> Baseline?
  {
    guard let settings = config.baseline else { return nil }
    let seed = Seed(config.training.seed).child("baseline")
    guard encoder.task == .tagging else {
      let texts = records.map { record in
        Text(tokens: encoder.baselineTokens(of: record), label: record.label.flatMap(encoder.labels.id(of:)) ?? -1)
      }
      return fit(texts: texts, classes: encoder.labels.count, settings: settings, seed: seed, team: team)
    }
    let sentences = records.compactMap { record in
      record.words(encoder).map { words in
        Sentence(words: words, tags: encoder.tags(of: record).map { encoder.labels.id(of: $0) ?? -1 })
      }
    }
    return fit(sentences: sentences, classes: encoder.labels.count, settings: settings, seed: seed)
  }

  /// Scores the baseline on records.
  func scores(_ records: [Record], _ encoder: Encoder, _ team: WorkerTeam) -> BaselineScores {
    let answers = answers(records, encoder, team)
    return BaselineScores(
      linear: score(records, encoder) { answers[$0] },
      majority: score(records, encoder) { i in answers[i].map { _ in majority } })
  }

  /// The classes that the linear model gives to each record, found by the team.
  private func answers(_ records: [Record], _ encoder: Encoder, _ team: WorkerTeam) -> [[Int32]] {
    let size = 64
    let parts = (0..<(records.count + size - 1) / size).map { _ in Answers() }
    team.run(parts.count) { p in
      parts[p].classes = records[p * size..<min(records.count, (p + 1) * size)].map { record in
        guard encoder.task == .tagging else { return [label(of: encoder.baselineTokens(of: record))] }
        return record.words(encoder).map(tags(of:)) ?? []
      }
    }
    return parts.flatMap(\.classes)
  }

  private func score(_ records: [Record], _ encoder: Encoder, _ answer: (Int) -> [Int32]) -> [Score] {
    let labels = encoder.labels
    guard encoder.task == .tagging else {
      var counts = ClassificationCounts(classes: labels.count)
      for (i, record) in records.enumerated() {
        counts.add(label: record.label.flatMap(labels.id(of:)).map(Int.init), predicted: Int(answer(i)[0]))
      }
      return counts.scores().map { Score($0.name, $0.value) }
    }
    var unseen = UnseenLabels(after: labels.count)
    let gold = records.map { record in encoder.tags(of: record).map { labels.id(of: $0) ?? unseen.id(of: $0) } }
    var counts = TaggingCounts(tags: labels.labels, unseenTags: unseen.names)
    for i in records.indices where !gold[i].isEmpty { counts.add(gold: gold[i], predicted: answer(i)) }
    return counts.scores().map { Score($0.name, $0.value) }
  }
}

/// What a task finds for some records.
///
/// Unchecked because it is filled by one task and read when that has ended: see `WorkerTeam`.
private final class Answers: @unchecked Sendable { var classes: [[Int32]] = [] }

extension Encoder {
  /// The tokens that the linear model sees of a record: no more than the network would.
  fileprivate func baselineTokens(of record: Record) -> [ArraySlice<UInt8>] {
    var tokens: [ArraySlice<UInt8>] = []
    tokenizer.forEachUTF8Token(of: record) { tokens.append(Array($0)[...]) }
    tokens.removeSubrange(longTexts.gap(in: tokens.indices))
    return tokens
  }
}

extension Record {
  /// The tokens as they stand there, for one tag each; nil if there are none.
  fileprivate func words(_ encoder: Encoder) -> [String]? {
    guard let tags, !tags.isEmpty else { return nil }
    if let tokens, tokens.count == tags.count { return tokens }
    var words: [String] = []
    encoder.tokenizer.forEachUTF8Token(of: self) { words.append(String(decoding: $0, as: UTF8.self)) }
    return words.count == tags.count ? words : nil
  }
}

extension Evaluation {
  /// A line for those whose network is no better than a linear model: nil if it is, or if there is none.
  public func baselineWarning(on part: String) -> String? {
    let main = mainScore
    guard let linear = baseline?.linear[main.name], linear > main.value else { return nil }
    return "a linear model beats the network on \(part): \(main.name) \(linear.fixed()) against \(main.value.fixed()); "
      + "see \"a linear model is better\" in docs/training.md"
  }
}
