import SeqCore
import SeqData
import SeqText
import Testing

/// Spans that do not fit the tokens of their text.
@Suite struct SpanTests {
  private func tags(
    _ text: String, _ spans: String, _ misaligned: MisalignedSpans = .refuse,
    _ kind: TokenizerSettings.Kind = .whitespace
  ) throws -> String {
    let json = "{\"text\": \"\(text)\", \"spans\": [\(spans)]}"
    let outcome = try read(json.utf8, as: .jsonl, wanting: .tags) {
      ($0.misaligned, $0.segmentation) = (misaligned, TokenizerSettings(kind: kind))
    }
    return outcome.records?.first?.tags?.joined(separator: " ") ?? outcome.message ?? ""
  }

  private let choice = "\"misaligned\": \"widen\" takes whole tokens, \"skip\" leaves the span out"

  @Test func spansThatCrossTokensAreRefusedSkippedOrWidened() throws {
    let span = "[4, 7, \"x\"], [8, 9, \"y\"]"
    #expect(
      try tags("the (1988) z", "[5, 9, \"x\"]")
        == "f:1:1: the span 5..<9 (x) does not begin and end with a token: \"(1988)\" is at 4..<10 "
        + "(\"tokenizer\": {\"kind\": \"word\"} cuts there; \(choice))")
    #expect(try tags("a bc defg h", span, .skip) == "O O O O")
    #expect(try tags("a bc defg h", "[6, 9, \"x\"]", .widen) == "O O B-x O")
    #expect(try tags("a bc defg h", "[3, 6, \"x\"], [10, 11, \"y\"]", .widen) == "O B-x I-x B-y")
  }

  /// Offsets are compared with the text before they are taken for units of it.
  @Test(arguments: [(-5, 2), (0, 4), (-9_223_372_036_854_775_807, 9_223_372_036_854_775_807), (2, 1), (1, 1)])
  func offsetsOutsideOfTheTextAreMistakes(start: Int, end: Int) throws {
    let message = try tags("😀a", "{\"start\": \(start), \"end\": \(end), \"label\": \"x\", \"text\": \"a\"}")
    #expect(message.contains("a span \(start)..<\(end) of a text of 2 characters"), "\(message)")
  }

  @Test func aTokenizerIsOnlyNamedIfItHelps() throws {
    // No kind of token begins within a character of two scalars.
    let message = try tags("e\u{301}a b", "[1, 3, \"x\"]")
    #expect(message.hasSuffix("(\(choice))"), "\(message)")
  }

  @Test func overlapsAreToldWithBothSpans() throws {
    let nested = "[0, 16, \"ORG\"], [8, 16, \"LOC\"]"
    for misaligned in [MisalignedSpans.refuse, .widen] {
      #expect(
        try tags("Bank of New York", nested, misaligned)
          == "f:1:1: the span 8..<16 (LOC) overlaps the span 0..<16 (ORG) (a token has one tag: keep one of the two spans; "
          + "\"misaligned\": \"skip\" leaves the span out)")
    }
    #expect(try tags("Bank of New York", nested, .skip) == "B-ORG I-ORG I-ORG I-ORG")
    #expect(try tags("New York", "[0, 8, \"a\"], [0, 8, \"b\"]").contains("is the same part as"))
    #expect(try tags("New York", "[0, 8, \"a\"], [0, 8, \"a\"]") == "B-a I-a")
    #expect(try tags("ab c", "[0, 1, \"x\"], [1, 2, \"y\"]", .widen).contains("share the token \"ab\""))
  }
}
