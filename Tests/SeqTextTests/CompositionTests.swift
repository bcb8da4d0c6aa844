import Foundation
import SeqText
import Testing

extension String {
  /// NFC by Foundation, by way of NFD: the standard library leaves an LV syllable and a trailing jamo apart.
  var foundationNFC: String { decomposedStringWithCanonicalMapping.precomposedStringWithCanonicalMapping }
}

@Suite struct CompositionTests {
  @Test(arguments: [
    ("e\u{301}", "é"), ("\u{212B}", "\u{C5}"), ("\u{2126}", "\u{3A9}"), ("A\u{30A}", "\u{C5}"),
    // Marks are sorted by class: the dot below comes first.
    ("o\u{302}\u{323}", "\u{1ED9}"), ("a\u{301}\u{300}", "\u{E1}\u{300}"), ("a\u{328}\u{301}", "\u{105}\u{301}"),
    // Blocked: a mark of the same class, or a starter, stands between.
    ("a\u{305}\u{301}", "a\u{305}\u{301}"), ("a\u{5D0}\u{301}", "a\u{5D0}\u{301}"),
    // Exclusions stay apart.
    ("\u{958}", "\u{915}\u{93C}"), ("\u{FB1D}", "\u{5D9}\u{5B4}"), ("\u{2ADC}", "\u{2ADD}\u{338}"),
    // Hangul, two and three jamo, and a syllable with a trailing jamo.
    ("\u{1100}\u{1161}", "가"), ("\u{1112}\u{1161}\u{11AB}", "한"), ("가\u{11A8}", "각"), ("각\u{11A8}", "각\u{11A8}"),
    ("가\u{11A7}", "가\u{11A7}"),
    // Starters that compose, three deep, new in Unicode 16; compatibility ideographs; musical symbols.
    ("\u{16D63}\u{16D67}\u{16D67}", "\u{16D6A}"), ("\u{F900}", "\u{8C48}"), ("\u{2F800}", "\u{4E3D}"),
    ("\u{1D15E}", "\u{1D157}\u{1D165}"), ("\u{1109A}", "\u{1109A}"), ("\u{11099}\u{110BA}", "\u{1109A}"),
    // Compatibility mappings are not canonical.
    ("ﬁ", "ﬁ"), ("①", "①"), ("", ""), ("plain", "plain"),
  ])
  func composes(text: String, expected: String) {
    #expect(scalars([text.composed()]) == scalars([expected]))
    #expect(text.isComposed == (scalars([text]) == scalars([expected])))
  }

  /// Large blocks of which no scalar changes under NFC, and Hangul syllables like those before them.
  private static let dull: [Range<UInt32>] = [
    0x3400..<0xA4D0, 0xAE58..<0xD700, 0xE000..<0xF900, 0x12000..<0x16F00, 0x17000..<0x1B000, 0x20000..<0x2F800,
    0xE0200..<0x110000,
  ]

  /// Every scalar that is old enough for Foundation to know it, alone and decomposed.
  @Test func likeFoundation() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), let age = scalar.properties.age, age.major <= 13 else { continue }
      if Self.dull.contains(where: { $0 ~= value }) { continue }
      let text = String(scalar)
      let expected = text.precomposedStringWithCanonicalMapping
      let decomposed = text.decomposedStringWithCanonicalMapping
      let isRight =
        scalars([text.composed(), decomposed.composed()]) == scalars([expected, expected])
        && text.isComposed == (scalars([expected]) == scalars([text]))
      if !isRight { Issue.record("U+\(String(value, radix: 16))") }
    }
  }

  @Test func randomLikeFoundation() {
    for index in 0..<3_000 {
      let text = RandomText.line(index)
      let expected = text.foundationNFC
      #expect(scalars([text.composed()]) == scalars([expected]))
      #expect(expected.isComposed)
      #expect(scalars([expected.composed()]) == scalars([expected]))
    }
  }

  /// A long run of marks must not take quadratic time.
  @Test(.timeLimit(.minutes(30))) func manyMarks() {
    let marks = String(repeating: "\u{301}\u{323}", count: 50_000)
    #expect(("a" + marks).composed().unicodeScalars.count == 100_000)
  }
}
