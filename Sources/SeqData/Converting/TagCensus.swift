import SeqCore
import SeqTags

/// Counts in which schemes the tags of sentences are well-formed, and records where they first are not.
struct TagCensus {
  private var census = SchemeCensus()
  /// For each scheme, where the first ill-formed sentence is, and why it is ill-formed.
  private var firsts: [TagScheme: (place: Place, tags: [String])] = [:]

  mutating func count(_ tags: [String], at place: Place) {
    let fitting = census.add(tags)
    for scheme in TagScheme.allCases where !fitting.contains(SchemeSet(scheme)) && firsts[scheme] == nil {
      firsts[scheme] = (place, tags)
    }
  }

  /// The warning about sentences that are ill-formed in the scheme that fits best.
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
