import SeqCore
import SeqTags

/// Counts which schemes the tags of sentences are well-formed in, and notes where they first are not.
struct TagCensus {
  private var census = SchemeCensus()
  /// By scheme, where the first sentence is that is ill-formed in it, and why.
  private var firsts: [TagScheme: (place: Place, tags: [String])] = [:]

  mutating func count(_ tags: [String], at place: Place) {
    let fitting = census.add(tags)
    for scheme in TagScheme.allCases where !fitting.contains(SchemeSet(scheme)) && firsts[scheme] == nil {
      firsts[scheme] = (place, tags)
    }
  }

  /// What to tell of sentences that are ill-formed in the scheme that fits best.
  var warning: String? {
    guard let best = census.scheme, case let count = census.misfits(best), count > 0,
      let (place, tags) = firsts[best], let fault = best.fault(in: tags)
    else { return nil }
    let sentences = count == 1 ? "1 sentence has" : "\(count) sentences have"
    return
      "\(place): \(sentences) tags that are ill-formed in \(best.rawValue) (\(fault.message)); they were read as the "
      + "CoNLL evaluation script does"
  }
}
