// How messages quote what a user wrote.

extension String {
  /// The text cut to at most `limit` scalars, with `…` after them if it is longer.
  package func shortened(to limit: Int) -> String {
    // The length in bytes costs nothing, and is never less than that in scalars.
    if utf8.count <= limit { return self }
    let end = unicodeScalars.index(startIndex, offsetBy: limit, limitedBy: endIndex) ?? endIndex
    return end == endIndex ? self : String(self[..<end]) + "…"
  }
}

/// A text that a shell reads as one word, in quotes if it needs them.
public func shellQuoted(_ word: String) -> String {
  let plain = word.utf8.allSatisfy { byte in
    Character(Unicode.Scalar(byte)).isLetter && byte < 0x80 || (0x30...0x39).contains(byte)
      || "-_./=,:+@%".utf8.contains(byte)
  }
  if plain, !word.isEmpty { return word }
  guard word.contains(where: { "\"$`\\!".contains($0) }) else { return "\"\(word)\"" }
  return "'" + word.replacing("'", with: "'\\''") + "'"
}
