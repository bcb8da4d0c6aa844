/// The ids of n-grams: sequences of two or more tokens, hashed into a fixed number of buckets (Weinberger et al. 2009).
///
/// Two n-grams may share a bucket. In return there is no list of them to learn or to keep.
package struct NGramHash: Sendable {
  /// Tokens of the longest n-gram.
  package let longest: Int
  package let buckets: Int
  /// The id of the first bucket.
  package let first: Int

  /// What stands before the first token and behind the last one, so that beginnings and endings are n-grams of their own.
  private static let border = Int32.min

  /// Adds the n-grams of the tokens from `start` on behind them, the borders of the text among them.
  package func append(to ids: inout [Int32], from start: Int = 0) {
    let end = ids.count
    guard start < end else { return }
    for i in start - 1..<end {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for j in i..<min(end + 1, i + longest) {
        let symbol = j < start || j == end ? Self.border : ids[j]
        hash = (hash ^ UInt64(UInt32(bitPattern: symbol))) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
        if j > i { ids.append(Int32(first) + bucket(hash)) }
      }
    }
  }

  /// The upper bits, which depend on all tokens, scaled to the number of buckets.
  private func bucket(_ hash: UInt64) -> Int32 {
    Int32((hash &* 0xBF58_476D_1CE4_E5B9).multipliedFullWidth(by: UInt64(buckets)).high)
  }
}
