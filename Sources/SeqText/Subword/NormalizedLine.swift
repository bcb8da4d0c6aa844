/// A normalised line, from which subwords are cut, and where its bytes come from.
///
/// The line is normalised one grapheme cluster at a time. This gives the same bytes as normalising it at once, because
/// no composition crosses the border of a cluster, and every border of a cluster has its place in the source. A
/// position inside a changed cluster is mapped to the same number of bytes after the cluster's beginning, at most to
/// its end.
struct NormalizedLine {
  /// The normalised UTF-8.
  private(set) var bytes: [UInt8]
  /// For each index of `bytes`, and the end, the index in the source; empty if they are the same.
  private var places: [Int32] = []

  init(_ source: [UInt8], _ settings: TokenizerSettings) {
    let normalizer = TokenNormalizer(settings, source)
    bytes = normalizer.bytes
    guard !normalizer.isByteWise else { return }
    bytes.removeAll(keepingCapacity: true)
    ClusterSegmenter(bytes: source).forEachCluster { cluster in
      normalizer.visit(cluster) { text in
        for i in 0..<text.count { places.append(Int32(cluster.lowerBound + min(i, cluster.count))) }
        bytes.append(contentsOf: text)
      }
    }
    places.append(Int32(source.count))
  }

  /// The range of the source that a range came from.
  @inline(__always)
  func source(_ range: Range<Int>) -> Range<Int> {
    places.isEmpty ? range : Int(places[range.lowerBound])..<Int(places[range.upperBound])
  }
}
