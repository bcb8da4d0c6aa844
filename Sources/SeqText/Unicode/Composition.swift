/// Canonical composition (NFC, UAX #15).
///
/// Our own, because Foundation is kept out of the library, and because the same bytes must come out on every system:
/// the tables are fixed, whatever Unicode version the system's libraries have.
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
      let order = byte >> 1
      if order != 0 && order < lastOrder { return false }
      lastOrder = order
    }
    return true
  }

  private func recomposed() -> String {
    var composer = Composer()
    for scalar in unicodeScalars { composer.append(scalar.value) }
    return composer.text()
  }
}

/// The state of one composition: scalars decomposed, put in canonical order, composed.
private struct Composer {
  /// A scalar and the index of its canonical combining class; the indices are in the order of the classes.
  typealias Ordered = (value: UInt32, order: UInt8)
  private var scalars: [Ordered] = []

  /// Appends the full canonical decomposition of a scalar, not yet in canonical order.
  mutating func append(_ scalar: UInt32) {
    if Hangul.syllables.contains(scalar) {
      for jamo in Hangul.decompose(scalar) { scalars.append((jamo, 0)) }
    } else if let (first, second) = CompositionData.decomposition(of: scalar) {
      append(first)
      if second != 0 { append(second) }
    } else {
      scalars.append((scalar, CompositionData.table[scalar] >> 1))
    }
  }

  /// Sorts each run of marks by class, and keeps the order of marks of one class.
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
    var result: [Ordered] = []
    var starter: Int?
    for scalar in scalars {
      if let at = starter, !isBlocked(scalar.order, result, after: at),
        let whole = CompositionData.composition(of: result[at].value, scalar.value)
      {
        result[at].value = whole
        continue
      }
      if scalar.order == 0 { starter = result.count }
      result.append(scalar)
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: result.lazy.compactMap { Unicode.Scalar($0.value) })
    return String(view)
  }

  private func isBlocked(_ order: UInt8, _ result: [Ordered], after starter: Int) -> Bool {
    guard let last = result.last, result.count > starter + 1 else { return false }
    return last.order == 0 || last.order >= order
  }
}

/// The tables of canonical composition, made for lookup.
enum CompositionData {
  /// The index of the combining class, shifted by one, and whether NFC may change the scalar.
  static let table = ScalarTable(runs: NormalizationTable.runs)

  private static let compositions: [UInt64: UInt32] = {
    var result: [UInt64: UInt32] = [:]
    for entry in NormalizationTable.decompositions where entry & 1 != 0 {
      result[entry >> 1 & 0x3FF_FFFF_FFFF] = UInt32(entry >> 43)
    }
    return result
  }()

  /// What two scalars make together.
  static func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
    Hangul.compose(first, second) ?? compositions[UInt64(first) << 21 | UInt64(second)]
  }

  /// The canonical decomposition, one level deep; a singleton has the second part 0. Hangul is not in it.
  static func decomposition(of scalar: UInt32) -> (UInt32, UInt32)? {
    guard scalar >= 0xC0 else { return nil }
    let entries = NormalizationTable.decompositions
    let at = entries.partitioningIndex { $0 >> 43 >= UInt64(scalar) }
    guard at < entries.count, entries[at] >> 43 == UInt64(scalar) else { return nil }
    return (UInt32(entries[at] >> 22 & 0x1F_FFFF), UInt32(entries[at] >> 1 & 0x1F_FFFF))
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
