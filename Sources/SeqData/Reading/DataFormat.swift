import SeqCore

/// How a file of examples is laid out.
public enum DataFormat: String, CaseIterable, Sendable {
  /// Comma-separated values (RFC 4180), by default with a header row.
  case csv
  /// Tab-separated values with the quoting rules of CSV, by default with a header row.
  case tsv
  /// One token a line in columns, sentences separated by blank lines (CoNLL). A line with a tab is split at each tab,
  /// so that its columns may hold blanks, any other line at runs of blanks. `-DOCSTART-` lines are boundaries.
  case columns
  /// CoNLL-U: ten columns separated by tabs, comments, word ranges and empty nodes; or CoNLL-U Plus, whose first line
  /// names the columns.
  case conllu
  /// One JSON object a line.
  case jsonl
  /// One example a line: the label, a blank, the text.
  case labelled
  /// One example a line: labels marked by `__label__`, then the text, as fastText has it.
  case fasttext
  /// A folder of files whose lines belong together, such as `seq.in`, `seq.out` and `label`.
  case parallel
  /// A folder with a folder or a file for each class.
  case folders
  /// A source and its target a line, separated by a tab.
  case pairs
  /// A sentence a line, `word/tag word/tag`.
  case inline
  /// Plain text, one example a line.
  case lines
  /// brat's standoff files: texts, each with a file of annotations next to it; a line of a text is an example.
  case brat

  /// The format that the extension of a file's name tells, looking through a final `.gz`; `nil` when it tells none.
  public init?(inferredFrom path: String) {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.last == "gz" { parts.removeLast() }
    guard parts.count > 1, let format = Self.extensions[String(parts[parts.count - 1])] else { return nil }
    self = format
  }

  /// The format of what is there: a folder's by the files it holds, a file's by its extension; `nil` if nothing tells it.
  public init?(of path: String) {
    if path != "-", Self.looksLikeBrat(path) {
      self = .brat
      return
    }
    guard path != "-", FileSystem.isFolder(path) else {
      self.init(inferredFrom: path)
      return
    }
    self = FolderListing.looksLikeClasses(path) ? .folders : .parallel
  }

  private static let extensions: [String: DataFormat] = [
    "csv": .csv, "tsv": .tsv, "conllu": .conllu, "conllup": .conllu, "txt": .lines, "jsonl": .jsonl, "ndjson": .jsonl,
    "json": .jsonl,
    "conll": .columns, "bio": .columns, "iob": .columns, "bmes": .columns, "ft": .fasttext, "fasttext": .fasttext,
    "pairs": .pairs, "inline": .inline,
  ]

  /// Whether it is a folder of files rather than one file.
  public var isFolder: Bool { self == .parallel || self == .folders }

  /// Whether its records are rows of fields between delimiters.
  package var isTable: Bool { self == .csv || self == .tsv }

  /// Whether it marks parts of a text by their offsets.
  public var holdsSpans: Bool { self == .jsonl || self == .brat }

  /// Whether files of this format can be written.
  public var isWritten: Bool { self != .brat }

  /// The names of the formats that can be written, for messages.
  package static var writtenNames: String { allCases.filter(\.isWritten).map(\.rawValue).joined(separator: ", ") }

  /// What this format can give.
  public var provides: [Wanted] {
    switch self {
    case .csv, .tsv: [.text, .fields, .label, .target, .everything]
    case .labelled, .fasttext, .folders: [.text, .fields, .label, .everything]
    case .columns, .conllu, .inline: [.text, .fields, .tags, .everything]
    case .parallel: [.text, .fields, .label, .tags, .tagsAndLabel, .everything]
    case .jsonl: [.text, .fields, .label, .tags, .tagsAndLabel, .target, .everything]
    case .pairs: [.text, .fields, .target, .everything]
    case .lines: [.text, .fields, .everything]
    case .brat: [.text, .fields, .tags, .everything]
    }
  }

  /// The names of the formats that can give something.
  static func names(providing wanted: Wanted) -> String {
    allCases.filter { $0.provides.contains(wanted) }.map(\.rawValue).joined(separator: ", ")
  }
}
