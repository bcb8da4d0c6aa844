import SeqCore
import SeqText
import Testing

/// Corrections of a tokenizer, learned from texts whose tokens are known.
struct LearnedCutsTests {
  /// A text whose tokens are what stands between `|`, with white space around it dropped.
  private func text(_ marked: String) -> CutText {
    var (text, tokens) = ("", [Range<Int>]())
    for piece in marked.split(separator: "|") {
      let word = String(piece.drop { $0 == " " })
      text += String(repeating: " ", count: piece.count - word.count)
      tokens.append(text.utf8.count..<text.utf8.count + word.utf8.count)
      text += word
    }
    return CutText(text: text, tokens: tokens)
  }

  private func learned(_ texts: [String], correcting kind: TokenizerSettings.Kind) throws -> LearnedCuts {
    CutLearning.learn(texts.map(text), correcting: try tokenizer(kind), seed: Seed(1))
  }

  private func texts(of line: String, _ kind: TokenizerSettings.Kind, _ cuts: LearnedCuts) throws -> [String] {
    try Tokenizer(TokenizerSettings(kind: kind), cuts: cuts).texts(of: line)
  }

  private static let english = [
    "I| do|n't| know|.", "They| do|n't| care|.", "Ann|'s| e-mail| is| here|.", "Bob|'s| e-mail| came|.",
    "The| U.S.| won|.", "He| left| the| U.S.| today|.", "You| ca|n't| go|.", "We| ca|n't| stay|.",
    "Tim|'s| dog| barks|.",
  ]

  @Test func nothingIsLearnedFromATokenizerThatMakesNoMistake() throws {
    let cuts = try learned(["Go| to| Berlin|.", "Is| it| late|?"], correcting: .word)
    #expect(cuts.count == 0)
    #expect(try texts(of: "To Oslo, please!", .word, cuts) == ["To", "Oslo", ",", "please", "!"])
  }

  @Test func whatIsCutOtherwiseIsLearnedAndGoesOverToOtherWords() throws {
    let cuts = try learned(Self.english, correcting: .word)
    #expect(
      try texts(of: "Ann's friends don't know the U.S. yet.", .word, cuts)
        == ["Ann", "'s", "friends", "do", "n't", "know", "the", "U.S.", "yet", "."])
    #expect(try texts(of: "Eve's e-mail", .word, cuts) == ["Eve", "'s", "e-mail"])
  }

  @Test func rangesAreThoseOfTheLineAndWhiteSpaceIsNoToken() throws {
    let cuts = try learned(Self.english, correcting: .word)
    let tokenizer = try Tokenizer(TokenizerSettings(kind: .word, lowercase: true), cuts: cuts)
    #expect(
      tokenizer.tokens(of: " Ünn's\u{A0}don't ") == [
        Token(text: "ünn", range: 1..<5), Token(text: "'s", range: 5..<7), Token(text: "do", range: 9..<11),
        Token(text: "n't", range: 11..<14),
      ])
    #expect(tokenizer.tokens(of: "").isEmpty && tokenizer.tokens(of: "  \t").isEmpty)
  }

  @Test func quoteMarksOfThePennTreebankKeepTheirText() throws {
    let cuts = try learned(["a| b-c| d|.", "b-c| d|.", "x|-|y| z|.", "x|-|y|."], correcting: .penn)
    #expect(try texts(of: "\"x-y\" b-c", .penn, cuts) == ["``", "x", "-", "y", "''", "b-c"])
  }

  @Test func wordsOfChineseAreLearned() throws {
    let cuts = try learned(
      ["我|喜欢|北京|。", "北京|很|大|。", "他|喜欢|北京|吗|？", "我|很|喜欢|他|。", "他|很|大|。", "北京|。"], correcting: .chinese)
    #expect(try texts(of: "他很喜欢北京。", .chinese, cuts) == ["他", "很", "喜欢", "北京", "。"])
  }

  @Test func marksAreNeverCutOffTheirLetter() throws {
    let cuts = try learned(["a|b", "c|d", "e|f"], correcting: .whitespace)
    #expect(try texts(of: "ae\u{301}x", .whitespace, cuts).allSatisfy { !$0.hasPrefix("\u{301}") })
  }

  @Test func theSameTextsAndSeedGiveTheSameFileAndItIsReadBack() throws {
    let cuts = try learned(Self.english, correcting: .word)
    #expect(try learned(Self.english, correcting: .word).text() == cuts.text())
    let again = try LearnedCuts(parsing: cuts.text(), file: "raw-cuts.txt")
    #expect(again.text() == cuts.text())
    #expect(try texts(of: "You can't know the U.S.", .word, again) == texts(of: "You can't know the U.S.", .word, cuts))
  }

  @Test(arguments: [
    "", "seqtool cuts 2\n", "seqtool cuts 1\nab\n", "seqtool cuts 1\nab x\n", "seqtool cuts 1\na 1\na 1\n",
    "seqtool cuts 1\nfff 99999999999\n", "seqtool cuts 1\nxyz 1\n",
  ])
  func aDamagedFileIsRefused(text: String) {
    #expect(throws: SeqError.self) { try LearnedCuts(parsing: text, file: "raw-cuts.txt") }
  }

  @Test func detokenizedTokensStandWhereTheyAreSaidToStand() {
    let placed = Detokenizer.placed(["``", "Do", "n't", "go", "''", ",", "she", "said", "(", "很", "好", ")", "."])
    #expect(placed.text == "\"Don't go\", she said (很好).")
    let pieces = placed.ranges.map { String(decoding: Array(placed.text.utf8)[$0], as: UTF8.self) }
    #expect(pieces == ["\"", "Do", "n't", "go", "\"", ",", "she", "said", "(", "很", "好", ")", "."])
  }
}
