package import SeqConfig
package import SeqCore

/// How to split a line of text into tokens.
public struct TokenizerSettings: Hashable, Sendable {
  /// What a token is.
  public enum Kind: String, CaseIterable, Sendable {
    /// An extended grapheme cluster, what a reader calls a character; white space is a token too.
    case character
    /// A run of characters between White_Space.
    case whitespace
    /// A word by the boundaries of UAX #29; punctuation is a token, white space is not.
    case word
    /// A byte of UTF-8.
    case byte
    /// An English word or sign by the rules of the Penn Treebank.
    case penn
    /// A Han character, or a run of Latin letters and digits; everything else as `word`.
    case chinese
    /// What a regular expression matches.
    case regex
    /// A piece of byte-pair encoding, learned from text.
    case bpe
    /// A piece of a unigram language model, learned from text.
    case unigram

    /// Whether tokens are pieces that are learned from text and kept in a file.
    public var isSubword: Bool { self == .bpe || self == .unigram }
    /// Whether white space is lost, so that the original text cannot be restored.
    public var dropsWhiteSpace: Bool { !cutsCharacters && self != .character }
    /// Whether a token may be only a part of a character, which cannot have a tag.
    public var cutsCharacters: Bool { self == .byte || isSubword }
    /// Whether `LearnedCuts` can correct it: tokens are words, with only white space between them.
    public var takesCuts: Bool { [.whitespace, .word, .penn, .chinese].contains(self) }
  }

  /// The normalisation of tokens before they are looked up in the vocabulary.
  public enum Normalization: String, CaseIterable, Sendable {
    /// Canonical composition (UAX #15): `e` and a combining acute become `é`.
    case nfc
    /// As written. Composed and decomposed forms are different tokens.
    case none
  }

  /// What a token is.
  public var kind: Kind
  /// The normalisation of a token's text. Pieces use that of their file.
  public var normalization: Normalization
  /// Whether tokens are lower-cased, each on its own, by Unicode's rules that need no language or context: `İ` becomes
  /// `i` and a combining dot, `ẞ` becomes `ß`, and a final `Σ` becomes `σ`, not `ς`.
  public var lowercase: Bool
  /// Whether every decimal digit (general category Nd, of any script) becomes `0`.
  public var foldDigits: Bool
  /// The regular expression of the kind `regex`.
  public var pattern: String?
  /// The file of the pieces of the kinds `bpe` and `unigram`.
  public var file: String?

  /// Settings; those left out have their default.
  public init(
    kind: Kind = .word, normalization: Normalization = .nfc, lowercase: Bool = false, foldDigits: Bool = false,
    pattern: String? = nil, file: String? = nil
  ) {
    self.kind = kind
    self.normalization = normalization
    self.lowercase = lowercase
    self.foldDigits = foldDigits
    self.pattern = pattern
    self.file = file
  }

  /// What is wrong with a regular expression, and the remedy; nil if nothing is.
  package static func problem(ofPattern pattern: String) -> SeqError.Diagnostic? {
    do {
      _ = try PatternAutomaton(pattern)
      return nil
    } catch {
      return error.diagnostics[0]
    }
  }
}

extension TokenizerSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .choice(
      "kind", \.kind,
      "How to split text into tokens"
    ).see("reference/tokenizers.md").alias("tokenizer_type", "level"),
    .value(
      "pattern", optional: \.pattern, .text(mayBeEmpty: false), isRequired: true,
      when: [.fact(".kind", in: ["regex"], "only applies to the kind regex")], "The regular expression of a token"
    ).see("reference/tokenizers.md#regex"),
    .value(
      "file", optional: \.file, .path(mayBeEmpty: false), isRequired: true,
      when: [.fact(".kind", in: ["bpe", "unigram"], "only applies to the kinds bpe and unigram")],
      "The file of pieces that `seqtool tokenizer train` wrote"),
    .choice(
      "normalization", \.normalization, when: [unlearned],
      "`nfc` treats composed and decomposed letters as the same"),
    .bool("lowercase", \.lowercase, when: [unlearned], "Whether `Cat` and `cat` are the same token")
      .alias("lower", "lower_case", "do_lower_case", "uncased"),
    .bool("foldDigits", \.foldDigits, when: [unlearned], "Whether every decimal digit becomes `0`")
      .alias("zeros", "replace_digits", "normalize_digits"),
  ]

  /// The file of learned pieces holds this setting.
  private static let unlearned: Condition<Self> = .fact(
    ".kind", notIn: ["bpe", "unigram"], "is set in the tokenizer's file by its training")

  package mutating func settle(_ facts: Facts) {
    if kind.isSubword { normalization = .none }
  }

  package func check(_ reader: ConfigReader) {
    if let pattern, let problem = Self.problem(ofPattern: pattern) {
      reader.problem("pattern", problem.message, remedy: problem.remedy)
    }
    if reader.facts.text("task") == "tagging", kind.cutsCharacters {
      reader.problem(
        "kind",
        "\(kind.rawValue) cannot be combined with tagging: a tag belongs to characters", remedy: "use character")
    }
  }
}
