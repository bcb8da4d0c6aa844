import SeqText
import Testing

/// What features look at of a word form.
struct WordFormTests {
  private func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  private func token(_ text: String) -> ArraySlice<UInt8> { Array(("--" + text).utf8)[2...] }

  @Test(arguments: [
    ("Paris", "Xxxx"), ("iPhone4", "xXxxxd"), ("1998-05", "ddd-dd"), ("USA", "XXX"), ("NASAs", "XXXx"),
    ("…!!!!", "…!!!"),
    ("北京a", "ccx"), ("Élan", "Xxxx"), ("a", "x"),
  ])
  func shapes(word: String, shape: String) { #expect(text(WordForm.shape(token(word))) == shape) }

  @Test func beginningsAndEndings() {
    #expect(text(WordForm.prefix(token("über"), 2)) == "üb")
    #expect(text(WordForm.suffix(token("café"), 2)) == "fé")
    #expect(text(WordForm.prefix(token("ab"), 3)) == "ab" && text(WordForm.suffix(token("ab"), 3)) == "ab")
    var characters: [String] = []
    WordForm.forEachCharacter(token("aé北🙂")) { characters.append(text($0)) }
    #expect(characters == ["a", "é", "北", "🙂"])
  }

  /// FNV-1a by its definition.
  private func hash(_ text: String) -> UInt32 {
    text.utf8.reduce(2_166_136_261) { ($0 ^ ($1 < 128 ? UInt32($1) : UInt32($1) | 0xFFFF_FF00)) &* 16_777_619 }
  }

  @Test func nGramsAreFastTexts() {
    var found: [Int32] = []
    WordForm.forEachNGram(token("où"), 1...3, buckets: 1000) { found.append($0) }
    let grams = ["<o", "<où", "o", "où", "où>", "ù", "ù>"]
    #expect(found == grams.map { Int32(hash($0) % 1000) })
  }
}
