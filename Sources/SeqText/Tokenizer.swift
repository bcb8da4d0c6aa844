/// Cuts lines into tokens.
///
/// The line is cut as it was written, and each token's text is normalised by itself, so ranges always point into the
/// user's own bytes. Cutting does not depend on normalisation: the boundaries of UAX #29, of clusters and of words,
/// respect canonical equivalence (UAX #29, section 6.3), and so does White_Space. A line and its NFC or NFD form give
/// the same token texts, unless `normalization` is `none`.
///
/// For the kind `byte` each byte is a token. Printable ASCII (0x20–0x7E) stands for itself, any other byte is written
/// `<0xE4>`. Its `lowercase` and `foldDigits` touch ASCII only, and `normalization` does not apply: bytes are what is
/// in the file.
public struct Tokenizer: Sendable {
  /// How it cuts and normalises.
  public let settings: TokenizerSettings

  /// A tokeniser of these settings.
  public init(_ settings: TokenizerSettings = TokenizerSettings()) { self.settings = settings }

  /// The tokens of a line, ascending and apart; none for an empty line.
  public func tokens(of line: some StringProtocol) -> [Token] {
    var tokens: [Token] = []
    forEachToken(in: line) { tokens.append(Token(text: $0, range: $1)) }
    return tokens
  }

  /// The texts of the tokens of a line.
  public func texts(of line: some StringProtocol) -> [String] {
    var texts: [String] = []
    forEachToken(in: line) { text, _ in texts.append(text) }
    return texts
  }

  /// The ids of the tokens of a line; unknown tokens have `Vocabulary.unknownID`.
  public func ids(of line: some StringProtocol, in vocabulary: Vocabulary) -> [Int32] {
    var ids: [Int32] = []
    forEachToken(in: line) { text, _ in ids.append(vocabulary.id(of: text)) }
    return ids
  }

  /// The text of a token that was split off elsewhere, as the vocabulary sees it.
  public func normalized(_ token: String) -> String {
    let source = Array(token.utf8)
    return TokenNormalizer(settings, source).text(source.indices)
  }

  /// Calls `body` with the text and the range of each token of a line, in order.
  public func forEachToken(in line: some StringProtocol, _ body: (String, Range<Int>) -> Void) {
    let source = Array(String(line).utf8)
    let normalizer = TokenNormalizer(settings, source)
    switch settings.kind {
    case .character: ClusterSegmenter(bytes: source).forEachCluster { body(normalizer.text($0), $0) }
    case .whitespace: WhitespaceSegmenter(bytes: source).forEachRun { body(normalizer.text($0), $0) }
    case .word: WordSegmenter(source).forEachWord { body(normalizer.text($0), $0) }
    case .byte: for index in source.indices { body(normalizer.byteText(index), index..<index + 1) }
    }
  }
}
