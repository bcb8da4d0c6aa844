import SeqCore
import SeqRecords

/// The columns of a CoNLL-U file: the ten of the standard, or those that the first line of CoNLL-U Plus names.
struct ConlluColumns {
  /// The names, in the order of the file.
  let names: [String]
  /// Whether the file names them itself.
  let areDeclared: Bool

  /// The columns of the standard.
  static let standard = ConlluColumns(
    names: ["ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC"], areDeclared: false)

  private static let mark = "# global.columns ="

  /// Whether a line names the columns and therefore does not belong to a sentence.
  static func areDeclared(by line: String) -> Bool { line.hasPrefix(mark) }

  private init(names: [String], areDeclared: Bool) { (self.names, self.areDeclared) = (names, areDeclared) }

  /// The columns of a file whose first line this is.
  init(firstLine: some Collection<UInt8>) {
    let line = String(decoding: firstLine, as: UTF8.self)
    guard Self.areDeclared(by: line) else {
      self = .standard
      return
    }
    let names = line.dropFirst(Self.mark.count).split { $0 == " " || $0 == "\t" }.map(String.init)
    self = names.isEmpty ? .standard : ConlluColumns(names: names, areDeclared: true)
  }

  /// The columns of a file; those of the standard for one that cannot be read.
  init(of path: String, options: ReadingOptions) {
    let first = try? ReadingNotes.withoutNotes { () throws(SeqError) in
      var lines = try LineReader(path, options: options)
      return try lines.next() ? lines.line : []
    }
    self.init(firstLine: first ?? [])
  }

  /// The column of word numbers; nil if the file has none, so that each line is a word.
  var id: Int? { names.firstIndex(of: "ID") }

  /// Whether `_` in a column means that the value is missing. In other columns it is a value: no features.
  func marksMissing(_ column: Int) -> Bool { ["UPOS", "XPOS", "HEAD", "DEPREL"].contains(names[column]) }
}

/// The pieces of a token's line: separated by tabs if it has any or must have them, else by runs of spaces.
func sentencePieces(_ line: [UInt8], isConllu: Bool, into pieces: inout [Range<Int>]) {
  if isConllu || line.contains(Byte.tab) {
    piecesBetweenTabs(line, into: &pieces)
  } else {
    piecesBetweenBlanks(line, into: &pieces)
  }
}
