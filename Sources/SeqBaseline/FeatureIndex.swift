/// Numbers features from 0 in the order of insertion: a hash table with open addressing.
struct FeatureIndex: Sendable {
  /// The features by their numbers.
  private(set) var keys: [UInt32] = []
  /// Numbers, at or after the slot of a key; −1 for a free slot.
  private var slots: [Int32]

  /// - Parameter keys: distinct features, in the order of their numbers.
  init(_ keys: [UInt32] = []) {
    // A power of two, at least twice the number of keys, as `insert` would make it.
    var size = 64
    while size < 2 * keys.count { size *= 2 }
    slots = Array(repeating: -1, count: size)
    self.keys = keys
    for number in keys.indices { slots[slot(of: keys[number])] = Int32(number) }
  }

  var count: Int { keys.count }

  /// The number of a feature; nil if it has none.
  func number(of key: UInt32) -> Int32? {
    let number = slots[slot(of: key)]
    return number < 0 ? nil : number
  }

  /// The number of a feature; a new one gets the next number.
  mutating func insert(_ key: UInt32) -> Int32 {
    let place = slot(of: key)
    if slots[place] >= 0 { return slots[place] }
    let number = Int32(keys.count)
    keys.append(key)
    slots[place] = number
    if 2 * keys.count > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: 2 * slots.count)
    for number in keys.indices { slots[slot(of: keys[number])] = Int32(number) }
  }

  /// The slot where the key is or would be. Keys are hashes, whose lower bits are as good as any.
  private func slot(of key: UInt32) -> Int {
    let mask = slots.count - 1
    var slot = Int(key) & mask
    while slots[slot] >= 0, keys[Int(slots[slot])] != key { slot = (slot + 1) & mask }
    return slot
  }
}
