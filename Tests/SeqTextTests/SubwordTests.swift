import SeqCore
import SeqText
import Testing

@Suite struct SubwordTests {
  private static let kinds: [TokenizerSettings.Kind] = [.bpe, .unigram]
  private static let plain = kinds.map { TokenizerSettings(kind: $0, normalization: .none) }

  /// The classic example of Sennrich et al. 2016, with the counts that it has there.
  @Test func mergesComeByFrequency() {
    var counts = ChunkCounts(TokenizerSettings(normalization: .none))
    for (word, count) in [("low", 5), ("lower", 2), ("newest", 6), ("widest", 3)] {
      for _ in 0..<count { counts.add(word) }
    }
    let lines = BytePairTrainer.train(counts, size: 262).text().split(separator: "\n").dropFirst()
    // Hugging Face tokenizers 0.23, BpeTrainer on the same words, gives the same merges.
    #expect(Array(lines) == ["e s", "es t", "l o", "lo w", "e w", "n ew"])
  }

  @Test(arguments: plain) func piecesGiveBackTheLine(settings: TokenizerSettings) throws {
    let model = subwords(settings)
    let tokenizer = Tokenizer(model)
    let lines =
      (0..<500).map(RandomText.line) + [
        "", " ", "▁", "<0x41> <0xFF>", "\u{2581} a", "👩‍👩‍👧‍👦 🇩🇪", "e\u{301}é\r\n\u{200B}\u{FEFF}",
        String(repeating: "ab", count: 500),
        "Ġ ġ", "\0\t", "中文和文字",
      ]
    for line in lines {
      let tokens = tokenizer.tokens(of: line)
      #expect(model.bytes(of: tokens.map(\.text)) == Array(line.utf8), "\(scalars([line]))")
      // Ranges ascend, and cover the line.
      var end = 0
      for token in tokens {
        #expect(token.range.lowerBound == end && !token.range.isEmpty)
        end = token.range.upperBound
      }
      #expect(end == line.utf8.count)
    }
  }

  @Test(arguments: kinds) func rangesPointIntoTheSourceOfANormalizedLine(kind: TokenizerSettings.Kind) throws {
    let model = subwords(TokenizerSettings(kind: kind, normalization: .nfc, lowercase: true, foldDigits: true))
    let tokenizer = Tokenizer(model)
    for index in 0..<300 {
      let line = RandomText.line(index)
      var end = 0
      for token in tokenizer.tokens(of: line) {
        #expect(token.range.lowerBound == end && token.range.upperBound >= end)
        end = token.range.upperBound
      }
      #expect(end == line.utf8.count)
    }
    let tokens = tokenizer.tokens(of: "THE E\u{301}T\u{C9} 19")
    #expect(model.bytes(of: tokens.map(\.text)) == Array("the été 00".utf8))
  }

  @Test(arguments: plain) func aFileIsTheModel(settings: TokenizerSettings) throws {
    let model = subwords(settings)
    let text = model.text()
    let again = try SubwordModel(parsing: text, file: "pieces")
    #expect(again.text() == text && again.kind == settings.kind && again.count == model.count)
    for index in 0..<200 {
      let line = RandomText.line(index)
      #expect(Tokenizer(again).tokens(of: line) == Tokenizer(model).tokens(of: line))
    }
  }

  /// The order of the lines does not matter, and neither does the run.
  @Test(arguments: plain) func trainingIsDeterministic(settings: TokenizerSettings) {
    var (there, back) = (ChunkCounts(settings), ChunkCounts(settings))
    for index in 0..<300 { there.add(RandomText.line(index)) }
    for index in (0..<300).reversed() { back.add(RandomText.line(index)) }
    let models = [there, back].map {
      settings.kind == .bpe ? BytePairTrainer.train($0, size: 400) : UnigramTrainer.train($0, size: 400)
    }
    #expect(models[0].text() == models[1].text())
    #expect(models[0].count <= 400)
  }

  @Test func frequentWordsBecomePieces() throws {
    for settings in Self.plain {
      let tokens = Tokenizer(subwords(settings)).texts(of: "the theory")
      #expect(tokens[0] == "the", "\(tokens)")
    }
  }

  /// A long word takes the queue, a short one does not: the merges are the same.
  @Test func longWordsAreMergedAsShortOnes() throws {
    let model = try SubwordModel(parsing: "#version: 0.2\na b\nab c\nabc abc\n", file: "pieces")
    let tokens = Tokenizer(model).texts(of: String(repeating: "abc", count: 101))
    #expect(tokens == Array(repeating: "abcabc", count: 50) + ["abc"])
    #expect(Tokenizer(model).texts(of: "abcabcab") == ["abcabc", "ab"])
  }

  @Test(arguments: [
    ("", "1: expected \"#version: 0.2 …\", found an empty file"), ("a b\n", "1: expected \"#version: 0.2"),
    ("#version: 0.2\nab\n", "2: expected two pieces"),
    ("#version: 0.2\nab c\n", "2: \"ab\" is not made by any earlier line"),
    ("#version: 0.2\na b\na b\n", "3: \"a b\" is already in the file"),
    ("#version: 0.2\n中 a\n", "does not stand for a byte"),
    ("#version: 0.2 seqtool unigram\na\tx\n", "2: expected a piece, a tab and a number"),
    ("#version: 0.2 seqtool unigram\na\t-1\na\t-2\n", "3: \"a\" is already in the file"),
    ("#version: 0.2 seqtool unigram lowercase=maybe\n", "1: expected"),
  ])
  func damagedFiles(text: String, message: String) {
    let error = #expect(throws: SeqError.self) { try SubwordModel(parsing: text, file: "pieces") }
    #expect(error?.kind == .data && error?.description.contains(message) == true, "\(error as Any)")
  }
}
