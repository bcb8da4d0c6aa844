import SeqCore
import SeqData
import SeqRecords
import SeqText

/// Scans the bytes of one file for characters that are wrong or invisible.
struct CharacterScan {
  let file: String
  let part: Int
  let options: ReadingOptions

  /// The remedy for wrong characters: `--fix` does not change files in other encodings.
  private var fix: String? { options.encoding == .utf8 ? "try --fix" : nil }

  private struct Place {
    let line: Int
    let column: Int
  }

  func run(_ findings: inout FindingList) throws(SeqError) {
    // The readers add their notes when they read the records.
    findings = try ReadingNotes.withoutNotes { () throws(SeqError) in
      var findings = findings
      try scan(&findings)
      return findings
    }
  }

  private func scan(_ findings: inout FindingList) throws(SeqError) {
    if options.encoding != .utf8 { return try runDecoded(&findings) }
    var lines = try RawLines(file, options: options)
    var ends = LineEndCount(options)
    while try lines.next() {
      // The reader refuses UTF-16 as a whole; here, every other byte would be a finding.
      if lines.number == 1, lines.line.starts(with: [0xFF, 0xFE]) || lines.line.starts(with: [0xFE, 0xFF]) { return }
      ends.count(lines.line[..<lines.contentEnd], lines.number, hasReturn: lines.line.hasReturn)
      if !Self.isPlain(lines.line.span, end: lines.contentEnd) { check(lines, &findings) }
    }
    report(ends, &findings)
  }

  /// Scans the decoded characters of a file in another encoding.
  private func runDecoded(_ findings: inout FindingList) throws(SeqError) {
    var lines = try LineReader(file, options: options)
    var ends = LineEndCount(options)
    while try lines.next() {
      ends.count(lines.line[...], lines.number, hasReturn: lines.hasReturn)
      if Self.isPlain(lines.line.span, end: lines.line.count) { continue }
      checkScalars(String(decoding: lines.line, as: UTF8.self), lines.number, &findings)
    }
    report(ends, &findings)
  }

  /// A file in which every line ends with a carriage return comes from Windows; a file with mixed line ends was merged
  /// or edited by hand.
  private func report(_ ends: LineEndCount, _ findings: inout FindingList) {
    guard ends.returns > 0, ends.returns < ends.lines else { return }
    add(.lineEnds, Place(line: ends.firstReturn, column: 1), &findings, fix) {
      "\(ends.returns) of \(ends.lines) lines end with a carriage return, the others do not"
    }
  }

  /// Whether all bytes of a line are printable ASCII or tabs.
  private static func isPlain(_ bytes: Span<UInt8>, end: Int) -> Bool {
    var isPlain = true
    for i in 0..<end {
      let byte = bytes[i]
      isPlain = isPlain && (byte &- 0x20 < 0x5F || byte == 0x09)
    }
    return isPlain
  }

  private func check(_ lines: RawLines, _ findings: inout FindingList) {
    var line = Array(lines.line[..<lines.contentEnd])
    if lines.number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) {
      add(.byteOrderMark, Place(line: 1, column: 1), &findings, "try --fix") {
        "a byte-order mark; seqtool skips it, but other tools may read it as text"
      }
      line.removeFirst(3)
    }
    checkEncoding(line, lines.number, &findings)
    checkScalars(String(decoding: mendedUTF8(line), as: UTF8.self), lines.number, &findings)
  }

  /// Reports each byte that does not belong to well-formed UTF-8.
  private func checkEncoding(_ line: [UInt8], _ number: Int, _ findings: inout FindingList) {
    let likely = TextEncoding.likely(ofInvalidBytesIn: line)
    var start = 0
    var column = 1
    while let offset = firstInvalidByte(in: line, from: start) {
      column += line[start..<offset].count { $0 & 0xC0 != 0x80 }
      let byte = line[offset]
      add(
        .encoding, Place(line: number, column: column), &findings,
        byte == 0 ? "try --fix, which removes it" : "try \(options.naming.encoding(likely)), or --fix"
      ) {
        byte == 0
          ? "a NUL byte"
          : "byte 0x\(String(byte, radix: 16, uppercase: true)) is not UTF-8; in \(likely.name) it is "
            + "\"\(windows1252Character(byte))\""
      }
      column += 1
      start = offset + 1
    }
  }

  private func checkScalars(_ text: String, _ number: Int, _ findings: inout FindingList) {
    var column = 0
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      column += 1
      defer { previous = scalar }
      if scalar.value &- 0x20 < 0x5F || scalar.value == 0x09 { continue }
      let place = Place(line: number, column: column)
      if OddCharacter.isMojibake(previous, scalar) {
        add(.mojibake, Place(line: number, column: column - 1), &findings, nil) {
          "U+\(previous.hexadecimal) U+\(scalar.hexadecimal) look like UTF-8 that was read as Latin-1"
        }
      } else if let kind = OddCharacter.kind(of: scalar) {
        let isOtherEncoding = options.encoding == .latin1 && (0x80...0x9F).contains(scalar.value)
        let remedy = isOtherEncoding ? "try \(options.naming.encoding(.windows1252))" : fix
        add(kind, place, &findings, kind == .replacement ? nil : remedy) {
          "\(OddCharacter.name(of: kind)), U+\(scalar.hexadecimal)"
        }
      }
    }
    if !text.isComposed {
      let before = zip(text.unicodeScalars, text.composed().unicodeScalars).prefix { $0 == $1 }.count
      add(.decomposed, Place(line: number, column: before + 1), &findings, fix) {
        "not in composed form (NFC): the same letter is written in more than one way"
      }
    }
  }

  private func add(
    _ kind: FindingKind, _ place: Place, _ findings: inout FindingList, _ remedy: String?, _ message: () -> String
  ) {
    findings.add(kind) {
      FindingList.Draft(
        kind: kind, part: part, file: file, line: place.line, column: place.column, message: message(), remedy: remedy)
    }
  }
}

extension [UInt8] {
  /// Whether a line ends with a carriage return and a line feed.
  fileprivate var hasReturn: Bool { count > 1 && self[count - 1] == 0x0A && self[count - 2] == 0x0D }
}
