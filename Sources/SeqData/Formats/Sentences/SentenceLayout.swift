import SeqCore
import SeqRecords

/// Which columns of a token's line hold the token and its tag.
struct SentenceLayout {
  /// The columns of CoNLL-U; nil for other columns.
  let conllu: ConlluColumns?
  var isConllu: Bool { conllu != nil }
  let wantsTags: Bool
  /// Whether a file of tokens without tags is enough.
  private let isTagOptional: Bool
  private let tokenColumn: ColumnReference
  private let tagColumn: ColumnReference
  private let featureColumns: [ColumnReference]
  private let naming: SettingNames

  init(
    conllu: ConlluColumns?, columns: ColumnNames, wanting wanted: Wanted, file: String, naming: SettingNames = .keys
  ) throws(SeqError) {
    self.naming = naming
    self.conllu = conllu
    // To write CoNLL-U again with tags, their column must be known; other formats get a new column.
    wantsTags = wanted == .tags || wanted == .everything || wanted == .fields && conllu != nil
    isTagOptional = wanted == .everything && columns.tag == nil
    var token = columns.token ?? (conllu == nil ? .index(0) : .name("FORM"))
    var tag = columns.tag ?? (conllu == nil ? .index(-1) : .name("UPOS"))
    var features = columns.features
    if let names = conllu?.names {
      let search = ColumnSearch(names: names, width: names.count, place: .file(file), naming: naming)
      token = .index(try search.position(token, of: "token"))
      // A file of other columns still holds tokens without the usual tags.
      let hasTag = wantsTags && !(isTagOptional && !names.contains("UPOS"))
      tag = hasTag ? .index(try search.position(tag, of: "tag")) : token
      for k in features.indices { features[k] = .index(try search.position(features[k], of: "feature")) }
    }
    featureColumns = features
    tokenColumn = token
    tagColumn = tag
  }

  /// The position of the token in a line of `width` columns.
  func token(of width: Int) -> Int? { tokenColumn.position(among: [], width: width) }

  /// The position of the tag; that of the token if tags are not wanted.
  func tag(of width: Int) -> Int? {
    hasTags(width) ? tagColumn.position(among: [], width: width) : token(of: width)
  }

  /// How many further columns are read for each token.
  var featureCount: Int { featureColumns.count }

  /// The position of a further column.
  func feature(_ number: Int, of width: Int) -> Int? { featureColumns[number].position(among: [], width: width) }

  /// Whether tags are read from lines of `width` columns.
  func hasTags(_ width: Int) -> Bool {
    wantsTags && !(isTagOptional && (conllu.map { !$0.names.contains("UPOS") } ?? (width == 1)))
  }

  /// Whether `_` in the column of the tags means that the tag is missing.
  var marksMissing: Bool {
    guard let conllu, case .index(let column) = tagColumn else { return false }
    return conllu.marksMissing(column)
  }

  /// Whether the number of a line shows that it is a word, and not a range of words or an empty node.
  func isWord(_ line: [UInt8], _ pieces: [Range<Int>]) -> Bool {
    guard let id = conllu?.id else { return true }
    return id < pieces.count && Int(decoded(line[pieces[id]])) != nil
  }

  /// Refuses a first line that cannot hold what is wanted.
  func check(width: Int, at place: Place) throws(SeqError) {
    if let conllu, width != conllu.names.count {
      let expected = conllu.areDeclared ? "the \(conllu.names.count) of global.columns" : "the 10 of CoNLL-U"
      throw .data(
        "\(width == 1 ? "1 column" : "\(width) columns"), expected \(expected)", at: place,
        remedy: "they are separated by tabs")
    }
    let search = ColumnSearch(names: conllu?.names, width: width, place: place, naming: naming)
    let token = try search.position(tokenColumn, of: "token")
    for column in featureColumns { _ = try search.position(column, of: "feature") }
    guard hasTags(width) else { return }
    let tag = try search.position(tagColumn, of: "tag")
    if tag == token, width == 1 {
      throw .data("1 column, expected a token and a tag", at: place, remedy: "tabs or spaces separate columns")
    }
    if tag == token { throw .data("column \(token) is both token and tag", at: place) }
    for column in featureColumns {
      guard try search.position(column, of: "feature") == tag else { continue }
      throw .data(
        "column \(tag) is both tag and feature", at: place, remedy: "a model cannot read what it should predict")
    }
  }
}
