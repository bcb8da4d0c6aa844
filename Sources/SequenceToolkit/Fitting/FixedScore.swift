import SeqData
import SeqMetrics

/// Dev data on which a score cannot tell one epoch from another, whatever the model learns.
struct FixedScore {
  let encoder: Encoder
  let metric: String

  /// Why the score cannot move as it should; nil if it can, or if no other score could do better.
  func reason(on dev: ScoredPart) -> String? {
    guard case .labelled(let evaluator) = dev, encoder.task != .generation, !isOfProbabilities else { return nil }
    let (data, names) = (evaluator.data, encoder.labels.labels)
    let used = Set((0..<data.count).flatMap { i in (0..<data.labelCount(i)).map { Int(data.label(i, $0)) } })
    // The loss is of labels that the model knows.
    guard used.contains(where: names.indices.contains) else { return nil }
    if encoder.tagScheme != nil, isOfSpans {
      let all = names + evaluator.unseenLabels
      return used.contains { !markedSpans(of: [all[$0]]).isEmpty } ? nil : "has no spans"
    }
    guard used.count == 1, let only = used.first else { return nil }
    return "has no \(encoder.task == .tagging ? "tag" : "label") but \"\(names[only].printable)\""
  }

  /// Scores that move with the probabilities, or that look at more than labels or tags.
  private var isOfProbabilities: Bool {
    MetricName.higherIsBetter(metric) == false || ["labelAccuracy", "jointAccuracy"].contains(metric)
  }

  private var isOfSpans: Bool {
    let name = metric.lowercased()
    return ["f1", "precision", "recall"].contains { name.hasSuffix($0) }
  }
}
