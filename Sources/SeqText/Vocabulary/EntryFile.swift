import SeqCore

/// The file form of vocabularies and label sets: UTF-8, one entry per line, line number − 1 = id.
///
/// An entry is written unchanged, except for these escapes, so that any string survives:
///
/// | written | stands for |
/// |---|---|
/// | `\\` | a backslash |
/// | `\n`, `\r`, `\t` | line feed, carriage return, tab |
/// | `\u{A0}` | the scalar of that hexadecimal number: other controls, byte-order marks, and all white space except a space between other characters |
/// | `\u{}`, alone | the empty string |
/// | `\<`, leading | `<`, in a token that reads like a special entry: `\<pad>` |
///
/// A reader accepts every escape for any scalar, a carriage return before the line feed, and a last line without one.
enum EntryFile {
  /// The content of a file.
  ///
  /// - Parameter specials: the entries of the first lines, which are written unchanged.
  static func text(specials: [String] = [], entries: some Sequence<String>) -> String {
    var result = ""
    for special in specials { result += special + "\n" }
    for entry in entries {
      append(entry, isSpecial: specials.contains { CodePoints($0) == CodePoints(entry) }, to: &result)
    }
    return result
  }

  /// An entry as it is written, without a line end.
  static func escaped(_ entry: String) -> String {
    var result = ""
    append(entry, isSpecial: false, to: &result)
    result.unicodeScalars.removeLast()
    return result
  }

  private static func append(_ entry: String, isSpecial: Bool, to result: inout String) {
    if entry.isEmpty { result += "\\u{}" }
    if isSpecial { result += "\\" }
    let scalars = entry.unicodeScalars
    for index in scalars.indices {
      let isInside = index != scalars.startIndex && scalars.index(after: index) != scalars.endIndex
      append(scalars[index], isInside: isInside, to: &result.unicodeScalars)
    }
    result.unicodeScalars.append("\n")
  }

  private static func append(_ scalar: Unicode.Scalar, isInside: Bool, to result: inout String.UnicodeScalarView) {
    switch scalar {
    case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
    case "\n": result.append(contentsOf: "\\n".unicodeScalars)
    case "\r": result.append(contentsOf: "\\r".unicodeScalars)
    case "\t": result.append(contentsOf: "\\t".unicodeScalars)
    case " " where isInside: result.append(scalar)
    case _ where scalar.isInvisible:
      result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
    default: result.append(scalar)
    }
  }
}

extension Unicode.Scalar {
  /// White space, controls and the byte-order mark, which an editor may change or hide.
  fileprivate var isInvisible: Bool {
    value < 0x20 || 0x7F...0x9F ~= value || value == 0xFEFF || isWhiteSpaceScalar(value)
  }
}

extension ArraySlice<UInt8> {
  /// Whether an entry needs no escape, even for a space.
  var isPlain: Bool {
    var at = startIndex
    while at < endIndex {
      let (value, end) = scalar(at: at)
      if value <= 0x20 || value == 0x5C || value >= 0x7F && Unicode.Scalar(value)?.isInvisible ?? true { return false }
      at = end
    }
    return !isEmpty
  }
}
