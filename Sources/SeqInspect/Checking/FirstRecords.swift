/// The records whose text did not occur before, in 5 to 11 bytes each: a hash table of their numbers.
struct FirstRecords {
  /// A record's number plus 1, at the slot of its hash or one of the following slots; 0 means free.
  private var slots = [UInt32](repeating: 0, count: 64)
  private var count = 0

  /// Inserts a record.
  ///
  /// - Parameter hashes: the hashes of the texts of all records so far.
  /// - Returns: false if there is a record with the same hash already.
  mutating func insert(_ record: Int, _ hashes: [UInt64]) -> Bool {
    if 4 * count >= 3 * slots.count { grow(hashes) }
    guard let slot = place(hashes[record], hashes) else { return false }
    slots[slot] = UInt32(record) + 1
    count += 1
    return true
  }

  /// The free slot of a hash; nil if the hash is there already.
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
