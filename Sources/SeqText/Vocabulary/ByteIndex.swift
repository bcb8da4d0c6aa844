/// Distinct strings of bytes, numbered from 0 in the order of their first insertion.
///
/// An open-addressed table. It hashes bytes in place, in a line or in a file, so that looking up a token needs no
/// string. Its order depends only on what is inserted.
package struct ByteIndex: Sendable {
  /// All strings, one after the other, and where each ends.
  private var arena: [UInt8] = []
  private var ends: [Int] = []
  /// The upper half of a hash, and a number plus one in the lower half; 0 means free. At least half of the table is
  /// free.
  private var slots: [UInt64]

  /// - Parameter capacity: how many strings fit before the table grows.
  package init(capacity: Int = 8) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = [UInt64](repeating: 0, count: size)
    ends.reserveCapacity(capacity)
  }

  /// The number of strings.
  package var count: Int { ends.count }

  /// The bytes of the string of a number.
  package subscript(number: Int) -> ArraySlice<UInt8> { arena[range(number)] }

  /// The bytes of the string of a number, counted.
  @inline(__always)
  func length(_ number: Int) -> Int { range(number).count }

  /// The number of a string, if it is in the table.
  @inline(__always)
  package func number(of bytes: ArraySlice<UInt8>) -> Int? {
    let bytes = bytes.span
    let slot = slots[place(of: bytes, hash: Self.hash(bytes))]
    return slot == 0 ? nil : Int(slot & 0xFFFF_FFFF) - 1
  }

  /// Inserts a string, unless it is there, and returns its number.
  @inline(__always)
  package mutating func insert(_ bytes: ArraySlice<UInt8>) -> (number: Int, isNew: Bool) {
    let hash = Self.hash(bytes.span)
    let place = place(of: bytes.span, hash: hash)
    if slots[place] != 0 { return (Int(slots[place] & 0xFFFF_FFFF) - 1, false) }
    arena.append(contentsOf: bytes)
    ends.append(arena.count)
    slots[place] = Self.slot(hash, count)
    if 2 * count > slots.count { grow() }
    return (count - 1, true)
  }

  @inline(__always)
  private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

  /// The slot of a string, or the free slot where it would go.
  @inline(__always)
  private func place(of bytes: Span<UInt8>, hash: UInt64) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 {
      let slot = slots[place]
      if slot >> 32 == hash >> 32, holds(bytes, at: range(Int(slot & 0xFFFF_FFFF) - 1)) { break }
      place = (place + 1) & mask
    }
    return place
  }

  @inline(__always)
  private func holds(_ bytes: Span<UInt8>, at range: Range<Int>) -> Bool {
    guard bytes.count == range.count else { return false }
    let known = arena[range].span
    for i in bytes.indices where bytes[i] != known[i] { return false }
    return true
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: 2 * slots.count)
    for number in 0..<count {
      let hash = Self.hash(arena[range(number)].span)
      var place = Int(truncatingIfNeeded: hash) & (larger.count - 1)
      while larger[place] != 0 { place = (place + 1) & (larger.count - 1) }
      larger[place] = Self.slot(hash, number + 1)
    }
    slots = larger
  }

  private static func slot(_ hash: UInt64, _ number: Int) -> UInt64 { hash & ~0xFFFF_FFFF | UInt64(number) }

  /// Multiplies in eight bytes at a time, the last ones together with the length, and then mixes all bits.
  @inline(__always)
  private static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    let factor: UInt64 = 0x9FB2_1C65_1E98_DF25
    var (hash, word): (UInt64, UInt64) = (0, 0)
    for i in bytes.indices {
      word = word << 8 | UInt64(bytes[i])
      if i & 7 == 7 {
        hash = (hash ^ word) &* factor
        hash ^= hash >> 32
        word = 0
      }
    }
    hash = (hash ^ word ^ UInt64(bytes.count) << 56) &* factor
    hash ^= hash >> 29
    hash = hash &* factor
    return hash ^ hash >> 32
  }
}
