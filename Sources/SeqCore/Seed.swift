/// A node in a tree of seeds.
///
/// Children have names, so a new consumer of randomness never shifts the numbers that another one draws, and a run can
/// resume at any step from the root seed alone.
public struct Seed: Sendable, Hashable {
  /// The 64 bits from which all its numbers follow.
  public let value: UInt64

  /// The root of a tree.
  public init(_ value: UInt64) { self.value = value }

  /// The child of a name and an index, such as `seed.child("shuffle", epoch)`.
  public func child(_ name: String, _ index: Int = 0) -> Seed {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ value
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Seed(SplitMix64.mix(hash ^ SplitMix64.mix(UInt64(truncatingIfNeeded: index))))
  }

  /// A generator that starts at this seed.
  public var generator: SplitMix64 { SplitMix64(value) }
}

/// A small, fast generator whose numbers depend only on the seed (Steele, Lea and Flood 2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator whose numbers depend only on `seed`.
  public init(_ seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A number in [0, 1) with 53 random bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A normal number with mean 0 and deviation 1: the sum of twelve uniform ones, less 6 (no libm, same bits everywhere).
  public mutating func normal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += uniform() }
    return sum
  }

  /// A number in [0, bound); `bound` > 0. Lemire's multiply-shift, whose bias is below bound / 2⁶⁴.
  public mutating func index(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// The finaliser: a bijection of 64 bits that mixes all of them.
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension MutableCollection where Self: RandomAccessCollection {
  /// Shuffles by Fisher and Yates' method; the order depends only on the seed and the count.
  public mutating func shuffle(seed: Seed) {
    var generator = seed.generator
    for i in stride(from: count - 1, to: 0, by: -1) {
      let j = generator.index(below: i + 1)
      swapAt(index(startIndex, offsetBy: i), index(startIndex, offsetBy: j))
    }
  }
}
