import SeqText
import Testing

@Suite struct TokenizerTests {
  @Test func defaults() throws {
    let settings = TokenizerSettings()
    #expect(settings == TokenizerSettings(kind: .word, normalization: .nfc, lowercase: false, foldDigits: false))
    #expect(
      TokenizerSettings.Kind.allCases.map(\.rawValue) == [
        "character", "whitespace", "word", "byte", "penn", "chinese", "regex", "bpe", "unigram",
      ])
    #expect(TokenizerSettings.Normalization.allCases.map(\.rawValue) == ["nfc", "none"])
  }

  @Test(arguments: TokenizerSettings.Kind.allCases)
  func emptyLine(kind: TokenizerSettings.Kind) throws { #expect(try tokenizer(kind).tokens(of: "").isEmpty) }

  @Test(arguments: [
    ("De Luca", ["D", "e", " ", "L", "u", "c", "a"]),
    ("👩‍👩‍👧‍👦a", ["👩‍👩‍👧‍👦", "a"]), ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]), ("👍🏽!", ["👍🏽", "!"]), ("1️⃣2", ["1️⃣", "2"]),
    ("e\u{301}x", ["\u{E9}", "x"]), ("\u{1112}\u{1161}\u{11AB}글", ["한", "글"]), ("क्षि", ["क्षि"]),
    ("a\r\nb", ["a", "\r\n", "b"]), ("\r\n\n\r", ["\r\n", "\n", "\r"]), ("é\r\n", ["é", "\r\n"]),
    ("\u{301}a", ["\u{301}", "a"]), ("\u{600}1", ["\u{600}1"]), ("a\u{200D}b", ["a\u{200D}", "b"]),
    ("日本", ["日", "本"]), ("\u{1F1E9}", ["\u{1F1E9}"]), ("ﷺ.", ["ﷺ", "."]), ("กำ", ["กำ"]),
  ])
  func characters(line: String, expected: [String]) throws {
    #expect(try scalars(tokenizer(.character).texts(of: line)) == scalars(expected))
  }

  @Test(arguments: [
    ("a b", ["a", "b"]), ("  a\t\tb\u{A0}c\u{3000}d\n", ["a", "b", "c", "d"]), (" ", []),
    ("don't stop.", ["don't", "stop."]),
    ("a\u{200B}b", ["a\u{200B}b"]), ("e\u{301} \u{301}", ["é", "\u{301}"]), ("中文 字", ["中文", "字"]),
    ("a\u{85}b\u{2028}c\u{1680}d\u{205F}e\u{202F}f", ["a", "b", "c", "d", "e", "f"]),
  ])
  func whitespace(line: String, expected: [String]) throws {
    #expect(try scalars(tokenizer(.whitespace).texts(of: line)) == scalars(expected))
  }

  @Test(arguments: [
    ("Can't stop, won't.", ["Can't", "stop", ",", "won't", "."]), (" \t\r\n\u{A0}", []),
    ("我爱北京。", ["我", "爱", "北", "京", "。"]), ("iPhone 15を買った", ["iPhone", "15", "を", "買", "っ", "た"]),
    ("コーヒーが 한국어로 3.14€", ["コーヒー", "が", "한국어로", "3.14", "€"]), ("a \u{308}b", ["a", " \u{308}", "b"]),
    ("x👩‍👩‍👧‍👦🇩🇪", ["x", "👩‍👩‍👧‍👦", "🇩🇪"]), ("1\u{202F}000 kr", ["1\u{202F}000", "kr"]), ("a--b", ["a", "-", "-", "b"]),
  ])
  func words(line: String, expected: [String]) throws {
    #expect(try scalars(tokenizer(.word).texts(of: line)) == scalars(expected))
  }

  @Test func bytes() throws {
    let tokens = try tokenizer(.byte).tokens(of: "a ä\n~\u{7F}\0")
    #expect(tokens.map(\.text) == ["a", " ", "<0xC3>", "<0xA4>", "<0x0A>", "~", "<0x7F>", "<0x00>"])
    #expect(tokens.map(\.range) == (0..<8).map { $0..<$0 + 1 })
    #expect(try tokenizer(.byte, lowercase: true, foldDigits: true).texts(of: "AÄ7") == ["a", "<0xC3>", "<0x84>", "0"])
    #expect(try tokenizer(.byte).texts(of: "e\u{301}") == ["e", "<0xCC>", "<0x81>"])
  }

  @Test(arguments: [
    ("HELLO", "hello"), ("ÄÖ", "äö"), ("ẞ", "ß"), ("İ", "i\u{307}"), ("ΣΑΣ", "σασ"), ("A\u{30A}", "å"),
    ("\u{212A}", "k"),
    ("Ⅷ", "ⅷ"), ("𐐀", "𐐨"), ("I\u{307}\u{323}", "ị\u{307}"),
  ])
  func lowercase(line: String, expected: String) throws {
    #expect(try scalars(tokenizer(.word, lowercase: true).texts(of: line)) == scalars([expected]))
  }

  @Test(arguments: [
    ("1984", "0000"), ("a1b", "a0b"), ("٣٤", "00"), ("१२", "00"), ("𝟘𝟙", "00"), ("é９", "é0"), ("Ⅷ", "Ⅷ"), ("a²", "a²"),
  ])
  func digits(line: String, expected: String) throws {
    #expect(try scalars(tokenizer(.whitespace, foldDigits: true).texts(of: line)) == scalars([expected]))
  }

  /// Ranges count bytes of the line as written, whatever normalisation makes of them.
  @Test func rangesPointIntoTheSource() throws {
    let line = "İ e\u{301}\u{323}x ẞ ٣"
    let tokens = try tokenizer(.word, lowercase: true, foldDigits: true).tokens(of: line)
    #expect(scalars(tokens.map(\.text)) == scalars(["i\u{307}", "\u{1EB9}\u{301}x", "ß", "0"]))
    #expect(tokens.map(\.range) == [0..<2, 3..<9, 10..<13, 14..<16])
    #expect(scalars(tokens.compactMap { source($0, in: line) }) == scalars(["İ", "e\u{301}\u{323}x", "ẞ", "٣"]))
  }

  @Test func substrings() throws {
    let line = "one two three"
    #expect(try tokenizer(.word).tokens(of: line.dropFirst(4)).map(\.range) == [0..<3, 4..<9])
    #expect(try tokenizer(.word).texts(of: line.dropFirst(4)) == ["two", "three"])
  }

  @Test func withoutNormalization() throws {
    #expect(try scalars(tokenizer(.character, .none).texts(of: "e\u{301}é")) == scalars(["e\u{301}", "é"]))
  }

  @Test func tokensDifferByCodePoints() throws {
    #expect(Token(text: "é", range: 0..<2) != Token(text: "e\u{301}", range: 0..<2))
    #expect(Token(text: "é", range: 0..<2) == Token(text: "é", range: 0..<2))
    #expect(Set([Token(text: "é", range: 0..<2), Token(text: "e\u{301}", range: 0..<2)]).count == 2)
  }

  @Test func ids() throws {
    let vocabulary = Vocabulary(["the", "cat"])
    #expect(try tokenizer(.word, lowercase: true).ids(of: "The cat sat.", in: vocabulary) == [2, 3, 1, 1])
  }
}
