/// A byte for every Unicode scalar, made from sorted runs.
///
/// Planes 0 and 1, which hold everything except rare ideographs, are expanded so that a lookup is one load; the rest is
/// searched.
struct ScalarTable: Sendable {
  private static let spreadCount: UInt32 = 0x20000
  private let spread: [UInt8]
  private let runs: [UInt32]

  /// - Parameter runs: `first scalar << 8 | byte`, ascending from scalar 0; a run holds up to the next one's scalar.
  init(runs: [UInt32]) {
    var spread: [UInt8] = []
    spread.reserveCapacity(Int(Self.spreadCount))
    for (run, next) in zip(runs, runs.dropFirst() + [Self.spreadCount << 8]) {
      let end = Int(min(next >> 8, Self.spreadCount))
      guard spread.count < end else { break }
      spread.append(contentsOf: repeatElement(UInt8(truncatingIfNeeded: run), count: end - spread.count))
    }
    self.spread = spread
    self.runs = runs
  }

  /// The byte of a scalar.
  subscript(scalar: UInt32) -> UInt8 {
    scalar < Self.spreadCount ? spread[Int(scalar)] : search(scalar)
  }

  private func search(_ scalar: UInt32) -> UInt8 {
    let after = runs.partitioningIndex { $0 >> 8 > scalar }
    return UInt8(truncatingIfNeeded: runs[after - 1])
  }
}

extension RandomAccessCollection {
  /// The first index whose element `belongs`, in a collection where all elements after it belong as well.
  func partitioningIndex(where belongs: (Element) -> Bool) -> Index {
    var (low, count) = (startIndex, self.count)
    while count > 0 {
      let middle = index(low, offsetBy: count / 2)
      if belongs(self[middle]) {
        count /= 2
      } else {
        low = index(after: middle)
        count -= count / 2 + 1
      }
    }
    return low
  }
}
