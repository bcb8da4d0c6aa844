/// The number of a feature: a hash of its parts, so that no names are kept.
///
/// With a million features, one in four thousand unseen features collides with a seen one.
struct FeatureKey {
  private var hash: UInt64

  /// - Parameter kind: distinguishes features of different kinds with the same parts.
  init(_ kind: UInt8) { hash = (0xCBF2_9CE4_8422_2325 ^ UInt64(kind)) &* 0x9E37_79B9_7F4A_7C15 }

  /// Adds a byte.
  mutating func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

  /// Adds the bytes of a text.
  mutating func add(_ text: some Sequence<UInt8>) { for byte in text { add(byte) } }

  /// Adds a number.
  mutating func add(number: UInt32) {
    hash = (hash ^ UInt64(number)) &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 29
  }

  /// The upper bits of a final mixing, which depend on all parts.
  var value: UInt32 {
    var z = hash
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return UInt32(truncatingIfNeeded: z >> 32)
  }
}
