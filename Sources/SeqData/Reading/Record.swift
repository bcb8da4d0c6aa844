/// One example as a file holds it: a text or a sequence of tokens, and what is known about it.
public struct Record: Sendable, Hashable {
  /// The raw text, for formats that hold texts; may be empty, and is never trimmed.
  public var text: String?
  /// The tokens, for formats that hold token sequences.
  public var tokens: [String]?
  /// The class of the whole example, if it was wanted; never empty.
  public var label: String?
  /// One tag a token, if tags were wanted.
  public var tags: [String]?
  /// The one-based line where the record starts.
  public var line: Int

  /// A record of which as much is given as its format has.
  public init(
    text: String? = nil, tokens: [String]? = nil, label: String? = nil, tags: [String]? = nil, line: Int
  ) {
    self.text = text
    self.tokens = tokens
    self.label = label
    self.tags = tags
    self.line = line
  }
}

/// What a reader is asked for besides the text or tokens themselves.
public enum Wanted: String, CaseIterable, Sendable {
  /// Texts or tokens alone, as for prediction. An input without a record is then no error.
  case text
  /// A class for each record.
  case label
  /// A tag for each token.
  case tags
}
