import Foundation
import SeqText
import Testing

private let everySetting: [TokenizerSettings] = TokenizerSettings.Kind.allCases.flatMap { kind in
  TokenizerSettings.Normalization.allCases.flatMap { normalization in
    [false, true].flatMap { lowercase in
      [false, true].map { foldDigits in
        TokenizerSettings(
          kind: kind, normalization: normalization, lowercase: lowercase, foldDigits: foldDigits)
      }
    }
  }
}

@Suite struct TokenizerPropertyTests {
  /// Ranges ascend on scalar boundaries, only white space is between them, and a token's source alone gives its text.
  @Test(arguments: everySetting.filter { !$0.kind.cutsCharacters })
  func ranges(settings: TokenizerSettings) throws {
    let tokenizer = try tokenizer(settings)
    for index in 0..<300 {
      let line = RandomText.line(index)
      var end = 0
      for token in tokenizer.tokens(of: line) {
        #expect(isDroppable(line, end..<token.range.lowerBound, settings.kind))
        #expect(!token.range.isEmpty && token.range.upperBound <= line.utf8.count)
        guard let slice = source(token, in: line) else {
          Issue.record("\(token) is off a scalar boundary")
          return
        }
        let text = settings.kind == .penn ? quoted(slice, token) : slice
        #expect(scalars([normalized(text, settings)]) == scalars([token.text]))
        end = token.range.upperBound
      }
      #expect(isDroppable(line, end..<line.utf8.count, settings.kind))
    }
  }

  @Test(arguments: everySetting.filter { $0.kind == .byte })
  func bytesCoverTheLine(settings: TokenizerSettings) throws {
    let tokenizer = try tokenizer(settings)
    for index in 0..<100 {
      let line = RandomText.line(index)
      let tokens = tokenizer.tokens(of: line)
      #expect(tokens.map(\.range) == line.utf8.indices.enumerated().map { $0.offset..<$0.offset + 1 })
    }
  }

  /// Composed, decomposed and mixed spellings of a line give the same tokens.
  @Test(
    arguments: everySetting.filter { [.character, .whitespace, .word].contains($0.kind) && $0.normalization == .nfc })
  func canonicalEquivalence(settings: TokenizerSettings) throws {
    let tokenizer = try tokenizer(settings)
    for index in 0..<300 {
      let line = RandomText.line(index)
      let expected = scalars(tokenizer.texts(of: line))
      let spellings = [line.foundationNFC, line.decomposedStringWithCanonicalMapping]
      for spelling in spellings where scalars(tokenizer.texts(of: spelling)) != expected {
        Issue.record("\(line.debugDescription) \(scalars([line])) as \(scalars([spelling]))")
      }
    }
  }

  /// Texts without ranges are the same texts.
  @Test(arguments: everySetting)
  func textsAreTokens(settings: TokenizerSettings) throws {
    let tokenizer = try tokenizer(settings)
    for index in 0..<100 {
      let line = RandomText.line(index)
      #expect(scalars(tokenizer.texts(of: line)) == scalars(tokenizer.tokens(of: line).map(\.text)))
      #expect(tokenizer.ranges(of: line) == tokenizer.tokens(of: line).map(\.range))
    }
  }

  /// Penn's text of a quote mark, else the source.
  private func quoted(_ slice: String, _ token: Token) -> String {
    ["\"", "''"].contains(slice) && ["``", "''"].contains(token.text) ? token.text : slice
  }

  /// Whether a tokenizer of a kind may leave out a range of bytes: nothing, or white space.
  private func isDroppable(_ line: String, _ range: Range<Int>, _ kind: TokenizerSettings.Kind) -> Bool {
    let dropped = String(decoding: Array(line.utf8)[range], as: UTF8.self)
    return kind == .character ? range.isEmpty : dropped.unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }

  /// What a token's text must be, in Foundation's words.
  private func normalized(_ text: String, _ settings: TokenizerSettings) -> String {
    let isNFC = settings.normalization == .nfc
    var result = isNFC ? text.foundationNFC : text
    if settings.lowercase { result = result.lowercased() }
    if settings.foldDigits {
      let folded = result.unicodeScalars.map { $0.properties.generalCategory == .decimalNumber ? "0" : $0 }
      result = String(String.UnicodeScalarView(folded))
    }
    return isNFC ? result.foundationNFC : result
  }
}
