import SeqCore

/// 64-bit hashes of texts, the same on every machine. Only one in 30 million sets of a million texts has two texts with
/// equal hashes, so equal hashes count as equal texts.
struct TextHash: Hashable {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  init() {}

  init(_ text: String) {
    for byte in text.utf8 { add(byte) }
    finish()
  }

  /// The hash of a sequence, with a separator after each member.
  init(_ texts: [String]) {
    for text in texts {
      for byte in text.utf8 { add(byte) }
      add(0x0A)
    }
    finish()
  }

  /// FNV-1a's step (Fowler, Noll and Vo).
  mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

  /// Mixes all bits, which FNV-1a does not do for the last bytes.
  mutating func finish() {
    var mixer = SplitMix64(value)
    value = mixer.next()
  }
}
