import SeqModel

/// For each token, the n-gram that begins with it, hashed into a fixed number of buckets (Weinberger et al. 2009).
struct TokenNGramHash: Sendable {
  private let length: Int
  private let buckets: Int

  init(_ input: InputSettings) { (length, buckets) = (input.length, input.buckets) }

  /// Adds the bucket of each token of a text. What would be behind the last token counts as the text's end.
  func append(of ids: ArraySlice<Int32>, to numbers: inout [Int32]) {
    for i in ids.indices {
      var hash = HashedIDs()
      for j in i..<i + length { hash.add(j < ids.endIndex ? ids[j] : HashedIDs.border) }
      numbers.append(hash.bucket(of: buckets))
    }
  }
}
