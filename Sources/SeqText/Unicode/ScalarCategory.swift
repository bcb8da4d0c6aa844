/// General category and script of a scalar. The numbers are those of `scripts/category_table.py`.
struct ScalarCategory: Sendable {
  let byte: UInt8

  /// The category and script of a scalar.
  @inline(__always)
  init(_ scalar: UInt32) { byte = Self.table[scalar] }

  /// The short names of the general categories (UAX #44, table 12), in the order of their numbers.
  static let names = [
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
    "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
  ]
  /// The names of the scripts (UAX #24) that the table distinguishes, in the order of their numbers.
  static let scripts = ["", "Latin", "Han", "Hiragana", "Katakana", "Hangul", "Cyrillic", "Greek"]

  private static let table = ScalarTable(runs: CategoryTable.runs)

  /// The number of the general category.
  var category: UInt8 { byte & 0x1F }
  /// The number of the script.
  var script: UInt8 { byte >> 5 }
  /// Lu, Ll, Lt, Lm, Lo.
  var isLetter: Bool { 1...5 ~= category }
  /// Mn, Mc, Me.
  var isMark: Bool { 6...8 ~= category }
  /// Nd, Nl, No.
  var isNumber: Bool { 9...11 ~= category }
  /// Nd: a digit that stands for its value in a decimal number.
  var isDecimal: Bool { category == 9 }
  var isLatin: Bool { script == 1 }
}
