/// Runs of scalars that are not White_Space, over valid UTF-8.
struct WhitespaceSegmenter {
  let bytes: [UInt8]

  /// Calls `body` with every run, in order.
  func forEachRun(_ body: (Range<Int>) -> Void) {
    var (start, at) = (0, 0)
    while at < bytes.count {
      let (value, end) = bytes.scalar(at: at)
      if isWhiteSpaceScalar(value) {
        if start < at { body(start..<at) }
        start = end
      }
      at = end
    }
    if start < at { body(start..<at) }
  }
}
