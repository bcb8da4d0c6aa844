extension EncodedDataset {
  /// Cuts a long text into parallel streams, and these into windows: each token is predicted from those before it.
  ///
  /// All streams are equally long, so that every batch has a window of each. Where the text cannot be divided, they
  /// overlap; what two of them have is predicted by the first only. Each stream begins with the start symbol.
  ///
  /// - Parameters:
  ///   - text: the tokens; at least one.
  ///   - streams: at most; no more than there are tokens.
  ///   - window: tokens of a window; the last one may be shorter.
  ///   - context: tokens that a stream reads before its own part, so that it does not begin with nothing.
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
