package import SeqRecords
package import SeqText

/// What a model reads: a text that it cuts, or a record whose tokens may be given.
package protocol ModelInput: Sendable {
  /// The text that places of tokens are counted in.
  var wholeText: String { get }
  /// About how much work it is.
  var byteCount: Int { get }
  /// What further columns say of each token.
  var columns: [[String]]? { get }
  /// Calls `body` with each token as the model sees it, and where the token stands in `wholeText`, in UTF-8 bytes.
  /// - Parameter findsRanges: whether anybody looks at where tokens stand; any range will do if not.
  func forEachToken(_ tokenizer: Tokenizer, findsRanges: Bool, _ body: (ArraySlice<UInt8>, Range<Int>) -> Void)
}

extension String: ModelInput {
  package var wholeText: String { self }
  package var byteCount: Int { utf8.count }
  package var columns: [[String]]? { nil }

  package func forEachToken(_ tokenizer: Tokenizer, findsRanges: Bool, _ body: (ArraySlice<UInt8>, Range<Int>) -> Void)
  {
    tokenizer.forEachUTF8Token(in: self, body)
  }
}

extension Record: ModelInput {
  /// The text or, where tokens alone are known or are not those of the text, the tokens with blanks between them.
  package var wholeText: String {
    guard let tokens else { return text ?? "" }
    if let text, TokenRanges.places(of: tokens, in: text) != nil { return text }
    return tokens.joined(separator: " ")
  }

  package var byteCount: Int { text?.utf8.count ?? tokens.map { $0.reduce(0) { $0 + 1 + $1.utf8.count } } ?? 0 }

  package var columns: [[String]]? { features }

  package func forEachToken(_ tokenizer: Tokenizer, findsRanges: Bool, _ body: (ArraySlice<UInt8>, Range<Int>) -> Void)
  {
    guard let tokens, !tokenizer.settings.kind.cutsCharacters else {
      return tokenizer.forEachUTF8Token(
        in: findsRanges ? wholeText : text ?? tokens?.joined(separator: " ") ?? "", body)
    }
    let places = !findsRanges ? nil : text.flatMap { TokenRanges.places(of: tokens, in: $0) }
    var start = 0
    for (i, token) in tokens.enumerated() {
      let range = places?[i] ?? start..<start + token.utf8.count
      tokenizer.visitNormalized(token) { body($0, range) }
      start += token.utf8.count + 1
    }
  }
}

extension Tokenizer {
  /// Calls `body` with the tokens of a record: those it brings, each normalised, or those of its text.
  package func forEachUTF8Token(of record: Record, _ body: (ArraySlice<UInt8>) -> Void) {
    record.forEachToken(self, findsRanges: false) { token, _ in body(token) }
  }
}
