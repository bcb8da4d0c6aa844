/// A hash of a sequence of ids.
struct HashedIDs {
  /// What stands before the first token of a text and behind the last one.
  static let border = Int32.min

  private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ id: Int32) {
    hash = (hash ^ UInt64(UInt32(bitPattern: id))) &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 29
  }

  /// The upper bits, which depend on all ids, scaled to the number of buckets.
  func bucket(of buckets: Int) -> Int32 {
    Int32((hash &* 0xBF58_476D_1CE4_E5B9).multipliedFullWidth(by: UInt64(buckets)).high)
  }
}
