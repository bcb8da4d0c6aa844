/// Canonical composition (NFC, UAX #15).
///
/// We do not use Foundation, and the result must be the same bytes on every system: these tables are fixed, whatever
/// Unicode version the system's libraries have.
extension String {
  /// Whether the text is its own NFC form, scalar by scalar.
  package var isComposed: Bool { mustBeComposed || utf8.elementsEqual(recomposed().utf8) }

  /// The NFC form.
  package func composed() -> String { mustBeComposed ? self : recomposed() }

  /// The quick check of UAX #15: true for text that certainly is NFC.
  private var mustBeComposed: Bool {
    let table = CompositionData.table
    var lastOrder: UInt8 = 0
    for scalar in unicodeScalars {
      let byte = scalar.value < 0x300 ? 0 : table[scalar.value]
      if byte & 1 != 0 { return false }
      let order = byte >> 1 & 0x3F
      if order != 0 && order < lastOrder { return false }
      lastOrder = order
    }
    return true
  }

  private func recomposed() -> String {
    var composer = Composer(capacity: 2 * utf8.count)
    for scalar in unicodeScalars { composer.append(scalar.value) }
    return composer.text()
  }
}

extension ArraySlice<UInt8> {
  /// The quick check of UAX #15 over valid UTF-8: true for text that certainly is NFC.
  var isSurelyComposed: Bool {
    let table = CompositionData.table
    var lastOrder: UInt8 = 0
    var at = startIndex
    while at < endIndex {
      let (value, end) = scalar(at: at)
      let byte = value < 0x300 ? 0 : table[value]
      if byte & 1 != 0 { return false }
      let order = byte >> 1 & 0x3F
      if order != 0 && order < lastOrder { return false }
      lastOrder = order
      at = end
    }
    return true
  }
}

/// The state of one composition: scalars decomposed, put in canonical order, composed.
private struct Composer {
  /// A scalar and the index of its canonical combining class; indices have the order of the classes.
  typealias Ordered = (value: UInt32, order: UInt8)
  private var scalars: [Ordered] = []

  init(capacity: Int) { scalars.reserveCapacity(capacity) }

  /// Appends the full canonical decomposition of a scalar, not yet in canonical order.
  mutating func append(_ scalar: UInt32) {
    let byte = scalar < 0xC0 ? 0 : CompositionData.table[scalar]
    if byte & CompositionData.decomposes != 0 {
      let (first, second) = CompositionData.decomposition(of: scalar)
      append(first)
      if second != 0 { append(second) }
    } else if Hangul.syllables.contains(scalar) {
      for jamo in Hangul.decompose(scalar) { scalars.append((jamo, 0)) }
    } else {
      scalars.append((scalar, byte >> 1))
    }
  }

  /// Sorts each run of marks by class; marks of the same class keep their order.
  private mutating func sortMarks() {
    var start = 0
    while start < scalars.count {
      let end = scalars[start...].firstIndex { $0.order == 0 } ?? scalars.count
      let marks = scalars[start..<end]
      if zip(marks, marks.dropFirst()).contains(where: { $0.order > $1.order }) {
        let sorted = marks.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
        scalars.replaceSubrange(start..<end, with: sorted.map(\.element))
      }
      start = end + 1
    }
  }

  /// The canonical composition: each scalar joins the last starter unless one between them blocks it.
  mutating func text() -> String {
    sortMarks()
    var starter: Int?
    var count = 0
    for scalar in scalars {
      if let at = starter, !isBlocked(scalar.order, after: at, count),
        let whole = CompositionData.composition(of: scalars[at].value, scalar.value)
      {
        scalars[at].value = whole
        continue
      }
      if scalar.order == 0 { starter = count }
      scalars[count] = scalar
      count += 1
    }
    var view = String.UnicodeScalarView()
    for scalar in scalars.prefix(count) {
      if let scalar = Unicode.Scalar(scalar.value) { view.append(scalar) }
    }
    return String(view)
  }

  /// Whether one of the first `count` scalars stands between a starter and a scalar of this order.
  private func isBlocked(_ order: UInt8, after starter: Int, _ count: Int) -> Bool {
    guard count > starter + 1 else { return false }
    let last = scalars[count - 1].order
    return last == 0 || last >= order
  }
}

/// The tables of canonical composition, made for lookup.
enum CompositionData {
  /// One bit for whether NFC may change the scalar, six bits for the index of its combining class, and `decomposes`.
  static let table = ScalarTable(runs: NormalizationTable.runs)

  /// The bit of `table` for scalars with a canonical decomposition; it is not set for Hangul syllables.
  static let decomposes: UInt8 = 0x80

  private static let compositions: [UInt64: UInt32] = {
    var result: [UInt64: UInt32] = [:]
    for entry in NormalizationTable.decompositions where entry & 1 != 0 {
      result[entry >> 1 & 0x3FF_FFFF_FFFF] = UInt32(entry >> 43)
    }
    return result
  }()

  /// The composition of two scalars.
  static func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
    // Only a scalar that may join the one before it has the lowest bit.
    guard second >= 0x300, table[second] & 1 != 0 else { return nil }
    return Hangul.compose(first, second) ?? compositions[UInt64(first) << 21 | UInt64(second)]
  }

  /// The canonical decomposition, one level deep, of a scalar that has one; a singleton has the second part 0.
  static func decomposition(of scalar: UInt32) -> (UInt32, UInt32) {
    let entries = NormalizationTable.decompositions
    let entry = entries[entries.partitioningIndex { $0 >> 43 >= UInt64(scalar) }]
    return (UInt32(entry >> 22 & 0x1F_FFFF), UInt32(entry >> 1 & 0x1F_FFFF))
  }
}

/// Hangul syllables, whose compositions are arithmetic (The Unicode Standard, section 3.12).
private enum Hangul {
  static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3
  private static let leading: UInt32 = 0x1100
  private static let vowel: UInt32 = 0x1161
  /// One before the first trailing consonant: no trailing consonant counts as one.
  private static let trailing: UInt32 = 0x11A7
  private static let vowelCount: UInt32 = 21
  private static let trailingCount: UInt32 = 28

  static func decompose(_ syllable: UInt32) -> [UInt32] {
    let index = syllable - syllables.lowerBound
    let pair = [
      leading + index / (vowelCount * trailingCount), vowel + index % (vowelCount * trailingCount) / trailingCount,
    ]
    return index % trailingCount == 0 ? pair : pair + [trailing + index % trailingCount]
  }

  static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if (leading..<leading + 19).contains(first), (vowel..<vowel + vowelCount).contains(second) {
      return syllables.lowerBound + ((first - leading) * vowelCount + second - vowel) * trailingCount
    }
    let isOpen = syllables.contains(first) && (first - syllables.lowerBound) % trailingCount == 0
    return isOpen && (trailing + 1..<trailing + trailingCount).contains(second) ? first + second - trailing : nil
  }
}
