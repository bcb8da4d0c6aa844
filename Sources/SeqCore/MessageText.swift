// How what a user wrote stands in messages.

extension String {
  /// At most so many scalars of the text, with `…` after them if it has more.
  package func shortened(to limit: Int) -> String {
    // The length in bytes is known at once, and is never less.
    if utf8.count <= limit { return self }
    let end = unicodeScalars.index(startIndex, offsetBy: limit, limitedBy: endIndex) ?? endIndex
    return end == endIndex ? self : String(self[..<end]) + "…"
  }
}

/// A text as a shell takes it for one word: in quotes where it needs them.
public func shellQuoted(_ word: String) -> String {
  let plain = word.utf8.allSatisfy { byte in
    Character(Unicode.Scalar(byte)).isLetter && byte < 0x80 || (0x30...0x39).contains(byte)
      || "-_./=,:+@%".utf8.contains(byte)
  }
  if plain, !word.isEmpty { return word }
  guard word.contains(where: { "\"$`\\!".contains($0) }) else { return "\"\(word)\"" }
  return "'" + word.replacing("'", with: "'\\''") + "'"
}
