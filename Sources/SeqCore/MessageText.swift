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

extension Double {
  /// The number with 0 to 9 decimals, rounded half away from zero; `nan`, `inf`, and Swift's own form for magnitudes of
  /// 10⁹ and more.
  package func fixed(_ decimals: Int = 4) -> String {
    guard isFinite, magnitude < 1e9 else { return description }
    let scale = (0..<min(max(decimals, 0), 9)).reduce(1) { scale, _ in scale * 10 }
    let scaled = Int((magnitude * Double(scale)).rounded())
    let sign = self < 0 && scaled > 0 ? "-" : ""
    guard scale > 1 else { return sign + String(scaled) }
    // The leading 1 keeps the leading zeros of the decimals.
    return sign + String(scaled / scale) + "." + String(scale + scaled % scale).dropFirst()
  }
}

extension String {
  /// The text with each control character, such as a tab, an escape or a change of writing direction, as `\u{…}`, so
  /// that labels from data can neither break a table nor control the terminal.
  package var printable: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch (scalar.properties.generalCategory, scalar.value) {
      case (.control, _), (.lineSeparator, _), (.paragraphSeparator, _), (_, 0x202A...0x202E), (_, 0x2066...0x2069):
        text += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
