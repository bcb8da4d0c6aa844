import SeqText
import Testing

/// The segments between all word boundaries, white space too.
private func segments(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  let segmenter = WordSegmenter(bytes)
  var result: [String] = []
  var start = 0
  while start < bytes.count {
    let end = segmenter.boundary(after: start)
    result.append(String(decoding: bytes[start..<end], as: UTF8.self))
    start = end
  }
  return result
}

/// Whether the text without its bars is cut exactly where the bars are, scalar by scalar.
private func isCut(_ marked: String) -> Bool {
  let parts = marked.unicodeScalars.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
  return segments(parts.joined()).map { Array($0.utf8) } == parts.map { Array($0.utf8) }
}

@Suite struct WordBoundaryTests {
  @Test(arguments: [
    // WB3, WB3a, WB3b: line ends.
    "\r\n", "\r|a", "a|\r\n|b", "a|\n|\u{308}|b", "a|\r|\r", "\n|\n", "a|\u{85}|b", "a|\u{2028}|b", "\u{B}|\u{C}",
    "\r|\u{308}", "\n|\r",
    // WB3c: emoji sequences.
    "👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦|👩‍👩‍👧‍👦", "👩🏽‍🚀", "🏳️‍🌈", "❤️‍🔥|!", "a\u{200D}🛑", "\u{200D}🛑", "🛑\u{200D}🛑", "👶🏿|👶",
    "\u{200D}|a", "a\u{200D}Ⓜ", "Ⓜ", "🅰|🛑", "🛑|\u{1F1E6}", "1️⃣", "\u{200D}\u{308}|🛑",
    // WB3d: blanks.
    "  ", "a|  |b", " \u{308}| |a", "\u{3000}\u{2003} ", "\t|\t", "\u{A0}|\u{A0}", " \u{200D}| ", "a| |b",
    // WB4: marks, formats, joiners.
    "e\u{301}a\u{308}", "a\u{AD}b", "a\u{200D}b", "\u{308}|a", "\u{AD}|a", "a|.\u{308}", "क्षि", "ภ\u{E34}|ภ",
    // WB5: letters.
    "hello", "straße", "привет", "Ελληνικά", "שלום", "안녕하세요", "abcאבג", "سلام", "የኢትዮጵያ", "ｆｕｌｌ", "ﬁ", "a|\u{2019}|!",
    // WB6, WB7: letters around a mark.
    "can't", "can’t", "l'été", "e.g|.", "a:b", "a·b", "a|.|.|b", "a|'|'|b", "'|a", "a|'", "a|.|1", "a\u{308}.\u{308}b",
    "a|,|b", "example.com", "a|.", "a|:|:|b", "a‧b", "d\u{5F4}a", "1|.|a", "a|-|b", "a|@|b.c",
    // WB7a–WB7c: Hebrew.
    "א'", "א'|\"", "א\"א", "א|\"", "א|\"|a", "צה\"ל", "א'א", "א\u{308}\"\u{308}א", "a|\"|א", "א'|1", "א|\"|1", "א'|'",
    // WB8–WB10: digits and letters.
    "123", "a1", "1a", "A3B", "٣٤", "a٣", "3א", "१२३", "𝟘𝟙",
    // WB11, WB12: numbers.
    "3.14", "1,000.50", "1|,", "1|,|,|2", "1'000", "1’000", "1;2", "1|:|2", "-|5", "1,2|,|a", "$|5", "1|%",
    "1|.|a", "1\u{308},\u{308}2",
    // WB13, WB13a, WB13b: Katakana and connectors.
    "カタカナ", "ｶﾀｶﾅ", "コーヒー", "カタカナ|ひ|ら", "カ|a", "カ_a", "_", "__", "a_b", "1_2", "_カ", "a_1_カ_א", "_|'|a",
    "1\u{202F}000",
    // WB15, WB16: flags.
    "🇩🇪", "🇩🇪|🇫🇷", "🇩🇪|🇫", "a|🇩🇪|b", "🇩\u{308}🇪|🇫", "🇩\u{200D}🇪", "🇩🇪\u{200D}|🇫🇷", "a\u{200D}|🇩🇪",
    // WB999: everything else.
    "中|文|字", "ひ|ら", "ก|ข", "!|!", "中|a", "a|中", "中|1", "(|a|)", "😀|😀", "中\u{308}|文", "中|カ", "東|京|タワー",
    "𠀀|𠀁", "\u{E0001}|a",
  ])
  func rule(marked: String) { #expect(isCut(marked), "\(segments(marked.split(separator: "|").joined()))") }

  /// The checker must be able to fail.
  @Test func checkerFails() {
    #expect(!isCut("ab|c"))
    #expect(!isCut("a b"))
  }

  /// Every pair of classes, and random strings, against another implementation.
  @Test func otherImplementation() {
    for line in wordBreakCases.split(separator: "\n") {
      let fields = line.split(separator: " ")
      let scalars = stride(from: 1, to: fields.count, by: 2).compactMap { UInt32(fields[$0], radix: 16) }
      let text = String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
      var marked = "÷"
      for segment in segments(text) {
        marked += segment.unicodeScalars.map { hex($0) }.joined(separator: " ×").appending(" ÷")
      }
      #expect(marked == line)
    }
  }

  private func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return " " + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
