/// The distinct numbers of a list, in the order of their first places, and which of them stands at each place.
///
/// A small hash table with room for twice the list: its size does not depend on how great the numbers are. It keeps its
/// memory from list to list.
package struct DistinctIDs: Sendable {
  package private(set) var ids: [Int32] = []
  /// For each place of the list, the index in `ids` of what stands there.
  package private(set) var index: [Int32] = []
  /// Indices in `ids`, at or after the place that an id hashes to; −1 where there is none.
  private var slots: [Int32] = []

  package init() {}

  package mutating func removeAll() {
    for i in slots.indices { slots[i] = -1 }
    ids.removeAll(keepingCapacity: true)
    index.removeAll(keepingCapacity: true)
  }

  /// Adds the next number of the list. - Precondition: `reserve` has made room for it.
  package mutating func append(_ id: Int32) {
    let slot = slot(of: id)
    if slots[slot] < 0 {
      slots[slot] = Int32(ids.count)
      ids.append(id)
    }
    index.append(slots[slot])
  }

  /// Makes room for a list of so many numbers. - Precondition: there is none yet.
  package mutating func reserve(_ count: Int) {
    precondition(ids.isEmpty, "room must be made before the first number")
    ids.reserveCapacity(count)
    index.reserveCapacity(count)
    guard slots.count < 2 * count else { return }
    var size = 64
    while size < 2 * count { size *= 2 }
    slots = Array(repeating: -1, count: size)
  }

  /// Whether a number is in the list.
  package func contains(_ id: Int32) -> Bool { !slots.isEmpty && slots[slot(of: id)] >= 0 }

  /// Where the number is or would be. Multiplication by a fraction of 2³² near the golden ratio spreads neighbours.
  private func slot(of id: Int32) -> Int {
    let mask = slots.count - 1
    var slot = Int((UInt32(bitPattern: id) &* 0x9E37_79B9) >> 7) & mask
    while slots[slot] >= 0, ids[Int(slots[slot])] != id { slot = (slot + 1) & mask }
    return slot
  }
}
