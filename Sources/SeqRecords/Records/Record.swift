import SeqText

/// One example of a file: a text or a sequence of tokens, with its answers.
public struct Record: Sendable, Hashable {
  /// The raw text, for formats that hold texts; may be empty, and is never trimmed.
  public var text: String?
  /// The tokens, for formats that hold token sequences.
  public var tokens: [String]?
  /// The class of the whole example, if it was wanted; never empty.
  public var label: String?
  /// One tag per token, if tags were wanted.
  public var tags: [String]?
  /// The marked parts of the text, if the format holds them; in the order of their starts.
  public var spans: [LabelledSpan]?
  /// The target of the text, if it was wanted.
  public var target: String?
  /// The values of further columns for each token, column by column, if there are any.
  public var features: [[String]]?
  /// The one-based line where the record starts.
  public var line: Int
  /// The record's file, if a format has a file for each record or class.
  public var file: String?
  /// Everything else that the format holds, if it was wanted.
  public var details: RecordDetails?

  /// A record with the parts that its format has.
  public init(
    text: String? = nil, tokens: [String]? = nil, label: String? = nil, tags: [String]? = nil,
    spans: [LabelledSpan]? = nil, target: String? = nil, features: [[String]]? = nil, line: Int, file: String? = nil,
    details: RecordDetails? = nil
  ) {
    self.text = text
    self.tokens = tokens
    self.label = label
    self.tags = tags
    self.spans = spans
    self.target = target
    self.features = features
    self.line = line
    self.file = file
    self.details = details
  }
}

extension Record {
  /// The number of Unicode scalars of the text, or of the tokens separated by spaces, plus one for the line end.
  package var characters: Int {
    1 + (text?.unicodeScalars.count ?? tokens.map { $0.reduce(-1) { $0 + 1 + $1.unicodeScalars.count } } ?? 0)
  }
}

/// A part of a text and its type.
public struct LabelledSpan: Sendable, Hashable {
  /// Unicode scalars (code points) from the text's start, as in Python's strings.
  public var range: Range<Int>
  /// The type of the part.
  public var label: String

  /// A part of a text.
  public init(_ range: Range<Int>, label: String) {
    self.range = range
    self.label = label
  }
}

/// What a reader should return in addition to the text or tokens.
public enum Wanted: String, CaseIterable, Sendable {
  /// Only texts or tokens, as for prediction. An input without records is then not an error.
  case text
  /// Texts or tokens with all fields of the file, so that they can be written again with answers. An answer in the file
  /// is just one of these fields and may be anything.
  case fields
  /// A class for each record.
  case label
  /// A tag for each token.
  case tags
  /// A tag for each token, and a sentence label.
  case tagsAndLabel = "tags and a label"
  /// A target for each text, as for transduction.
  case target
  /// Everything that the format holds, as for conversion; an absent label is not an error.
  case everything

  /// Whether a record must have a tag for each token.
  package var includesTags: Bool { self == .tags || self == .tagsAndLabel }

  /// Whether a record must have a label.
  package var includesLabel: Bool { self == .label || self == .tagsAndLabel }

  /// Whether no answers are read from the file.
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

extension Record {
  /// The record with its labels and tags in composed form (NFC), so that two ways to write a label give the same label.
  package func withComposedLabels() -> Record {
    guard hasDecomposedLabels else { return self }
    var record = self
    record.label = label?.composed()
    record.tags = tags?.map { $0.composed() }
    record.spans = spans?.map { LabelledSpan($0.range, label: $0.label.composed()) }
    return record
  }

  private var hasDecomposedLabels: Bool {
    !(label?.isComposed ?? true) || !(tags?.allSatisfy(\.isComposed) ?? true)
      || !(spans?.allSatisfy(\.label.isComposed) ?? true)
  }
}
