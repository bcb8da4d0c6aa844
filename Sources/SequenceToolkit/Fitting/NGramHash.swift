/// The ids of n-grams: sequences of two or more tokens, hashed into a fixed number of buckets (Weinberger et al. 2009).
///
/// Two n-grams may share a bucket. In return there is no list of them to learn or to keep.
struct NGramHash: Sendable {
  /// Tokens of the longest n-gram.
  let longest: Int
  let buckets: Int
  /// The id of the first bucket.
  let first: Int

  /// Adds the n-grams of the tokens from `start` on behind them, the borders of the text among them.
  func append(to ids: inout [Int32], from start: Int = 0) {
    let end = ids.count
    guard start < end else { return }
    for i in start - 1..<end {
      var hash = HashedIDs()
      for j in i..<min(end + 1, i + longest) {
        hash.add(j < start || j == end ? HashedIDs.border : ids[j])
        if j > i { ids.append(Int32(first) + hash.bucket(of: buckets)) }
      }
    }
  }
}
