/// Numbers by pairs of numbers, in an open-addressed table whose order depends only on what is inserted.
struct PairTable: Sendable {
  /// The pairs plus one, so that 0 means free. At least half of the table is free.
  private var keys: [UInt64]
  private var values: [Int32]
  private(set) var count = 0

  init(capacity: Int = 8) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    keys = [UInt64](repeating: 0, count: size)
    values = [Int32](repeating: 0, count: size)
  }

  /// A pair as one number, which sorts as the pair does.
  @inline(__always)
  static func key(_ first: Int32, _ second: Int32) -> UInt64 { UInt64(UInt32(first)) << 32 | UInt64(UInt32(second)) }

  /// The number of a pair.
  subscript(key: UInt64) -> Int32? {
    @inline(__always) get {
      let place = place(key)
      return keys[place] == 0 ? nil : values[place]
    }
    set {
      let place = place(key)
      guard let newValue else { preconditionFailure("a pair cannot be taken out") }
      values[place] = newValue
      if keys[place] == key + 1 { return }
      keys[place] = key + 1
      count += 1
      if 2 * count > keys.count { grow() }
    }
  }

  @inline(__always)
  private func place(_ key: UInt64) -> Int {
    let hash = key &* 0x9E37_79B9_7F4A_7C15
    var place = Int(truncatingIfNeeded: hash ^ hash >> 32) & (keys.count - 1)
    while keys[place] != 0, keys[place] != key + 1 { place = (place + 1) & (keys.count - 1) }
    return place
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = [UInt64](repeating: 0, count: 2 * oldKeys.count)
    values = [Int32](repeating: 0, count: 2 * oldKeys.count)
    for (key, value) in zip(oldKeys, oldValues) where key != 0 {
      let place = place(key - 1)
      (keys[place], values[place]) = (key, value)
    }
  }
}
