import SeqText
import Testing

/// The kinds `penn` and `chinese`.
@Suite struct EnglishAndChineseTests {
  // The tokens are those of NLTK 3.10's TreebankWordTokenizer.
  @Test(arguments: [
    ("They'll save and invest more.", ["They", "'ll", "save", "and", "invest", "more", "."]),
    ("hi, my name can't hello,", ["hi", ",", "my", "name", "ca", "n't", "hello", ","]),
    (
      "\"We beat some pretty good teams,\" he said.",
      [
        "``", "We", "beat", "some", "pretty", "good", "teams", ",", "''", "he", "said", ".",
      ]
    ),
    ("Good muffins cost $3.88 in New York.", ["Good", "muffins", "cost", "$", "3.88", "in", "New", "York", "."]),
    (
      "It rose 1,000 points at 10:30 (a record)...",
      [
        "It", "rose", "1,000", "points", "at", "10:30", "(", "a", "record", ")", "...",
      ]
    ),
    (
      "Cannot gimme wanna go, 'tis gonna",
      [
        "Can", "not", "gim", "me", "wan", "na", "go", ",", "'t", "is", "gon", "na",
      ]
    ),
    (
      "Mr. Smith's dogs' tails--all of them?",
      [
        "Mr.", "Smith", "'s", "dogs", "'", "tails", "--", "all", "of", "them", "?",
      ]
    ),
    ("He said \"no.\"", ["He", "said", "``", "no", ".", "''"]),
    ("Yet 'O'Neill's' wit didn't' last", ["Yet", "'O'Neill", "'s", "'", "wit", "did", "n't", "'", "last"]),
    ("``quoted'' [a]{b}<c>", ["``", "quoted", "''", "[", "a", "]", "{", "b", "}", "<", "c", ">"]),
    ("", []), ("...", ["..."]), (",,x:", [",", ",x", ":"]), ("café’s 中文。", ["café’s", "中文。"]),
  ])
  func penn(line: String, expected: [String]) throws {
    #expect(try scalars(tokenizer(.penn).texts(of: line)) == scalars(expected))
  }

  @Test func quoteMarksKeepTheirPlaces() throws {
    let tokens = try tokenizer(.penn).tokens(of: "a \"b\"")
    #expect(tokens.map(\.text) == ["a", "``", "b", "''"])
    #expect(tokens.map(\.range) == [0..<1, 2..<3, 3..<4, 4..<5])
  }

  @Test(arguments: [
    ("我在iPhone 15上用C++写", ["我", "在", "iPhone", "15", "上", "用", "C++", "写"]),
    ("COVID-19疫情，R&B和3.5元", ["COVID-19", "疫", "情", "，", "R&B", "和", "3.5", "元"]),
    ("发到a.b@c.com吧。", ["发", "到", "a.b@c.com", "吧", "。"]), ("打A+", ["打", "A+"]), ("a-中-b", ["a", "-", "中", "-", "b"]),
    ("東京タワー한국어", ["東", "京", "タワー", "한국어"]), ("ＡＢＣ１２３号", ["ＡＢＣ１２３", "号"]), ("𠀀𠀁〇", ["𠀀", "𠀁", "〇"]),
    ("don't 👩‍🚀！\r\n", ["don't", "👩‍🚀", "！"]), ("a.", ["a", "."]), ("a--b", ["a", "-", "-", "b"]), ("", []),
  ])
  func chinese(line: String, expected: [String]) throws {
    #expect(try scalars(tokenizer(.chinese).texts(of: line)) == scalars(expected))
  }
}
