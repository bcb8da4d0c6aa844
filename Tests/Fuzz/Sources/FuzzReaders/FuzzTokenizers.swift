import SequenceToolkit

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Cuts one input by the tokenizer that SEQTOOL_FUZZ_TOKENIZER names, or learns from it first, or reads it as a pattern.
///
/// Tokens must be in order and apart, lie on the borders of characters where the kind promises that, have ranges in all
/// units that agree, and nothing but white space may be lost; pieces must give the text again, byte for byte.
@_cdecl("fuzz_tokenizers")
public func fuzzTokenizers(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
  guard count > 0 else { return }
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  let target = TokenizerTarget.shared
  // A tokenizer is given lines of checked UTF-8.
  let text = String(decoding: input.dropFirst(), as: UTF8.self)
  guard let (tokenizer, line) = target.tokenizer(text, choice: input[0]) else { return }
  target.check(tokenizer, line)
}

private struct TokenizerTarget: Sendable {
  static let shared = TokenizerTarget()

  private let kind: TokenizerSettings.Kind

  private init() {
    let name = getenv("SEQTOOL_FUZZ_TOKENIZER").map { String(cString: $0) } ?? "word"
    kind = TokenizerSettings.Kind(rawValue: name)!
  }

  /// A tokenizer and what it is to cut: what stands behind the first line feed where the first line shapes it.
  func tokenizer(_ text: String, choice: UInt8) -> (Tokenizer, String)? {
    var settings = TokenizerSettings(kind: kind)
    settings.normalization = choice & 1 == 0 ? .nfc : .none
    settings.lowercase = choice & 2 != 0
    settings.foldDigits = choice & 4 != 0
    let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let rest = parts.count > 1 ? parts[1] : text
    switch kind {
    case .regex:
      settings.pattern = parts[0]
      guard let tokenizer = try? Tokenizer(settings) else { return nil }
      return (tokenizer, rest)
    case .bpe, .unigram:
      var counts = ChunkCounts(settings)
      for line in text.split(separator: "\n") { counts.add(line) }
      guard counts.total > 0 else { return nil }
      let size = 257 + Int(choice >> 3) * 4
      let model =
        kind == .bpe
        ? BytePairTrainer.train(counts, size: size, minimumCount: 2) : UnigramTrainer.train(counts, size: size)
      // What was learned must be the same from its file.
      let read = try! SubwordModel(parsing: model.text(), file: "pieces")
      precondition(read.text() == model.text(), "a file of pieces that is read as another")
      return (Tokenizer(read), rest)
    default: return (try! Tokenizer(settings), text)
    }
  }

  func check(_ tokenizer: Tokenizer, _ line: String) {
    let bytes = Array(line.utf8)
    let tokens = tokenizer.tokens(of: line)
    precondition(tokens.map(\.range) == tokenizer.ranges(of: line), "ranges that differ from those of the tokens")
    var end = 0
    for token in tokens {
      if kind.isSubword {
        // A piece may be a part of what normalisation made of several characters.
        precondition(token.range.lowerBound >= 0 && token.range.upperBound <= bytes.count, "a range outside the line")
        continue
      }
      precondition(token.range.lowerBound >= end && !token.range.isEmpty, "tokens that are not apart")
      precondition(token.range.upperBound <= bytes.count, "a token outside the line")
      if !kind.cutsCharacters { precondition(Self.isBorder(token.range, bytes), "a part of a character") }
      if kind != .regex { precondition(Self.isBlank(bytes[end..<token.range.lowerBound]), "lost text") }
      end = token.range.upperBound
    }
    if kind != .regex, !kind.isSubword { precondition(Self.isBlank(bytes[end...]), "lost text at the end") }
    checkUnits(tokens, line)
    checkPieces(tokenizer, tokens, line)
  }

  /// The ranges in each unit lie within the line and in order.
  private func checkUnits(_ tokens: [Token], _ line: String) {
    let lengths: [(OffsetUnit, Int)] = [
      (.utf8, line.utf8.count), (.utf16, line.utf16.count), (.scalar, line.unicodeScalars.count),
    ]
    for (unit, length) in lengths {
      let ranges = unit.ranges(of: tokens.map(\.range), in: line)
      precondition(ranges.count == tokens.count, "a range is missing")
      precondition(ranges.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= length }, "a range outside the line")
    }
    _ = OffsetUnit.grapheme.ranges(of: tokens.map(\.range), in: line)
  }

  /// Pieces give the line again, unless it was normalised.
  private func checkPieces(_ tokenizer: Tokenizer, _ tokens: [Token], _ line: String) {
    guard kind.isSubword, let model = tokenizer.subwords else { return }
    let settings = tokenizer.settings
    let isChanged = settings.lowercase || settings.foldDigits || settings.normalization != .none
    guard let again = model.bytes(of: tokens.map(\.text)) else { preconditionFailure("a piece that the model lacks") }
    precondition(isChanged || again == Array(line.utf8), "pieces that give another text")
  }

  private static func isBorder(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    [range.lowerBound, range.upperBound].allSatisfy { $0 == bytes.count || bytes[$0] & 0xC0 != 0x80 }
  }

  private static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.isEmpty || String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }
}
