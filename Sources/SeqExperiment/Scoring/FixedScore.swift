import SeqCore
import SeqData
package import SeqEncoding
import SeqMetrics
import SeqRecords
import SeqTags
import SeqText

/// Dev data on which a score cannot tell one epoch from another, whatever the model learns.
package struct FixedScore {
  package let encoder: SequenceEncoder
  package let metric: String

  /// Why the score cannot move as it should; nil if it can, or if no other score could do better.
  package func reason(on dev: some ScoredData) -> String? {
    guard encoder.task.choosesLabels, !isOfProbabilities else { return nil }
    let (data, names) = (dev.data, encoder.labels.labels)
    let used = Set((0..<data.count).flatMap { i in (0..<data.labelCount(i)).map { Int(data.label(i, $0)) } })
    // The loss is of labels that the model knows.
    guard used.contains(where: names.indices.contains) else { return nil }
    if encoder.tagScheme != nil, isOfSpans {
      let all = names + dev.unseenLabels
      return used.contains { !markedSpans(of: [all[$0]]).isEmpty } ? nil : "has no spans"
    }
    guard used.count == 1, let only = used.first else { return nil }
    return "has no \(encoder.definition.answer) but \"\(names[only].printable)\""
  }

  /// Scores that move with the probabilities, or that look at more than labels or tags.
  private var isOfProbabilities: Bool {
    Metric(named: metric).map { $0.basis == .probabilities || $0.basis == .wholes } ?? false
  }

  private var isOfSpans: Bool {
    let name = metric.lowercased()
    return ["f1", "precision", "recall"].contains { name.hasSuffix($0) }
  }
}
