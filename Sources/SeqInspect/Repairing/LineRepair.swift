import SeqData
import SeqText

/// Mends the characters of lines, and counts what it changed.
struct LineRepair {
  private let format: DataFormat
  /// Whether blanks or tabs separate tokens or columns, so that none may vanish and no further one may come.
  private let keepsPieces: Bool
  /// What a line holds that has positions in its text, which must stay right: the key of JSON's spans.
  private let positions: [UInt8]
  private(set) var changes: [FindingKind: Int] = [:]

  /// What `--fix` says of each kind of change.
  static let names: [(kind: FindingKind, one: String, many: String)] = [
    (.encoding, "wrong byte taken for Windows-1252", "wrong bytes taken for Windows-1252"),
    (.byteOrderMark, "byte-order mark taken out", "byte-order marks taken out"),
    (.lineEnds, "carriage return at a line end taken out", "carriage returns at line ends taken out"),
    (.control, "control character taken out", "control characters taken out"),
    (.zeroWidth, "invisible character taken out", "invisible characters taken out"),
    (.noBreakSpace, "no-break space made a blank", "no-break spaces made blanks"),
    (.decomposed, "line composed (NFC)", "lines composed (NFC)"),
  ]

  init(format: DataFormat, reading: ReadingOptions) {
    self.format = format
    keepsPieces = [.columns, .conllu, .parallel, .inline].contains(format)
    var key = "spans"
    if case .name(let given) = reading.columns.spans { key = given }
    positions = format == .jsonl ? Array("\"\(key)\"".utf8) : []
  }

  /// A line with its end, mended.
  mutating func mend(_ line: ArraySlice<UInt8>, isFirst: Bool) -> [UInt8] {
    var changed = changes
    var content = Array(line)
    if isFirst, content.starts(with: [0xEF, 0xBB, 0xBF]) {
      content.removeFirst(3)
      changed[.byteOrderMark, default: 0] += 1
    }
    if content.suffix(2) == [0x0D, 0x0A] {
      content.removeLast(2)
      content.append(0x0A)
      changed[.lineEnds, default: 0] += 1
    }
    if content.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x09 || $0 == 0x0A }) {
      changes = changed
      return content
    }
    content = mendEncoding(content, &changed)
    let before = content
    // A blank in a label would end it.
    let head = format == .labelled || format == .fasttext ? FieldPlaces(content, format: format).text.lowerBound : 0
    content =
      mendCharacters(content[..<head], replacesSpaces: false, &changed)
      + mendCharacters(content[head...], replacesSpaces: !keepsPieces, &changed)
    if keepsPieces, Self.pieces(before) != Self.pieces(content) { return before }
    if Self.length(before) != Self.length(content), before.holds(positions) { return before }
    changes = changed
    return content
  }

  private func mendEncoding(_ line: [UInt8], _ changed: inout [FindingKind: Int]) -> [UInt8] {
    var start = 0
    while let offset = firstInvalidByte(in: line, from: start) {
      changed[.encoding, default: 0] += 1
      start = offset + 1
    }
    return start == 0 ? line : mendedUTF8(line)
  }

  private func mendCharacters(
    _ line: ArraySlice<UInt8>, replacesSpaces: Bool, _ changed: inout [FindingKind: Int]
  ) -> [UInt8] {
    var scalars = String.UnicodeScalarView()
    for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
      let kind = scalar == "\n" ? nil : OddCharacter.kind(of: scalar)
      switch kind {
      case .control where scalar.value == 0x2028 || scalar.value == 0x2029: scalars.append(" ")
      case .control, .zeroWidth: break
      case .noBreakSpace where replacesSpaces: scalars.append(" ")
      default:
        scalars.append(scalar)
        continue
      }
      if let kind { changed[kind, default: 0] += 1 }
    }
    let text = String(scalars)
    if text.isComposed { return Array(text.utf8) }
    changed[.decomposed, default: 0] += 1
    return Array(text.composed().utf8)
  }

  /// How many scalars the text of a line has.
  private static func length(_ line: [UInt8]) -> Int { line.count { $0 & 0xC0 != 0x80 } }

  /// How many pieces stand between blanks and tabs, an empty one between two tabs too, and how many of them lack what
  /// stands before a slash.
  private static func pieces(_ line: [UInt8]) -> [Int] {
    let pieces = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
    return [pieces.count, line.count { $0 == 0x09 }, pieces.count { $0.first == UInt8(ascii: "/") }]
  }
}

extension [UInt8] {
  /// Whether some bytes stand in these; no bytes stand nowhere.
  fileprivate func holds(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first else { return false }
    return indices.contains { self[$0] == first && self[$0...].starts(with: bytes) }
  }
}
