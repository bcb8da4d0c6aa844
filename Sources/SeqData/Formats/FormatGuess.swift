package import SeqCore
package import SeqRecords

/// The first lines of a file of unknown format.
struct LineSample {
  /// All of them.
  let lines: [String]
  /// Those that are not blank.
  let filled: [String]
  /// Names of columns that a header may have beside the usual ones.
  private let ownNames: () -> [String]

  /// Names of columns that a header may have, in lower case.
  var names: Set<String> { Self.usualNames.union(ownNames().map { $0.lowercased() }) }

  /// The usual names of columns of texts and answers.
  private static let usualNames: Set<String> = [
    "text", "sentence", "review", "message", "comment", "tweet", "content", "body", "title", "question", "utterance",
    "label", "class", "category", "target", "sentiment", "intent", "id", "tag", "tags",
  ]

  init(_ lines: some Collection<String>, names: @escaping () -> [String] = { [] }) {
    self.lines = Array(lines)
    filled = lines.filter { !$0.allSatisfy(\.isWhitespace) }
    ownNames = names
  }

  /// Whether there are blank lines between others.
  var hasBlankLines: Bool { filled.count < lines.count }
}

extension DataFormat {
  /// The format of examples that the first lines of a plain text look like, if any.
  ///
  /// It is used for a warning: a guess needs lines that hardly occur in plain text.
  /// - Parameter names: names of columns that a header may have, in addition to the usual ones.
  public init?(lookOf lines: some Collection<String>, names: @autoclosure @escaping () -> [String] = []) {
    let sample = LineSample(lines, names: names)
    guard let found = Self.surest(sample, { $0.strictGuess($1) }) else { return nil }
    self = found
  }

  /// The format that the first lines of a file with answers look like; nil if they look like no such format.
  package init?(answersIn lines: [String]) {
    guard let found = Self.surest(LineSample(lines), { $0.looseGuess($1) }) else { return nil }
    self = found
  }

  private static func surest(
    _ sample: LineSample, _ guess: (any FormatDescriptor, LineSample) -> Int?
  ) -> DataFormat? {
    if sample.filled.isEmpty { return nil }
    var best: (format: DataFormat, sureness: Int)?
    for format in allCases {
      guard let sureness = guess(format.descriptor, sample), sureness > best?.sureness ?? -1 else { continue }
      best = (format, sureness)
    }
    return best?.format
  }
}

// What names and folders show.

extension DataFormat {
  /// The format of a file's extension, ignoring a final `.gz`; `nil` for an unknown one.
  public init?(inferredFrom path: String) {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.last == "gz" { parts.removeLast() }
    guard parts.count > 1, let format = Self.byEnding[String(parts[parts.count - 1])] else { return nil }
    self = format
  }

  /// The format of a folder by its files, or of a file by its extension; `nil` if it is unknown.
  public init?(of path: String) {
    guard path != "-" else { return nil }
    let isFolder = FileSystem.isFolder(path)
    if let claimed = Self.allCases.last(where: { $0.descriptor.claims(path, isFolder: isFolder) }) {
      self = claimed
    } else {
      self.init(inferredFrom: path)
    }
  }

  private static let byEnding = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { format in format.traits.endings.map { ($0, format) } })

  /// What the records of a file usually hold in addition to their text: what its format holds or, if the format leaves
  /// that open, what the file has.
  package static func usualAnswer(of path: String, _ options: ReadingOptions) throws(SeqError) -> Wanted {
    guard let format = options.format ?? DataFormat(of: path) else { return .text }
    return try format.descriptor.usualAnswer(of: path, options)
  }
}
