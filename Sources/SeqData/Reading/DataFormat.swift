/// How a file of examples is laid out.
public enum DataFormat: String, CaseIterable, Sendable {
  /// Comma-separated values (RFC 4180), by default with a header row.
  case csv
  /// Tab-separated values with the quoting rules of CSV, by default with a header row.
  case tsv
  /// One token a line in columns, sentences separated by blank lines (CoNLL). A line with a tab is split at each tab,
  /// so that its columns may hold blanks, any other line at runs of blanks. `-DOCSTART-` lines are boundaries.
  case columns
  /// CoNLL-U: ten columns separated by tabs, comments, word ranges and empty nodes.
  case conllu
  /// One example a line: the label, a blank, the text.
  case labelled
  /// A folder of files whose lines belong together, such as `seq.in`, `seq.out` and `label`.
  case parallel
  /// Plain text, one example a line.
  case lines

  /// The format that the extension of a file's name tells, looking through a final `.gz`; `nil` when it tells none.
  public init?(inferredFrom path: String) {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.last == "gz" { parts.removeLast() }
    guard parts.count > 1, let format = Self.extensions[String(parts[parts.count - 1])] else { return nil }
    self = format
  }

  private static let extensions: [String: DataFormat] = [
    "csv": .csv, "tsv": .tsv, "conllu": .conllu, "txt": .lines,
    "conll": .columns, "bio": .columns, "iob": .columns, "bmes": .columns,
  ]

  /// What this format can give.
  public var provides: [Wanted] {
    switch self {
    case .csv, .tsv, .labelled: [.text, .label]
    case .columns, .conllu: [.text, .tags]
    case .parallel: [.text, .label, .tags]
    case .lines: [.text]
    }
  }
}

/// How the characters of a file are written as bytes.
public enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  /// ISO 8859-1: byte n is the character U+00nn.
  case latin1 = "latin-1"
}
