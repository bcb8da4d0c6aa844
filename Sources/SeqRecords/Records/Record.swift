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
  /// The marked parts of the text, if the format holds them; in the order of their starts.
  public var spans: [LabelledSpan]?
  /// What the text is to be turned into, if it was wanted.
  public var target: String?
  /// What further columns say of each token: column by column, if there are any.
  public var inputs: [[String]]?
  /// The one-based line where the record starts.
  public var line: Int
  /// The file that the record is from, where a format has one for each record or class.
  public var file: String?
  /// What else the format holds, if everything was wanted.
  public var details: RecordDetails?

  /// A record of which as much is given as its format has.
  public init(
    text: String? = nil, tokens: [String]? = nil, label: String? = nil, tags: [String]? = nil,
    spans: [LabelledSpan]? = nil, target: String? = nil, inputs: [[String]]? = nil, line: Int, file: String? = nil,
    details: RecordDetails? = nil
  ) {
    self.text = text
    self.tokens = tokens
    self.label = label
    self.tags = tags
    self.spans = spans
    self.target = target
    self.inputs = inputs
    self.line = line
    self.file = file
    self.details = details
  }
}

extension Record {
  /// Unicode scalars of the text, or of the tokens with blanks between them, and one for its end, as if it were a line.
  package var characters: Int {
    1 + (text?.unicodeScalars.count ?? tokens.map { $0.reduce(-1) { $0 + 1 + $1.unicodeScalars.count } } ?? 0)
  }
}

/// A part of a text and its type.
public struct LabelledSpan: Sendable, Hashable {
  /// Unicode scalars (code points) from the text's start, as in Python's strings.
  public var range: Range<Int>
  /// What the part is.
  public var label: String

  /// A part of a text.
  public init(_ range: Range<Int>, label: String) {
    self.range = range
    self.label = label
  }
}

/// What a reader is asked for besides the text or tokens themselves.
public enum Wanted: String, CaseIterable, Sendable {
  /// Texts or tokens alone, as for prediction. An input without a record is then no error.
  case text
  /// Texts or tokens with all fields as the file has them, so that they can be written again with answers: an answer
  /// that the file has already is one of those fields, and may be anything.
  case fields
  /// A class for each record.
  case label
  /// A tag for each token.
  case tags
  /// A tag for each token, and a label for the whole.
  case tagsAndLabel = "tags and a label"
  /// A target for each text, as for transduction.
  case target
  /// Whatever the format holds, as for conversion: an absent label is no error.
  case everything

  /// Whether a record must have a tag for each token.
  package var includesTags: Bool { self == .tags || self == .tagsAndLabel }

  /// Whether it must have a label for the whole.
  package var includesLabel: Bool { self == .label || self == .tagsAndLabel }

  /// Whether no answer is taken from the file.
  package var isOfTextsAlone: Bool { self == .text || self == .fields }

  /// Its name in messages.
  package var plural: String {
    switch self {
    case .text, .fields, .everything: "texts"
    case .label: "labels"
    case .tags: "tags"
    case .tagsAndLabel: "tags with a label"
    case .target: "targets"
    }
  }
}
