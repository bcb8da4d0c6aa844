public import SeqCore

/// What a check looks for.
public enum FindingKind: String, CaseIterable, Sendable {
  // Errors: these stop a fit, or make its scores wrong.
  /// A row, line or sentence that does not fit the format.
  case unreadable
  /// A byte that is not UTF-8, or NUL.
  case encoding
  /// A tag, or a part, in another scheme than nearly all others.
  case mixedScheme = "mixed-scheme"
  /// A tag that may not follow the one before.
  case tagSequence = "tag-sequence"
  /// A vector, of a word of the data, with a value that is not a finite number.
  case vectorNumber = "vector-number"
  // Warnings: tags.
  /// Span tags in another form than `B-PER`, which count as parts of speech.
  case tagForm = "tag-form"
  // Warnings: characters.
  /// A mark at the start of a file.
  case byteOrderMark = "byte-order-mark"
  /// Some lines, but not all, end with a carriage return.
  case lineEnds = "line-ends"
  /// Control characters, line separators, direction overrides.
  case control
  /// Characters without width, except for joiners and direction marks.
  case zeroWidth = "zero-width"
  /// Spaces that do not break.
  case noBreakSpace = "no-break-space"
  /// A line that is not in NFC.
  case decomposed
  /// U+FFFD.
  case replacement
  /// UTF-8 that was once read as Latin-1.
  case mojibake
  // Warnings: records.
  /// A record without a token.
  case emptyText = "empty-text"
  /// A text or label that begins or ends with white space.
  case blankEdges = "blank-edges"
  /// A text far longer than the others.
  case length
  // Warnings: labels.
  /// Labels that differ only in case, white space or underscores.
  case labelVariant = "label-variant"
  /// A label of dev or test that does not occur in training.
  case unseenLabel = "unseen-label"
  /// A label that occurs once in training.
  case rareLabel = "rare-label"
  /// The most frequent label is far more frequent than the rarest.
  case imbalance
  // Warnings: repetitions.
  /// A text that occurred before with another answer.
  case conflict
  /// A text that occurred before in its part with the same answer.
  case duplicate
  /// A text that also occurs in an earlier part.
  case leak
  /// A text that is nearly the same as an earlier one of its part.
  case nearDuplicate = "near-duplicate"
  /// A text that is nearly the same as one of an earlier part.
  case nearLeak = "near-leak"
  // Warnings: vocabularies.
  /// Many tokens that do not occur in training.
  case vocabulary
  /// Words without a vector, or lines that are not vectors.
  case vectors

  /// Whether it is an error, which stops a fit or makes its scores wrong. All others are warnings.
  public var isError: Bool {
    switch self {
    case .unreadable, .encoding, .mixedScheme, .tagSequence, .vectorNumber: true
    default: false
    }
  }
}

/// One thing that a check found.
public struct Finding: Sendable {
  /// What it is.
  public var kind: FindingKind
  /// Where it is, with line and column where there is one.
  public var place: Place
  /// What is wrong.
  public var message: String
  /// What to try; nil if you can only look at the data yourself.
  public var remedy: String?
}

extension Finding: CustomStringConvertible {
  /// `file:line:column: error: what is wrong (try …) [kind]`
  public var description: String {
    let hint = remedy.map { " (\($0))" } ?? ""
    return "\(place): \(kind.isError ? "error" : "warning"): \(message)\(hint) [\(kind.rawValue)]"
  }
}

/// The findings of one kind: the first ones, and the total number.
public struct FindingGroup: Sendable {
  /// The kind.
  public var kind: FindingKind
  /// The first findings, by part and line.
  public var shown: [Finding]
  /// The total number.
  public var count: Int
}
