import SeqCore
import SeqMetrics

/// Counts which schemes the tags of sentences are well-formed in.
struct TagCensus {
  /// For each scheme, how many sentences are not, and where the first of them is.
  private var misfits = [(count: Int, first: Place?)](repeating: (0, nil), count: TagScheme.allCases.count)
  private var marks = false

  mutating func count(_ tags: [String], at place: Place) {
    let spans = markedSpans(of: tags)
    if spans.isEmpty { return }
    marks = true
    for (i, scheme) in TagScheme.allCases.enumerated() where scheme.tags(of: spans, count: tags.count) != tags {
      if misfits[i].count == 0 { misfits[i].first = place }
      misfits[i].count += 1
    }
  }

  /// What to tell of sentences that are ill-formed in the scheme that fits best.
  var warning: String? {
    guard marks, let best = misfits.indices.min(by: { misfits[$0].count < misfits[$1].count }) else { return nil }
    guard misfits[best].count > 0, let place = misfits[best].first else { return nil }
    let count = misfits[best].count == 1 ? "1 sentence has" : "\(misfits[best].count) sentences have"
    return "\(place): \(count) tags that are ill-formed in \(TagScheme.allCases[best].rawValue); "
      + "they were read as the CoNLL evaluation script does"
  }
}
