import SeqCore

/// Reads the file form of `EntryFile`, and reports mistakes up to a limit.
struct EntryReader {
  private let specials: [String]
  private let file: String
  private var index = CodePointIndex()
  /// The line of the entry of each number.
  private var lines: [Int] = []
  private var diagnostics: [SeqError.Diagnostic] = []

  /// The entries of a file after the specials, numbered from 0.
  ///
  /// - Throws: with the line of each special that is missing, bad escape, empty line and duplicate, up to a limit.
  static func entries(of text: String, file: String, specials: [String] = []) throws(SeqError) -> CodePointIndex {
    var reader = EntryReader(specials: specials, file: file)
    reader.read(text)
    guard reader.diagnostics.isEmpty else { throw SeqError(.data, reader.diagnostics) }
    return reader.index
  }

  private init(specials: [String], file: String) {
    self.specials = specials
    self.file = file
  }

  private mutating func read(_ text: String) {
    // Line by line, so that a file of empty lines needs no memory for them.
    var rest = text.utf8[...]
    var number = 0
    while !rest.isEmpty || number < specials.count {
      guard diagnostics.count < SeqError.listLimit else { return }
      let line = rest.isEmpty ? nil : withoutCarriageReturn(Self.takeLine(from: &rest))
      number += 1
      if number <= specials.count {
        readSpecial(specials[number - 1], line, number)
      } else if let line {
        readEntry(line, number)
      }
    }
  }

  private static func takeLine(from rest: inout Substring.UTF8View) -> Substring {
    let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    let line = Substring(rest[..<end])
    rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
    return line
  }

  private func withoutCarriageReturn(_ line: Substring) -> Substring {
    line.utf8.last == 0x0D ? Substring(line.utf8.dropLast()) : line
  }

  private mutating func readSpecial(_ special: String, _ line: Substring?, _ number: Int) {
    if let line, line.utf8.elementsEqual(special.utf8) { return }
    let found = line.map { $0.isEmpty ? "an empty line" : "\"\($0)\"" } ?? "the end of the file"
    report("expected \(special), found \(found)", number)
  }

  private mutating func readEntry(_ line: Substring, _ number: Int) {
    guard !line.isEmpty else {
      return report("expected an entry, found an empty line", number, remedy: "an empty entry is written \\u{}")
    }
    if specials.contains(where: { $0.utf8.elementsEqual(line.utf8) }) {
      return report("a second \(line)", number, remedy: "write such a token as \\\(line)")
    }
    guard let entry = unescaped(line, number) else { return }
    let (first, isNew) = index.insert(entry)
    if isNew { return lines.append(number) }
    report("\"\(line)\" is already on line \(lines[first])", number)
  }

  /// The entry of a line; without a backslash, it is the line itself.
  private mutating func unescaped(_ line: Substring, _ number: Int) -> String? {
    guard line.utf8.contains(0x5C) else { return String(line) }
    var parser = EscapeParser(line)
    let entry = parser.entry()
    if entry == nil { report(parser.problem, number, column: parser.column) }
    return entry
  }

  private mutating func report(_ message: String, _ line: Int, column: Int? = nil, remedy: String? = nil) {
    diagnostics.append(SeqError.Diagnostic(message, at: .line(line, column: column, of: file), remedy: remedy))
  }
}

/// Undoes the escapes of one line.
struct EscapeParser {
  private let scalars: [Unicode.Scalar]
  private var at = 0
  /// What is wrong, once `entry()` has returned `nil`, and the column of the backslash.
  private(set) var problem = ""
  private(set) var column = 0

  init(_ line: Substring) { scalars = Array(line.unicodeScalars) }

  /// The entry, or `nil` if an escape is bad.
  mutating func entry() -> String? {
    if scalars.elementsEqual("\\u{}".unicodeScalars) { return "" }
    var result = String.UnicodeScalarView()
    while at < scalars.count {
      guard let scalar = scalars[at] == "\\" ? escape() : scalars[at] else { return nil }
      result.append(scalar)
      at += 1
    }
    return String(result)
  }

  /// The scalar of the escape at the current place, which moves to its last scalar.
  private mutating func escape() -> Unicode.Scalar? {
    column = at + 1
    at += 1
    guard at < scalars.count else { return fail("\\ at the end of the line") }
    switch scalars[at] {
    case "\\": return "\\"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "<" where at == 1: return "<"
    case "<": return fail("\\< after the beginning of the line")
    case "u": return numbered()
    default: return fail("unknown escape \\\(scalars[at])")
    }
  }

  /// The scalar of `u{…}`, with one to six hexadecimal digits.
  private mutating func numbered() -> Unicode.Scalar? {
    let rest = scalars[(at + 1)...]
    guard rest.first == "{", let close = rest.firstIndex(of: "}") else { return fail("\\u without {…}") }
    let digits = rest[(at + 2)..<close]
    let number = String(String.UnicodeScalarView(digits))
    let isNumber = (1...6).contains(digits.count) && digits.allSatisfy { $0.isASCII && $0.properties.isHexDigit }
    guard isNumber, let value = UInt32(number, radix: 16), let scalar = Unicode.Scalar(value) else {
      return fail("\\u{\(number)} is not a Unicode scalar")
    }
    at = close
    return scalar
  }

  private mutating func fail(_ problem: String) -> Unicode.Scalar? {
    self.problem = problem + "; expected one of \\\\ \\n \\r \\t \\u{…}, or \\< at the beginning"
    return nil
  }
}
