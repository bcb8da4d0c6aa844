extension EncodedDataset {
  /// Splits a long text into parallel streams, and these into windows; each token is predicted from those before it.
  ///
  /// All streams have the same length, so that every batch has a window of each. If the text cannot be divided evenly,
  /// they overlap, and only the first of two streams predicts the shared tokens. Each stream begins with the start
  /// symbol.
  ///
  /// - Parameters:
  ///   - text: the tokens; at least one.
  ///   - streams: the most streams; there are no more than tokens.
  ///   - window: the tokens of a window; the last window may be shorter.
  ///   - context: how many tokens a stream reads before its own part, so that it does not start without context.
  package init(stream text: [Int32], startSymbol: Int32, streams: Int, window: Int, context: Int = 0) {
    precondition(!text.isEmpty && streams > 0 && window > 0 && context >= 0, "nothing to cut")
    self.init(isTagged: true)
    let count = min(streams, text.count)
    let length = count == 1 ? text.count : min(text.count, (text.count + (context + 1) * (count - 1)) / count)
    let starts = (0..<count).map { count == 1 ? 0 : $0 * (text.count - length) / (count - 1) }
    self.streams = count
    for first in stride(from: 0, to: length, by: window) {
      for (s, start) in starts.enumerated() {
        let own = s == 0 ? 0 : starts[s - 1] + length
        let places = start + first..<start + min(length, first + window)
        append(
          ids: places.map { $0 == start ? startSymbol : text[$0 - 1] },
          labels: places.map { $0 < own ? -1 : text[$0] })
      }
    }
  }
}
