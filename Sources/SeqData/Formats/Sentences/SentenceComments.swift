import SeqCore
import SeqRecords

/// Which lines of sentences in columns are comments.
///
/// The standard of CoNLL-U includes comments. In other columns, `#` may be a token like any other. So unless a setting
/// names their prefix, lines only count as comments if each sentence of the file begins with one, as in GermEval and
/// MultiCoNER.
struct SentenceComments {
  /// What a comment starts with; nil if there are none.
  private let start: [UInt8]?
  /// Whether comments were detected instead of configured: then they can only be before the tokens of a sentence.
  private let areFound: Bool

  /// The comments of CoNLL-U.
  static let conllu = SentenceComments(start: [hash], areFound: false)

  private static let hash = UInt8(ascii: "#")

  private init(start: [UInt8]?, areFound: Bool) { (self.start, self.areFound) = (start, areFound) }

  /// The comments of a file in columns or CoNLL-U.
  init(of path: String, format: DataFormat, options: ReadingOptions) {
    if format == .conllu {
      self = .conllu
    } else if let comments = options.comments {
      self.init(start: comments.isEmpty ? nil : Array(comments.utf8), areFound: false)
    } else {
      let isFound = Self.areFound(in: path, options)
      self.init(start: isFound ? [Self.hash] : nil, areFound: isFound)
    }
  }

  /// Whether a file may have comments at all.
  var isEmpty: Bool { start == nil }

  /// Whether a line is a comment, given whether it is before the sentence's tokens.
  func contains(_ line: some Collection<UInt8>, isBeforeTokens: Bool) -> Bool {
    guard let start, line.starts(with: start) else { return false }
    return !areFound || isBeforeTokens && Self.looksLikeComment(line)
  }

  /// Tells the user how the first line of a file is read, if that was decided automatically.
  func note(_ line: [UInt8], of path: String, _ options: ReadingOptions, at place: Place) {
    if areFound {
      ReadingNotes.add(
        "each sentence begins with a line that starts with #; these lines are read as comments", at: place,
        remedy: "\(options.naming.comments("")) reads them as tokens")
    } else if isEmpty, options.comments == nil, Self.looksLikeComment(line), !FileSystem.isRegularFile(path) {
      ReadingNotes.add(
        "the first line starts with #, which is read as a token", at: place,
        remedy: "\(options.naming.comments("#")) reads such lines as comments")
    }
  }

  /// Whether a line begins with `#` and a space: `#hashtag` is a token in many data sets.
  private static func looksLikeComment(_ line: some Collection<UInt8>) -> Bool {
    line.first == hash && line.dropFirst().first.map(Byte.isBlank) ?? true
  }

  /// Whether each sentence of a file begins with a comment; false for a pipe, which cannot be read twice.
  private static func areFound(in path: String, _ options: ReadingOptions) -> Bool {
    guard FileSystem.isRegularFile(path) else { return false }
    // The reader reports what cannot be read.
    let found = try? ReadingNotes.withoutNotes { () throws(SeqError) in
      var scan = BlockScan(lines: try LineReader(path, options: options))
      return try scan.run()
    }
    return found ?? false
  }

  /// Checks whether each block of lines begins with a comment, and stops at the first one that does not.
  private struct BlockScan {
    var lines: LineReader
    private var blocks = 0
    /// Whether tokens follow a comment, and whether they have a different number of columns.
    private var (hasTokens, differs) = (false, false)

    init(lines: LineReader) { self.lines = lines }

    mutating func run() throws(SeqError) -> Bool {
      var (isInside, comment) = (false, 0)
      while try lines.next() {
        let line = lines.line
        if line.allSatisfy(Byte.isBlank) || line.starts(with: "-DOCSTART-".utf8) {
          isInside = false
        } else if !isInside {
          guard SentenceComments.looksLikeComment(line) else { return false }
          (isInside, comment) = (true, width(line))
          blocks += 1
        } else {
          hasTokens = true
          differs = differs || width(line) != comment
        }
      }
      // A single sentence may well begin with the token #.
      return hasTokens && (blocks > 1 || differs)
    }

    private func width(_ line: [UInt8]) -> Int {
      var pieces: [Range<Int>] = []
      sentencePieces(line, isConllu: false, into: &pieces)
      return pieces.count
    }
  }
}
