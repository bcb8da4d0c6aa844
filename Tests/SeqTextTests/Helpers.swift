import SeqText

/// A tokenizer of a kind.
func tokenizer(
  _ kind: TokenizerSettings.Kind, _ normalization: TokenizerSettings.Normalization = .nfc, lowercase: Bool = false,
  foldDigits: Bool = false
) -> Tokenizer {
  Tokenizer(
    TokenizerSettings(kind: kind, normalization: normalization, lowercase: lowercase, foldDigits: foldDigits))
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
