public import SeqCore

/// What a check looks for.
public enum FindingKind: String, CaseIterable, Sendable {
  // Errors: what stops a fit, or makes its scores wrong.
  case unreadable
  case encoding
  case mixedScheme = "mixed-scheme"
  case tagSequence = "tag-sequence"
  // Warnings: characters.
  case byteOrderMark = "byte-order-mark"
  case lineEnds = "line-ends"
  case control
  case zeroWidth = "zero-width"
  case noBreakSpace = "no-break-space"
  case decomposed
  case replacement
  case mojibake
  // Warnings: records.
  case emptyText = "empty-text"
  case blankEdges = "blank-edges"
  case length
  // Warnings: labels.
  case labelVariant = "label-variant"
  case unseenLabel = "unseen-label"
  case rareLabel = "rare-label"
  case imbalance
  // Warnings: repetitions.
  case conflict
  case duplicate
  case leak
  case nearDuplicate = "near-duplicate"
  case nearLeak = "near-leak"
  // Warnings: vocabularies.
  case vocabulary
  case vectors

  /// Whether it is an error: what stops a fit, or makes its scores wrong. All else is a warning.
  public var isError: Bool {
    switch self {
    case .unreadable, .encoding, .mixedScheme, .tagSequence: true
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
