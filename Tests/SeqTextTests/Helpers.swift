import SeqText

/// A tokenizer of a kind.
func tokenizer(
  _ kind: TokenizerSettings.Kind, _ normalization: TokenizerSettings.Normalization = .nfc, lowercase: Bool = false,
  foldDigits: Bool = false
) throws -> Tokenizer {
  try tokenizer(
    TokenizerSettings(kind: kind, normalization: normalization, lowercase: lowercase, foldDigits: foldDigits))
}

/// A tokenizer of settings; with a pattern of its own, or pieces learned from random lines, where the kind needs them.
func tokenizer(_ settings: TokenizerSettings) throws -> Tokenizer {
  var settings = settings
  if settings.kind == .regex { settings.pattern = settings.pattern ?? #"\w+|[^\w\s]"# }
  guard settings.kind.isSubword else { return try Tokenizer(settings) }
  return Tokenizer(subwords(settings))
}

/// Pieces learned from random lines and a few sentences.
func subwords(_ settings: TokenizerSettings, size: Int = 400) -> SubwordModel {
  var counts = ChunkCounts(settings)
  for index in 0..<200 { counts.add(RandomText.line(index)) }
  for _ in 0..<3 { counts.add("the theory of the other things, 中文和中国文字, naïve café") }
  return settings.kind == .bpe
    ? BytePairTrainer.train(counts, size: size) : UnigramTrainer.train(counts, size: size)
}

/// The scalars of strings, so that canonically equivalent texts differ.
func scalars(_ texts: [String]) -> [[UInt32]] { texts.map { $0.unicodeScalars.map(\.value) } }

/// The part of a line that a token came from.
func source(_ token: Token, in line: String) -> String? {
  let utf8 = line.utf8
  let start = utf8.index(utf8.startIndex, offsetBy: token.range.lowerBound)
  let end = utf8.index(utf8.startIndex, offsetBy: token.range.upperBound)
  guard start.samePosition(in: line.unicodeScalars) != nil, end.samePosition(in: line.unicodeScalars) != nil else {
    return nil
  }
  return String(line[start..<end])
}
