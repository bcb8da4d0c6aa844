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
