/// What the rules of grapheme clusters ask about a scalar (UAX #29, table 2). The numbers are those of
/// `scripts/grapheme_break_table.py`.
struct GraphemeBreakEntry: Sendable {
  let byte: UInt8

  /// A value of Grapheme_Cluster_Break.
  enum Class: UInt8 {
    case other, carriageReturn, lineFeed, control, extend, zeroWidthJoiner, regionalIndicator, prepend, spacingMark
    case leading, vowel, trailing, openSyllable, closedSyllable
  }

  /// A value of Indic_Conjunct_Break.
  enum Conjunct: UInt8 { case none, consonant, extend, linker }

  @inline(__always)
  init(_ scalar: UInt32) {
    if 0xAC00...0xD7A3 ~= scalar {
      byte = ((scalar - 0xAC00) % 28 == 0 ? Class.openSyllable : .closedSyllable).rawValue
    } else {
      byte = Self.table[scalar]
    }
  }

  var breakClass: Class { Class(rawValue: byte & 0x0F) ?? .other }
  var isPictographic: Bool { byte & 0x10 != 0 }
  var conjunct: Conjunct { Conjunct(rawValue: byte >> 5 & 3) ?? .none }
  /// Whether there is always a boundary on both sides, except in CR LF.
  var isControl: Bool { 1...3 ~= byte & 0x0F }

  private static let table = ScalarTable(runs: GraphemeBreakTable.runs)
}
