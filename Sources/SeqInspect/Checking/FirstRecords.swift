/// The records whose text had not come before, in 5 to 11 bytes each: a hash table of their numbers.
struct FirstRecords {
  /// A record's number and 1, at the place that its hash tells or one of those that follow; 0 is free.
  private var slots = [UInt32](repeating: 0, count: 64)
  private var count = 0

  /// Puts a record in.
  ///
  /// - Parameter hashes: those of the texts of all records so far.
  /// - Returns: false if one of the same hash is there already.
  mutating func insert(_ record: Int, _ hashes: [UInt64]) -> Bool {
    if 4 * count >= 3 * slots.count { grow(hashes) }
    guard let slot = place(hashes[record], hashes) else { return false }
    slots[slot] = UInt32(record) + 1
    count += 1
    return true
  }

  /// The free place of a hash; nil if it is there already.
  private func place(_ hash: UInt64, _ hashes: [UInt64]) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if hashes[Int(slots[slot]) - 1] == hash { return nil }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow(_ hashes: [UInt64]) {
    let old = slots
    slots = [UInt32](repeating: 0, count: 2 * old.count)
    for number in old where number != 0 {
      if let slot = place(hashes[Int(number) - 1], hashes) { slots[slot] = number }
    }
  }
}
