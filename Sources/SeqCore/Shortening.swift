extension String {
  /// At most so many scalars of the text, with `…` after them if it has more.
  package func shortened(to limit: Int) -> String {
    // The length in bytes is known at once, and is never less.
    if utf8.count <= limit { return self }
    let end = unicodeScalars.index(startIndex, offsetBy: limit, limitedBy: endIndex) ?? endIndex
    return end == endIndex ? self : String(self[..<end]) + "…"
  }
}
