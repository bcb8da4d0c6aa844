public import SeqCore

/// What a check looks for.
public enum FindingKind: String, CaseIterable, Sendable {
  // Errors: what stops a fit, or makes its scores wrong.
  /// A row, line or sentence that is not of the format.
  case unreadable
  /// A byte that is not UTF-8, or NUL.
  case encoding
  /// A tag, or a part, in another scheme than nearly all others.
  case mixedScheme = "mixed-scheme"
  /// A tag that may not follow the one before.
  case tagSequence = "tag-sequence"
  /// A vector of a word of the data that holds what is no finite number.
  case vectorNumber = "vector-number"
  // Warnings: tags.
  /// Tags of spans that are not written as `B-PER`, so that they count as parts of speech.
  case tagForm = "tag-form"
  // Warnings: characters.
  /// A mark at the start of a file.
  case byteOrderMark = "byte-order-mark"
  /// Lines of which some end with a carriage return.
  case lineEnds = "line-ends"
  /// Control characters, line separators, direction overrides.
  case control
  /// Characters without width, but for joiners and direction marks.
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
  /// A text or label that begins or ends with a blank.
  case blankEdges = "blank-edges"
  /// A text far longer than the others.
  case length
  // Warnings: labels.
  /// Labels that differ in case, blanks or underscores alone.
  case labelVariant = "label-variant"
  /// A label of dev or test that training lacks.
  case unseenLabel = "unseen-label"
  /// A label that training has once.
  case rareLabel = "rare-label"
  /// A most frequent label far more frequent than the rarest.
  case imbalance
  // Warnings: repetitions.
  /// A text with another answer than it had before.
  case conflict
  /// A text with the answer that it had before in its part.
  case duplicate
  /// A text that an earlier part has.
  case leak
  /// A text that is nearly one before in its part.
  case nearDuplicate = "near-duplicate"
  /// A text that is nearly one of an earlier part.
  case nearLeak = "near-leak"
  // Warnings: vocabularies.
  /// Many tokens that training lacks.
  case vocabulary
  /// Words without a vector, or lines that are none.
  case vectors

  /// Whether it is an error: what stops a fit, or makes its scores wrong. All else is a warning.
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
  /// What to try; nil where nothing but a look at the data helps.
  public var remedy: String?
}

extension Finding: CustomStringConvertible {
  /// `file:line:column: error: what is wrong (try …) [kind]`
  public var description: String {
    let hint = remedy.map { " (\($0))" } ?? ""
    return "\(place): \(kind.isError ? "error" : "warning"): \(message)\(hint) [\(kind.rawValue)]"
  }
}

/// What was found of one kind: the first ones, and how many there are in all.
public struct FindingGroup: Sendable {
  /// Of which kind.
  public var kind: FindingKind
  /// The first, by part and line.
  public var shown: [Finding]
  /// All of them.
  public var count: Int
}
