/// Extended grapheme clusters, as Swift's `Character` cuts them, over valid UTF-8.
///
/// Two ASCII bytes never share a cluster, but for CR LF, so a run of ASCII needs no lookup.
struct ClusterSegmenter {
  let bytes: [UInt8]

  /// Calls `body` with every cluster, in order.
  func forEachCluster(_ body: (Range<Int>) -> Void) {
    let isASCII = bytes.isASCII
    let text = isASCII ? "" : String(decoding: bytes, as: UTF8.self)
    var start = 0
    while start < bytes.count {
      let end = isASCII || isAlone(start) ? endOfASCII(start) : endOfCluster(start, text)
      body(start..<end)
      start = end
    }
  }

  /// Whether the scalar at a boundary is ASCII and so is what follows.
  private func isAlone(_ start: Int) -> Bool {
    bytes[start] < 0x80 && (start + 1 == bytes.count || bytes[start + 1] < 0x80)
  }

  private func endOfASCII(_ start: Int) -> Int {
    let isPair = bytes[start] == 0x0D && start + 1 < bytes.count && bytes[start + 1] == 0x0A
    return isPair ? start + 2 : start + 1
  }

  private func endOfCluster(_ start: Int, _ text: String) -> Int {
    let from = text.utf8.index(text.utf8.startIndex, offsetBy: start)
    return start + text.utf8.distance(from: from, to: text.index(after: from))
  }
}

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
