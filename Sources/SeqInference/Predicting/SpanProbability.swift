import SeqLayers
import SeqTags

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The probability that a lattice gives to a span: that of all tag sequences in which it begins and ends there and has
/// this type, however they tag it, in the sense of the CoNLL evaluation script.
struct SpanProbability {
  private let lattice: ChainLattice
  private let borders: SpanBorders

  init(_ lattice: ChainLattice, _ borders: SpanBorders) { (self.lattice, self.borders) = (lattice, borders) }

  /// - Parameter tag: one of the tags that the span may begin with; it tells the type.
  func callAsFunction(_ tokens: Range<Int>, typeOf tag: Int) -> Double {
    let tags = (0..<lattice.tagCount).filter { borders.areOfOneType($0, tag) }
    var reached = tags.map { beginning(tokens.lowerBound, $0) }
    for t in tokens.dropFirst() {
      reached = tags.map { next in
        zip(tags, reached).reduce(0) { sum, from in
          borders.continues(next, after: from.0) ? sum + from.1 * step(t, from.0, next) : sum
        }
      }
    }
    guard tokens.upperBound < lattice.count else { return min(1, reached.reduce(0, +)) }
    let ended = zip(tags, reached).reduce(0.0) { sum, from in
      let goesOn = tags.reduce(0.0) {
        borders.continues($1, after: from.0) ? $0 + step(tokens.upperBound, from.0, $1) : $0
      }
      return sum + from.1 * max(0, 1 - goesOn)
    }
    return min(1, ended)
  }

  /// The probability that a span begins at a token with a tag.
  private func beginning(_ t: Int, _ tag: Int) -> Double {
    if t == 0 { return borders.starts(tag, after: nil) ? exp(lattice.logStart(tag)) : 0 }
    return (0..<lattice.tagCount).reduce(0) { sum, previous in
      borders.starts(tag, after: previous)
        ? sum + lattice.marginal(t - 1, previous) * step(t, previous, tag) : sum
    }
  }

  private func step(_ t: Int, _ previous: Int, _ tag: Int) -> Double {
    exp(lattice.logStep(t, from: previous, to: tag))
  }
}
