package import SeqCore

/// Words of the training data that are replaced by the unknown one at random, so that it learns what to do for words to
/// come (Lample et al. 2016: those that occur once, half of the time).
package struct TokenNoise: Sendable {
  /// The ids that are replaced.
  private let ids: Range<Int32>
  private let unknown: Int32
  private let rate: Double
  private var seed = Seed(0)

  /// - Parameter rate: the probability of a replacement, in [0, 1].
  package init(replacing ids: Range<Int32>, by unknown: Int32, rate: Double) {
    (self.ids, self.unknown, self.rate) = (ids, unknown, rate)
  }

  /// The noise of an epoch, from a seed of it.
  package func seeded(_ seed: Seed) -> TokenNoise {
    var noise = self
    noise.seed = seed
    return noise
  }

  /// What stands for a token, given its place in the data.
  package func replacement(of id: Int32, at place: Int) -> Int32 {
    guard ids.contains(id) else { return id }
    var generator = seed.child("token", place).generator
    return generator.uniform() < rate ? unknown : id
  }
}
