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
