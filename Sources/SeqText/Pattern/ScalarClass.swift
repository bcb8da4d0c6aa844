/// A set of scalars as a pattern writes it: a letter, `[a-z]`, `\w`, `\p{Han}`.
struct ScalarClass: Hashable, Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  /// A bit for each general category.
  var categories: UInt32 = 0
  /// A bit for each script of `ScalarCategory.scripts`.
  var scripts: UInt8 = 0
  var hasWhiteSpace = false
  /// Classes inside the brackets.
  var parts: [ScalarClass] = []
  var isNegated = false

  /// Whether the class contains a scalar of this category.
  func contains(_ scalar: UInt32, _ category: ScalarCategory) -> Bool {
    let isMember =
      categories >> category.category & 1 != 0 || scripts >> category.script & 1 != 0
      || ranges.contains { $0.contains(scalar) } || hasWhiteSpace && isWhiteSpaceScalar(scalar)
      || parts.contains { $0.contains(scalar, category) }
    return isMember != isNegated
  }

  /// The scalars at which membership may change, apart from the borders of categories.
  var borders: [UInt32] {
    ranges.flatMap { [$0.lowerBound, $0.upperBound + 1] } + (hasWhiteSpace ? Self.whiteSpaceBorders : [])
      + parts.flatMap(\.borders)
  }

  private static let whiteSpaceBorders: [UInt32] = [
    0x09, 0x0E, 0x20, 0x21, 0x85, 0x86, 0xA0, 0xA1, 0x1680, 0x1681, 0x2000, 0x200B, 0x2028, 0x202A, 0x202F, 0x2030,
    0x205F, 0x2060, 0x3000, 0x3001,
  ]

  // MARK: Named classes

  /// One scalar.
  static func scalar(_ value: UInt32) -> ScalarClass { ScalarClass(ranges: [value...value]) }

  /// All scalars but line feed and carriage return.
  static let any = ScalarClass(ranges: [0x0A...0x0A, 0x0D...0x0D], isNegated: true)

  /// The class of a letter after a backslash, if it has one: `\d`, `\w`, `\s` and their opposites.
  static func shorthand(_ letter: Unicode.Scalar) -> ScalarClass? {
    switch letter {
    case "d": named("Nd")
    case "w":
      ScalarClass(categories: mask { $0.hasPrefix("L") || $0.hasPrefix("M") || $0.hasPrefix("N") || $0 == "Pc" })
    case "s": ScalarClass(hasWhiteSpace: true)
    case "D", "W", "S": shorthand(Unicode.Scalar(UInt8(letter.value) | 0x20))?.negated
    default: nil
    }
  }

  /// The class of a name in `\p{…}`, if there is one: a category, the first letter of several categories, or a script.
  static func named(_ name: String) -> ScalarClass? {
    if let script = ScalarCategory.scripts.firstIndex(of: name), script > 0 {
      return ScalarClass(scripts: 1 << UInt8(script))
    }
    let categories = mask { $0 == name || name.utf8.count == 1 && $0.hasPrefix(name) }
    return categories == 0 ? nil : ScalarClass(categories: categories)
  }

  private static func mask(_ isMember: (String) -> Bool) -> UInt32 {
    ScalarCategory.names.enumerated().reduce(0) { isMember($1.element) ? $0 | 1 << UInt32($1.offset) : $0 }
  }

  var negated: ScalarClass {
    var result = self
    result.isNegated.toggle()
    return result
  }
}
