import SeqCore
import SeqText
import Testing

@Suite struct PatternTests {
  private func texts(_ pattern: String, _ line: String) throws -> [String] {
    try Tokenizer(TokenizerSettings(kind: .regex, normalization: .none, pattern: pattern)).texts(of: line)
  }

  @Test(arguments: [
    (#"\w+"#, "Don't stop 3 x_y", ["Don", "t", "stop", "3", "x_y"]),
    (#"\d+(?:\.\d+)?|\w+|[^\w\s]"#, "cost: 3.50!", ["cost", ":", "3.50", "!"]),
    ("[a-c]+|[^a-c ]", "abcd ba", ["abc", "d", "ba"]), ("a|ab", "ab", ["a"]), ("ab|a", "aba", ["ab", "a"]),
    ("a{2,3}", "aaaaaa a", ["aaa", "aaa"]), ("a{2,3}?", "aaaaaa", ["aa", "aa", "aa"]),
    ("(ab)*c", "ababc c", ["ababc", "c"]),
    ("a+?", "aa", ["a", "a"]), ("x*", "axxb", ["xx"]), (".", "é\r\n👩", ["é", "👩"]),
    (#"\p{Han}|\p{Latin}+"#, "我like中", ["我", "like", "中"]), (#"\p{Lu}\p{Ll}*"#, "ÄrgerBär", ["Ärger", "Bär"]),
    (#"[\p{L}\u{27}]+"#, "l'été!", ["l'été"]), (#"[^\S\n]+"#, "a \t b", [" \t "]), (#"\P{L}"#, "a1", ["1"]),
    (#"[]a]+"#, "a]", ["a]"]), (#"[a\-z]+"#, "-az", ["-az"]), (#"(a|b)(c|d)"#, "acbdad", ["ac", "bd", "ad"]),
    ("e\u{301}", "e\u{301} é", ["e\u{301}"]), ("a*b|a", "aaab aa", ["aaab", "a", "a"]),
  ])
  func matches(pattern: String, line: String, expected: [String]) throws {
    #expect(try scalars(texts(pattern, line)) == scalars(expected))
  }

  @Test(arguments: [
    ("(a", "character 1 of the pattern: a ( without a )"), ("a)", "character 2 of the pattern: a ) without a ("),
    ("[a", "a [ without a ]"), ("*a", "nothing to repeat before *"), ("a{3,1}", "ends before it begins"),
    ("a{1,9999}", "at most 1000 repeats"), (#"\p{Hun}"#, #"did you mean "Han"?"#), (#"\q"#, #"\q is not known"#),
    ("(?=a)", "lookaround"), ("^a", "^ is not supported"), ("[z-a]", "must go from a character"),
    (#"\u{110000}"#, "not a Unicode scalar"),
    ("((a{1000}){1000})", "too large"), ("(a|b)*a(a|b){20}", "too large"), ("a++", "possessive"),
    ("\\", "\\ at the end"),
  ])
  func mistakes(pattern: String, message: String) {
    let error = #expect(throws: SeqError.self) { try texts(pattern, "") }
    #expect(error?.kind == .data && error?.diagnostics[0].description.contains(message) == true, "\(error as Any)")
  }

  /// Patterns that make other engines go back over a line again and again.
  @Test(.timeLimit(.minutes(30)), arguments: ["(a+)+b", "(a|a)*b", "(a*)*b|a", "a*b|a"])
  func timeIsLinear(pattern: String) throws {
    let line = String(repeating: "a", count: 1_000_000)
    #expect(try texts(pattern, line).count == (pattern.hasSuffix("|a") ? 1_000_000 : 0))
  }
}
