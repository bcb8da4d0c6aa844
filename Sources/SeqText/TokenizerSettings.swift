/// How a line of text becomes tokens.
public struct TokenizerSettings: Equatable, Sendable {
  /// What a token is.
  public enum Kind: String, CaseIterable, Sendable {
    /// An extended grapheme cluster, what a reader calls a character; white space is a token too.
    case character
    /// What stands between White_Space.
    case whitespace
    /// A word by the boundaries of UAX #29; punctuation is a token, white space is none.
    case word
    /// A byte of UTF-8.
    case byte
  }

  /// The form that tokens are brought to before the vocabulary sees them.
  public enum Normalization: String, CaseIterable, Sendable {
    /// Canonical composition (UAX #15): `e` and a combining acute become `é`.
    case nfc
    /// As written. Composed and decomposed spellings are different tokens.
    case none
  }

  /// What a token is.
  public var kind: Kind
  /// The form that a token's text is brought into.
  public var normalization: Normalization
  /// Whether tokens are lower-cased: each by itself, by Unicode's rules that need no language or context.
  /// So `İ` becomes `i` and a combining dot, `ẞ` becomes `ß`, and a final `Σ` becomes `σ`, not `ς`.
  public var lowercase: Bool
  /// Whether every decimal digit (general category Nd, of any script) becomes `0`.
  public var foldDigits: Bool

  /// Settings of which those left out have their usual value.
  public init(
    kind: Kind = .word, normalization: Normalization = .nfc, lowercase: Bool = false, foldDigits: Bool = false
  ) {
    self.kind = kind
    self.normalization = normalization
    self.lowercase = lowercase
    self.foldDigits = foldDigits
  }
}
