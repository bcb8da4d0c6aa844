package import SeqCore

/// Reads some tokens as unknown ones, so that a network learns to do without any single word (Iyyer et al. 2015, "Deep
/// unordered composition rivals syntactic methods for text classification").
package struct WordDropout: Sendable {
  /// Nothing is dropped.
  package static let none = WordDropout(rate: 0, seed: Seed(0))

  /// What stands for tokens that are not known.
  private static let unknown: Int32 = 1

  private let limit: UInt64
  private let seed: UInt64

  /// - Parameters:
  ///   - rate: the probability of a token to be dropped, in [0, 1).
  ///   - seed: of an epoch.
  package init(rate: Double, seed: Seed) {
    limit = UInt64(rate * 0x1p32)
    self.seed = seed.value
  }

  package var isOn: Bool { limit > 0 }

  /// A token, or what it is read as: this depends on the seed and the place alone.
  package func token(_ id: Int32, sequence: Int, step: Int) -> Int32 {
    guard limit > 0, id > Self.unknown else { return id }
    let place = UInt64(truncatingIfNeeded: sequence) << 32 | UInt64(truncatingIfNeeded: step)
    var generator = SplitMix64(seed ^ SplitMix64(place).first)
    return generator.next() >> 32 < limit ? Self.unknown : id
  }
}

extension SplitMix64 {
  fileprivate var first: UInt64 {
    var copy = self
    return copy.next()
  }
}
