import SeqCore
import SeqData
import SeqEncoding
import SeqMetrics
package import SeqRecords
import SeqTags
import SeqText
import SeqTraining

/// What a fit says of its data before it trains: the classes with their counts, parts that are empty, labels that cannot be
/// predicted, tags that make scores wrong.
package struct DataRemarks {
  package let config: ExperimentConfig
  package let learned: LearnedEncoder
  package let train: EncodedDataset
  package let dev: (any ScoredData)?
  package let test: (any ScoredData)?

  private var encoder: SequenceEncoder { learned.encoder }

  private var parts: [(name: String, part: any ScoredData)] {
    [("dev", dev), ("test", test)].compactMap { name, part in part.map { (name, $0) } }
  }

  package func tell(_ hooks: Experiment.Hooks) {
    warnOfEmpty(hooks)
    warnOfUnseen(hooks)
    TagRemarks(config: config, learned: learned, train: train).tell(parts, hooks)
  }

  /// Classes that are named, and those that are named as rare.
  private static let mostShown = 12, rare = 5

  /// The labels by how often they occur, as a line; nil for what has none.
  package var classes: String? {
    guard encoder.task.choosesLabels else { return nil }
    let names = encoder.labels.labels
    let counts = zip(names, train.labelCounts(classes: names.count)).map { (name: $0, count: $1) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    var line = "\(names.count) \(encoder.definition.answer)s: " + Self.list(counts, "and")
    let rare = counts.filter { $0.count < Self.rare }
    if !rare.isEmpty, counts.count > Self.mostShown || rare.count < counts.count {
      line +=
        "; \(rare.count) \(rare.count == 1 ? "occurs" : "occur") fewer than \(Self.rare) times: "
        + Self.list(rare.reversed(), "and")
    }
    return line
  }

  private static func list(_ counts: [(name: String, count: Int)], _ conjunction: String) -> String {
    let shown = counts.prefix(mostShown).map { "\($0.name.printable) \($0.count)" }.joined(separator: ", ")
    return counts.count > mostShown ? "\(shown) \(conjunction) \(counts.count - mostShown) more" : shown
  }

  /// Parts that were asked for and have nothing to be scored on.
  private func warnOfEmpty(_ hooks: Experiment.Hooks) {
    let split = config.data.split
    let asked = [
      ("dev", split.map { $0.dev > 0 } ?? (config.data.dev != nil), dev == nil),
      ("test", split.map { $0.test > 0 } ?? (config.data.test != nil), test == nil),
    ]
    let empty = asked.filter { $0.1 && $0.2 }.map(\.0)
    guard !empty.isEmpty else { return }
    let parts = empty.joined(separator: " and ")
    let effect = empty.contains("dev") ? "the last epoch is kept" : "there is no final score"
    if split == nil { return hooks.warn("\(parts) has no tokens to be scored on: \(effect)") }
    hooks.warn(
      "the split leaves \(parts) without records, so \(effect): there are too few, or too many that stay together "
        + "because their texts are equal (name \(empty.map { "data.\($0)" }.joined(separator: " and ")), or raise "
        + "\(empty.map { "data.split.\($0)" }.joined(separator: " and ")))")
  }

  private func warnOfUnseen(_ hooks: Experiment.Hooks) {
    for (name, part) in parts where !part.unseenLabels.isEmpty {
      let shown = part.unseenLabels.prefix(5).joined(separator: ", ") + (part.unseenLabels.count > 5 ? ", …" : "")
      hooks.warn(
        encoder.task.makesTexts
          ? "texts of \(name) are left out because the training data does not have their labels: \(shown)"
          : "labels of \(name) that the training data does not have count as errors: \(shown)")
    }
  }
}
