public import SeqCore

/// Splits lines into tokens.
///
/// The tokenizer splits the line as written and normalises each token's text on its own, so ranges always point into
/// the user's own bytes. For the kinds `character`, `whitespace` and `word`, splitting does not depend on
/// normalisation: the boundaries of UAX #29, of clusters and of words, respect canonical equivalence (UAX #29, section
/// 6.3), and so does White_Space. A line and its NFC or NFD form then give the same token texts, unless `normalization`
/// is `none`.
///
/// For the kind `byte` each byte is a token. Printable ASCII (0x20–0x7E) stands for itself, any other byte is written
/// `<0xE4>`. Its `lowercase` and `foldDigits` only change ASCII, and `normalization` does not apply. For the kind
/// `penn` opening quote marks have the text ` `` `, closing ones `''`, as in the treebank. The kinds `bpe` and
/// `unigram` split the normalised line, but their ranges still refer to the source.
public struct Tokenizer: Sendable {
  /// How it cuts and normalises.
  public let settings: TokenizerSettings
  /// The pieces of the kinds `bpe` and `unigram`.
  public let subwords: SubwordModel?
  /// Corrections of its kind; nil if there are none.
  public let cuts: LearnedCuts?
  private let pattern: PatternAutomaton?

  /// A tokenizer with these settings.
  ///
  /// - Parameter cuts: corrections of its kind, which drops white space and is none of `regex`, `bpe` and `unigram`.
  /// - Throws: `.data` for an invalid regular expression, or a file of pieces that is damaged or of another kind;
  ///   `.missingInput` if the file does not exist.
  public init(_ settings: TokenizerSettings = TokenizerSettings(), cuts: LearnedCuts? = nil) throws(SeqError) {
    precondition(cuts == nil || settings.kind.takesCuts, "cuts of words")
    self.settings = settings
    self.cuts = cuts
    subwords = settings.kind.isSubword ? try Self.subwords(settings) : nil
    pattern = settings.kind == .regex ? try PatternAutomaton(settings.pattern ?? "") : nil
  }

  /// A tokenizer that splits into the pieces of a model.
  public init(_ subwords: SubwordModel) {
    settings = subwords.settings
    self.subwords = subwords
    (cuts, pattern) = (nil, nil)
  }

  private static func subwords(_ settings: TokenizerSettings) throws(SeqError) -> SubwordModel {
    guard let file = settings.file else {
      throw .data(
        "the tokenizer \(settings.kind.rawValue) needs a file", remedy: .trainTokenizer)
    }
    guard FileSystem.exists(file) else { throw FileSystem.missing(file) }
    let model = try SubwordModel(parsing: try FileSystem.readText(file), file: file)
    guard model.kind == settings.kind else {
      throw .data(
        "holds a tokenizer of kind \(model.kind.rawValue), expected \(settings.kind.rawValue)", at: .file(file),
        remedy: "set the kind to \"\(model.kind.rawValue)\"")
    }
    return model
  }

  /// The tokens of a line, in order and without overlap; none for an empty line.
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

  /// The ranges of the tokens of a line, in UTF-8 bytes.
  public func ranges(of line: some StringProtocol) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    forEachUTF8Token(in: line) { ranges.append($1) }
    return ranges
  }

  /// The ids of the tokens of a line; unknown tokens have `Vocabulary.unknownID`.
  public func ids(of line: some StringProtocol, in vocabulary: Vocabulary) -> [Int32] {
    var ids: [Int32] = []
    forEachUTF8Token(in: line) { text, _ in ids.append(vocabulary.id(ofUTF8: text)) }
    return ids
  }

  /// The normalised text of a token that was split elsewhere.
  public func normalized(_ token: String) -> String {
    var result = ""
    visitNormalized(token) { result = String(decoding: $0, as: UTF8.self) }
    return result
  }

  /// Calls `body` with the normalised text, in UTF-8, of a token that was split elsewhere.
  package func visitNormalized(_ token: String, _ body: (ArraySlice<UInt8>) -> Void) {
    let source = Array(token.utf8)
    TokenNormalizer(settings, source).visit(source.indices, body)
  }

  /// The same for a token in UTF-8.
  package func visitNormalized(utf8 token: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
    let source = Array(token)
    TokenNormalizer(settings, source).visit(source.indices, body)
  }

  /// Calls `body` with the text and the range of each token of a line, in order.
  public func forEachToken(in line: some StringProtocol, _ body: (String, Range<Int>) -> Void) {
    forEachUTF8Token(in: line) { body(String(decoding: $0, as: UTF8.self), $1) }
  }

  /// Calls `body` in order with the UTF-8 text and the range of each token of a line, without making strings.
  package func forEachUTF8Token(
    in line: some StringProtocol, _ body: (ArraySlice<UInt8>, Range<Int>) -> Void
  ) {
    let source = Array(String(line).utf8)
    if let subwords { return subwords.forEachPiece(source, body) }
    let normalizer = TokenNormalizer(settings, source)
    if let cuts { return forEachToken(of: source, by: cuts, normalizer, body) }
    func take(_ range: Range<Int>) { normalizer.visit(range) { body($0, range) } }
    switch settings.kind {
    case .character: ClusterSegmenter(bytes: source).forEachCluster(take)
    case .whitespace: WhitespaceSegmenter(bytes: source).forEachRun(take)
    case .word: WordSegmenter(source).forEachWord(take)
    case .chinese: ChineseSegmenter(source).forEachToken(take)
    case .regex: pattern?.forEachMatch(in: source, take)
    case .byte:
      for index in source.indices { body(TokenNormalizer.byteTexts[Int(normalizer.bytes[index])], index..<index + 1) }
    case .penn:
      PennSegmenter(source).forEachToken { range, quote in
        if let quote { body(quote.text, range) } else { take(range) }
      }
    case .bpe, .unigram: break
    }
  }

  /// The same with corrections. A quote mark that is a token of the kind `penn` keeps its text.
  private func forEachToken(
    of source: [UInt8], by cuts: LearnedCuts, _ normalizer: TokenNormalizer,
    _ body: (ArraySlice<UInt8>, Range<Int>) -> Void
  ) {
    var ranges: [Range<Int>] = []
    var quotes: [Range<Int>: PennSegmenter.Quote] = [:]
    switch settings.kind {
    case .whitespace: WhitespaceSegmenter(bytes: source).forEachRun { ranges.append($0) }
    case .word: WordSegmenter(source).forEachWord { ranges.append($0) }
    case .chinese: ChineseSegmenter(source).forEachToken { ranges.append($0) }
    case .penn:
      PennSegmenter(source).forEachToken { range, quote in
        ranges.append(range)
        if let quote { quotes[range] = quote }
      }
    case .character, .byte, .regex, .bpe, .unigram: break
    }
    cuts.forEachToken(CutLine(source, tokens: ranges)) { range in
      if let quote = quotes[range] { body(quote.text, range) } else { normalizer.visit(range) { body($0, range) } }
    }
  }
}

extension PennSegmenter.Quote {
  private static let backticks: ArraySlice<UInt8> = [0x60, 0x60]
  private static let apostrophes: ArraySlice<UInt8> = [0x27, 0x27]

  /// The mark as the treebank writes it.
  fileprivate var text: ArraySlice<UInt8> {
    switch self {
    case .opening: Self.backticks
    case .closing: Self.apostrophes
    }
  }
}
