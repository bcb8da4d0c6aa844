/// Distinct strings, numbered from 0 in the order of their first insertion, and told apart by code points.
///
/// An open-addressed table of our own: it hashes the bytes as they are, where a `Dictionary` would compare in
/// canonical equivalence and pay for a keyed hash. Its order depends on what is put in alone.
struct CodePointIndex: Sendable {
  /// The strings in the order of their numbers.
  private(set) var texts: [String] = []
  /// The upper half of a hash, and a number plus one in the lower half; 0 is free. At least half of it is free.
  private var slots: [UInt64]

  /// - Parameter capacity: how many strings fit before the table grows.
  init(capacity: Int = 8) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = [UInt64](repeating: 0, count: size)
    texts.reserveCapacity(capacity)
  }

  /// The number of a string, if it is in the table.
  func number(of text: String) -> Int? {
    let slot = slots[place(of: text, hash: Self.hash(text))]
    return slot == 0 ? nil : Int(slot & 0xFFFF_FFFF) - 1
  }

  /// Puts a string in, unless it is there, and returns its number.
  @discardableResult
  mutating func insert(_ text: String) -> (number: Int, isNew: Bool) {
    let hash = Self.hash(text)
    let place = place(of: text, hash: hash)
    if slots[place] != 0 { return (Int(slots[place] & 0xFFFF_FFFF) - 1, false) }
    texts.append(text)
    slots[place] = Self.slot(hash, texts.count)
    if 2 * texts.count > slots.count { grow() }
    return (texts.count - 1, true)
  }

  /// The place of a string in `slots`, or the free one where it would go.
  @inline(__always)
  private func place(of text: String, hash: UInt64) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 {
      let slot = slots[place]
      if slot >> 32 == hash >> 32, CodePoints(texts[Int(slot & 0xFFFF_FFFF) - 1]) == CodePoints(text) { break }
      place = (place + 1) & mask
    }
    return place
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: 2 * slots.count)
    for (number, text) in texts.enumerated() {
      let hash = Self.hash(text)
      var place = Int(truncatingIfNeeded: hash) & (larger.count - 1)
      while larger[place] != 0 { place = (place + 1) & (larger.count - 1) }
      larger[place] = Self.slot(hash, number + 1)
    }
    slots = larger
  }

  private static func slot(_ hash: UInt64, _ number: Int) -> UInt64 { hash & ~0xFFFF_FFFF | UInt64(number) }

  /// Eight bytes at a time are multiplied in, the last ones with the length; then all bits are mixed.
  @inline(__always)
  private static func hash(_ text: String) -> UInt64 {
    let factor: UInt64 = 0x9FB2_1C65_1E98_DF25
    var (hash, word): (UInt64, UInt64) = (0, 0)
    var count: UInt64 = 0
    for byte in text.utf8 {
      word = word << 8 | UInt64(byte)
      count += 1
      if count % 8 == 0 {
        hash = (hash ^ word) &* factor
        hash ^= hash >> 32
        word = 0
      }
    }
    hash = (hash ^ word ^ count << 56) &* factor
    hash ^= hash >> 29
    hash = hash &* factor
    return hash ^ hash >> 32
  }
}
