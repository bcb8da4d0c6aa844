import SeqTestSupport
import SeqText
import Testing

/// Texts come back from their tokens.
struct DetokenizerTests {
  private func back(_ text: String, _ kind: TokenizerSettings.Kind) throws -> String {
    let tokenizer = try Tokenizer(
      TokenizerSettings(kind: kind, normalization: .none, pattern: kind == .regex ? "\\w+" : nil))
    return Detokenizer(tokenizer).text(of: tokenizer.texts(of: text))
  }

  @Test(arguments: [
    "Kowalczyk", " two  blanks ", "naïve e\u{301} 👩‍👩‍👧 \t", "", "<0x41> and <unk>", "太好了，谢谢", "a\nb",
  ])
  func charactersAndBytesLoseNothing(text: String) throws {
    #expect(try back(text, .character) == text)
    if !text.contains("<0x41>") { #expect(try back(text, .byte) == text) }
  }

  @Test(arguments: [
    "Don't panic, it works.", "He said \"no\" (twice), then left; why?", "A well-known fact: 3.5% of $20!",
    "很好，coffee很香。", "One\nTwo", "“Yes,” she said.", "and/or",
  ])
  func wordsGetTheirBlanksBack(text: String) throws {
    if text == "One\nTwo" {
      let tokenizer = try Tokenizer(TokenizerSettings(kind: .word))
      #expect(Detokenizer(tokenizer).text(of: ["One", "\n", "Two", "\n"]) == "One\nTwo\n")
    } else {
      #expect(try back(text, .word) == text)
    }
  }

  @Test func pennTokensBecomeEnglishAgain() throws {
    let text = "\"They can't say it's John's,\" he said (to me)."
    #expect(try back(text, .penn) == text)
  }

  @Test func whatStandsBetweenBlanksIsJoinedByBlanks() throws {
    #expect(try back("a  b, c", .whitespace) == "a b, c")
    #expect(try back("one-two three", .regex) == "one two three")
  }

  @Test func bytesThatAreNoCharacterAreReplaced() throws {
    let tokenizer = try Tokenizer(TokenizerSettings(kind: .byte))
    #expect(Detokenizer(tokenizer).text(of: ["a", "<0xC3>", "b"]) == "a\u{FFFD}b")
  }

  @Test func theEndOfALineIsATokenOfEveryKind() throws {
    for kind in [TokenizerSettings.Kind.character, .byte, .word, .whitespace, .penn] {
      let tokenizer = try Tokenizer(TokenizerSettings(kind: kind))
      let ends = Detokenizer.lineEnd(for: tokenizer)
      #expect(ends.count == 1)
      #expect(Detokenizer(tokenizer).text(of: tokenizer.texts(of: "ab") + ends) == "ab\n", "\(kind)")
    }
  }
}
