import SeqCore
import SeqData
import SeqText

/// Repairs the characters of lines, and counts its changes.
struct LineRepair {
  private let format: DataFormat
  /// The changes that the format allows.
  private let mending: LineMending
  private(set) var changes: [FindingKind: Int] = [:]

  /// How `--fix` reports each kind of change.
  static let names: [(kind: FindingKind, one: String, many: String)] = [
    (.encoding, "wrong byte read as Windows-1252", "wrong bytes read as Windows-1252"),
    (.byteOrderMark, "byte-order mark removed", "byte-order marks removed"),
    (.lineEnds, "carriage return at a line end removed", "carriage returns at line ends removed"),
    (.control, "control character removed", "control characters removed"),
    (.zeroWidth, "invisible character removed", "invisible characters removed"),
    (.noBreakSpace, "no-break space replaced by a space", "no-break spaces replaced by spaces"),
    (.decomposed, "line composed (NFC)", "lines composed (NFC)"),
  ]

  init(format: DataFormat, reading: ReadingOptions) {
    self.format = format
    mending = LineMending(of: format, reading)
  }

  /// A repaired line with its end.
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
    // A space in a label would end it.
    var (head, replacesSpaces) = (0, true)
    switch mending {
    case .text, .places: break
    case .pieces: replacesSpaces = false
    case .behindLabel: head = FieldPlaces(content, format: format).text.lowerBound
    }
    content =
      mendCharacters(content[..<head], replacesSpaces: false, &changed)
      + mendCharacters(content[head...], replacesSpaces: replacesSpaces, &changed)
    if !isAllowed(before, content) { return before }
    changes = changed
    return content
  }

  /// Whether a line may be changed to another one.
  private func isAllowed(_ before: [UInt8], _ after: [UInt8]) -> Bool {
    switch mending {
    case .text, .behindLabel: true
    case .pieces: Self.pieces(before) == Self.pieces(after)
    case .places(let hasPlaces): Self.length(before) == Self.length(after) || !hasPlaces(before)
    }
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

  /// How many pieces spaces and tabs separate, including an empty piece between two tabs, and how many pieces have
  /// nothing before a slash.
  private static func pieces(_ line: [UInt8]) -> [Int] {
    let pieces = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
    return [pieces.count, line.count { $0 == 0x09 }, pieces.count { $0.first == UInt8(ascii: "/") }]
  }
}
