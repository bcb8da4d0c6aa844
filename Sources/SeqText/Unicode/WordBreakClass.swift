/// A value of the property Word_Break (UAX #29, table 3). The numbers are those of `scripts/word_break_table.py`.
struct WordBreakClass: Equatable, Sendable {
  let rawValue: UInt8

  static let other = Self(rawValue: 0)
  static let carriageReturn = Self(rawValue: 1)
  static let lineFeed = Self(rawValue: 2)
  static let newline = Self(rawValue: 3)
  static let extend = Self(rawValue: 4)
  static let zeroWidthJoiner = Self(rawValue: 5)
  static let format = Self(rawValue: 6)
  static let regionalIndicator = Self(rawValue: 7)
  static let aLetter = Self(rawValue: 8)
  static let hebrewLetter = Self(rawValue: 9)
  static let numeric = Self(rawValue: 10)
  static let katakana = Self(rawValue: 11)
  static let extendNumLet = Self(rawValue: 12)
  static let midLetter = Self(rawValue: 13)
  static let midNum = Self(rawValue: 14)
  static let midNumLet = Self(rawValue: 15)
  static let singleQuote = Self(rawValue: 16)
  static let doubleQuote = Self(rawValue: 17)
  static let whiteSpaceSegment = Self(rawValue: 18)

  /// The rules' AHLetter.
  var isLetter: Bool { self == .aLetter || self == .hebrewLetter }
  /// The rules' MidNumLetQ.
  var isMidNumLetQ: Bool { self == .midNumLet || self == .singleQuote }
  /// A carriage return, a line feed or another line end: there is a boundary before and after it.
  var isLineEnd: Bool { rawValue >= 1 && rawValue <= 3 }
  /// Scalars that WB4 attaches to the one before.
  var isTransparent: Bool { rawValue >= 4 && rawValue <= 6 }
  /// Letters, digits and connectors, any of which joins any other (WB5, WB8–WB10, WB13a, WB13b).
  var isWordCore: Bool { self == .aLetter || self == .hebrewLetter || self == .numeric || self == .extendNumLet }
}

/// What the word rules ask about a scalar.
struct WordBreakEntry: Sendable {
  let byte: UInt8

  var wordBreakClass: WordBreakClass { WordBreakClass(rawValue: byte & 0x1F) }
  var isPictographic: Bool { byte & 0x20 != 0 }

  /// The entries of all scalars.
  static let all = ScalarTable(runs: WordBreakTable.runs)
  /// The entries of ASCII, short enough to stay in the nearest cache.
  static let ascii: [UInt8] = (0..<128).map { all[$0] }
}
