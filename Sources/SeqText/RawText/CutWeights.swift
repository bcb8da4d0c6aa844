/// Whole numbers by feature: a hash table with open addressing.
struct CutWeights: Sendable, Equatable {
  /// The features, in the order in which they came.
  private(set) var keys: [UInt32] = []
  /// The number of each.
  var values: [Int32] = []
  /// Places in `keys`, at or after the slot that a key stands for; −1 where there is none.
  private var slots = [Int32](repeating: -1, count: 64)

  /// The place of a feature; nil if it has none.
  func place(of key: UInt32) -> Int? {
    let place = slots[slot(of: key)]
    return place < 0 ? nil : Int(place)
  }

  /// The place of a feature, a new one with the number 0 if it had none.
  mutating func insert(_ key: UInt32) -> Int {
    let slot = slot(of: key)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    slots[slot] = Int32(keys.count)
    keys.append(key)
    values.append(0)
    if 2 * keys.count > slots.count { grow() }
    return keys.count - 1
  }

  /// The sum of the numbers of some features.
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
