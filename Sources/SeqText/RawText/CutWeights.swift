/// Integer weights by feature: a hash table with open addressing.
struct CutWeights: Sendable, Equatable {
  /// The features, in the order of insertion.
  private(set) var keys: [UInt32] = []
  /// The weight of each.
  var values: [Int32] = []
  /// Indices into `keys`, at or after the slot of a key's hash; −1 for a free slot.
  private var slots = [Int32](repeating: -1, count: 64)

  /// The index of a feature; nil if it has none.
  func place(of key: UInt32) -> Int? {
    let place = slots[slot(of: key)]
    return place < 0 ? nil : Int(place)
  }

  /// The index of a feature; a new one gets the weight 0.
  mutating func insert(_ key: UInt32) -> Int {
    let slot = slot(of: key)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    slots[slot] = Int32(keys.count)
    keys.append(key)
    values.append(0)
    if 2 * keys.count > slots.count { grow() }
    return keys.count - 1
  }

  /// The sum of the weights of some features.
  func sum(_ features: [UInt32]) -> Int {
    var sum = 0
    for feature in features { if let place = place(of: feature) { sum += Int(values[place]) } }
    return sum
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: 2 * slots.count)
    for place in keys.indices { slots[slot(of: keys[place])] = Int32(place) }
  }

  private func slot(of key: UInt32) -> Int {
    let mask = slots.count - 1
    var slot = Int(key) & mask
    while slots[slot] >= 0, keys[Int(slots[slot])] != key { slot = (slot + 1) & mask }
    return slot
  }
}
