import SeqReport
import Testing

struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("label", 5), ("naïve", 5), ("nai\u{308}ve", 5), ("体育", 4), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("カナ", 4), ("ｶﾅ", 2), ("か\u{3099}", 2), ("Ａ", 2), ("，", 2), ("…", 1), ("Ελλάδα", 6), ("\u{200B}x", 1), ("😀", 2),
    ("👨\u{200D}👩\u{200D}👧", 2), ("🇨🇳", 2), ("❤\u{FE0F}", 2), ("𠮷", 2), ("\u{5E9}\u{5B8}", 1),
  ])
  func widths(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test(arguments: [
    ("label", 5, "label"), ("label", 4, "lab…"), ("label", 1, "…"), ("label", 0, ""), ("娱乐新闻", 8, "娱乐新闻"),
    ("娱乐新闻", 7, "娱乐新…"), ("娱乐新闻", 6, "娱乐…"), ("", 0, ""), ("x", -1, ""),
  ])
  func truncation(text: String, width: Int, expected: String) {
    #expect(text.truncated(toWidth: width) == expected)
  }

  @Test func controlsAreMadeVisible() {
    #expect("a\tb\u{1B}[31m\r\n\u{2028}\u{202E}é".printable == #"a\u{9}b\u{1b}[31m\u{d}\u{a}\u{2028}\u{202e}é"#)
  }

  @Test(arguments: [
    (0.5, 4, "0.5000"), (0, 1, "0.0"), (2.0 / 3, 3, "0.667"), (0.99999, 4, "1.0000"), (-0.25, 1, "-0.3"),
    (-0.00001, 4, "0.0000"), (12.05, 2, "12.05"), (3.5, 0, "4"), (.infinity, 2, "inf"), (.nan, 2, "nan"),
    (1e12, 2, "1000000000000.0"), (0.0625, 9, "0.062500000"),
  ])
  func fixedDecimals(value: Double, decimals: Int, expected: String) {
    #expect(value.fixed(decimals) == expected)
  }
}
