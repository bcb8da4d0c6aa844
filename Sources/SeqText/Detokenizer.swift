/// Joins tokens to text: the reverse of a `Tokenizer`.
///
/// The kinds `character`, `byte`, `bpe` and `unigram` lose nothing except what normalisation changes, so the text comes
/// back unchanged. The other kinds drop white space, so the detokenizer puts spaces between words by the rules of
/// English and Chinese punctuation.
public struct Detokenizer: Sendable {
  /// The token for the end of a line, for tokenizers that give it no token of its own.
  public static let lineEnd = "\n"

  private let kind: TokenizerSettings.Kind
  private let subwords: SubwordModel?

  /// The detokenizer of a tokenizer.
  public init(_ tokenizer: Tokenizer) {
    kind = tokenizer.settings.kind
    subwords = tokenizer.subwords
  }

  /// The tokens that a tokenizer gives for the end of a line; `lineEnd` for one that drops white space.
  public static func lineEnd(for tokenizer: Tokenizer) -> [String] {
    let tokens = tokenizer.texts(of: lineEnd)
    return tokens.isEmpty ? [lineEnd] : tokens
  }

  /// The text of some tokens. Bytes that are not UTF-8 become the replacement character U+FFFD.
  public func text(of tokens: [String]) -> String {
    switch kind {
    case .character: tokens.joined()
    case .byte: String(decoding: tokens.flatMap(Self.bytes), as: UTF8.self)
    case .bpe, .unigram: String(decoding: subwords?.bytes(of: tokens) ?? [], as: UTF8.self)
    case .whitespace: Self.joined(tokens.map(SpacedToken.init(word:))).text
    case .word, .penn, .chinese, .regex: words(tokens).text
    }
  }

  /// The text of some words with English or Chinese spacing, and the range of each word in UTF-8 bytes.
  package static func placed(_ tokens: [String]) -> (text: String, ranges: [Range<Int>]) {
    var quotes = QuoteMarks()
    return joined(tokens.map { quotes.next($0, isPenn: true) })
  }

  /// The byte that a token of the kind `byte` stands for; of another token, its own bytes.
  private static func bytes(of token: String) -> [UInt8] {
    guard token.utf8.count == 6, token.hasPrefix("<0x"), token.hasSuffix(">"),
      let byte = UInt8(token.dropFirst(3).dropLast(), radix: 16)
    else { return Array(token.utf8) }
    return [byte]
  }

  private func words(_ tokens: [String]) -> (text: String, ranges: [Range<Int>]) {
    var quotes = QuoteMarks()
    return Self.joined(tokens.map { quotes.next($0, isPenn: kind == .penn) })
  }

  private static func joined(_ tokens: [SpacedToken]) -> (text: String, ranges: [Range<Int>]) {
    var (text, ranges) = ("", [Range<Int>]())
    for (i, token) in tokens.enumerated() {
      if i > 0, tokens[i - 1].allowsSpaceAfter, token.allowsSpaceBefore, !tokens[i - 1].isDense, !token.isDense {
        text += " "
      }
      ranges.append(text.utf8.count..<text.utf8.count + token.text.utf8.count)
      text += token.text
    }
    return (text, ranges)
  }
}

/// A token, and on which sides of it a space is allowed.
private struct SpacedToken {
  var text: String
  var allowsSpaceBefore = true
  var allowsSpaceAfter = true
  /// Whether its script has no spaces between words.
  var isDense = false

  init(_ text: String) {
    self.text = text
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return }
    isDense = Self.isDense(first) || Self.isDense(last)
    allowsSpaceBefore = !(Self.isClosing(first) || Self.isTight(text))
    allowsSpaceAfter = !(Self.isOpening(last) || Self.isTight(text))
  }

  /// A word with spaces on both sides, whatever it consists of.
  init(word: String) {
    text = word
    (allowsSpaceBefore, allowsSpaceAfter) = (word != Detokenizer.lineEnd, word != Detokenizer.lineEnd)
  }

  /// Han, Hiragana, Katakana, and their punctuation.
  private static func isDense(_ scalar: Unicode.Scalar) -> Bool {
    2...4 ~= ScalarCategory(scalar.value).script || 0x3000...0x303F ~= scalar.value || 0xFF00...0xFFEF ~= scalar.value
  }

  private static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
    let category = ScalarCategory(scalar.value).category
    // Ps, Pi, Sc.
    return category == 14 || category == 16 || category == 20 || "#@¿¡".unicodeScalars.contains(scalar)
  }

  private static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
    let category = ScalarCategory(scalar.value).category
    // Pe, Pf.
    return category == 15 || category == 17 || ".,;:!?%…".unicodeScalars.contains(scalar)
  }

  private static func isTight(_ text: String) -> Bool { ["-", "/", Detokenizer.lineEnd].contains(text) }
}

/// Decides which straight quote marks of a line open and which close.
private struct QuoteMarks {
  private var isOpen = false
  private static let endings = ["n't", "'s", "'ll", "'re", "'ve", "'d", "'m", "'"]
  private static let brackets = ["-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"]

  mutating func next(_ token: String, isPenn: Bool) -> SpacedToken {
    if token == Detokenizer.lineEnd { isOpen = false }
    if token == "\"" || isPenn && (token == "``" || token == "''") {
      isOpen = token == "\"" ? !isOpen : token == "``"
      var mark = SpacedToken("\"")
      (mark.allowsSpaceBefore, mark.allowsSpaceAfter) = (isOpen, !isOpen)
      return mark
    }
    var word = SpacedToken(isPenn ? Self.brackets[token] ?? token : token)
    if isPenn, Self.endings.contains(token.lowercased()) { word.allowsSpaceBefore = false }
    return word
  }
}
