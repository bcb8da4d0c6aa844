import SeqText
import Testing

@Suite struct JoiningTests {
  @Test(arguments: [
    (TokenizerSettings.Kind.character, "naïve 日本 x"), (.byte, "naïve\t日本 <0x> x"), (.whitespace, "a bc d"),
  ])
  func `joined tokens are the text`(kind: TokenizerSettings.Kind, text: String) throws {
    let tokenizer = try Tokenizer(TokenizerSettings(kind: kind))
    #expect(tokenizer.text(joining: tokenizer.texts(of: text)) == text)
  }

  @Test func `Chinese has blanks between words of letters alone`() throws {
    let tokenizer = try Tokenizer(TokenizerSettings(kind: .chinese))
    #expect(tokenizer.text(joining: tokenizer.texts(of: "我用 Swift 6 写")) == "我用Swift 6写")
  }

  @Test func `bytes that are no text are replaced`() throws {
    let tokenizer = try Tokenizer(TokenizerSettings(kind: .byte))
    #expect(tokenizer.text(joining: ["a", "<0xFF>", "b"]) == "a\u{FFFD}b")
  }

  @Test func `words have a blank between, and no tokens are no text`() throws {
    let tokenizer = try Tokenizer(TokenizerSettings(kind: .word))
    #expect(tokenizer.text(joining: ["a", "b", "."]) == "a b .")
    #expect(tokenizer.text(joining: []) == "")
  }
}
