import SeqCore
import SeqRecords

/// Counts the tokens of CoNLL-U whose tag is `_`, which means that the tag is missing.
///
/// Nothing can be learned from such a token, and no loss can skip it. So its sentence is left out, with a note to the
/// user.
struct MissingTags {
  private let conllu: ConlluColumns
  private let naming: SettingNames
  /// Tokens of the current sentence without a tag.
  private var current = 0
  /// Tokens without a tag, and the first of them with its column.
  private var (tokens, first, column) = (0, Place?.none, 0)
  /// Sentences without any tag, sentences that lack some, and all.
  private var (bare, partial, sentences) = (0, 0, 0)
  /// Whether some token without a tag has a value in each column.
  private var isFilled: [Bool]

  init(_ conllu: ConlluColumns, naming: SettingNames) {
    (self.conllu, self.naming) = (conllu, naming)
    isFilled = [Bool](repeating: false, count: conllu.names.count)
  }

  /// Counts a token without a tag.
  mutating func add(_ line: [UInt8], _ pieces: [Range<Int>], column: Int, at place: Place) {
    if first == nil { (first, self.column) = (place, column) }
    current += 1
    tokens += 1
    for (i, piece) in pieces.enumerated() where line[piece].first != UInt8(ascii: "_") || piece.count > 1 {
      isFilled[i] = true
    }
  }

  /// Ends a sentence. - Returns: whether each of its tokens has a tag.
  mutating func take(tokens count: Int) -> Bool {
    defer { current = 0 }
    sentences += 1
    if current == 0 { return true }
    if current == count { bare += 1 } else { partial += 1 }
    return false
  }

  /// Reports what was left out of a file.
  /// - Throws: `.data` if nothing is left.
  func report(file: String) throws(SeqError) {
    guard let first else { return }
    let name = conllu.names[column]
    let count = tokens == 1 ? "1 token" : "\(tokens) tokens"
    let skipped = bare + partial
    if skipped == sentences {
      let message =
        partial == 0
        ? "column \(name) holds no tags: it is \"_\" everywhere"
        : "no sentence has a tag for each token: column \(name) is \"_\" at \(count)"
      throw .data(message, at: first, remedy: remedy)
    }
    let which = bare == 0 ? "tags of some tokens" : partial == 0 ? "tags" : "tags of some tokens or all"
    let verbs = skipped == 1 ? (be: "is", lack: "it lacks") : (be: "are", lack: "they lack")
    ReadingNotes.add(
      "\(skipped) of \(sentences) sentences \(verbs.be) left out because \(verbs.lack) \(which): column \(name)"
        + " is \"_\" at \(count)",
      at: first, remedy: remedy)
  }

  /// Names other columns that may be tags, if there are any.
  private var remedy: String {
    let usual = ["UPOS", "XPOS", "FEATS", "DEPREL"]
    let others = conllu.names.indices.filter {
      $0 != column && isFilled[$0] && (usual.contains(conllu.names[$0]) || conllu.areDeclared && $0 != conllu.id)
    }.map { conllu.names[$0] }.filter { $0 != "FORM" && $0 != "LEMMA" && $0 != "HEAD" }
    let tagThem = "give these tokens tags"
    guard let first = others.first else { return tagThem }
    return "\(tagThem), or use another column (\(others.joined(separator: ", "))): \(naming.column("tag", first))"
  }
}
