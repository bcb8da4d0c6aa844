/// A line as subwords are cut from it, and where its bytes come from.
///
/// Subwords are cut from the normalised line. It is normalised grapheme cluster by cluster, which gives the same bytes as
/// at once, since no composition crosses the border of a cluster; so every border of a cluster has its place in the
/// source. A place inside a cluster that was changed is mapped to as many bytes after its beginning, at most to its end.
struct NormalizedLine {
  /// The normalised UTF-8.
  private(set) var bytes: [UInt8]
  /// For each place in `bytes`, and the end, the place in the source; empty if they are the same.
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

  /// The bytes of the source that a range came from.
  @inline(__always)
  func source(_ range: Range<Int>) -> Range<Int> {
    places.isEmpty ? range : Int(places[range.lowerBound])..<Int(places[range.upperBound])
  }
}
