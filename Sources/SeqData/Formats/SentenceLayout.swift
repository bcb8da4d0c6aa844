import SeqCore

/// Which columns of a token's line hold the token and its tag.
struct SentenceLayout {
  let isConllu: Bool
  let wantsTags: Bool
  /// Whether a file of tokens alone will do.
  private let isTagOptional: Bool
  private let tokenColumn: ColumnReference
  private let tagColumn: ColumnReference
  private let inputColumns: [ColumnReference]
  private let naming: SettingNames

  /// The columns of CoNLL-U.
  static let conlluNames = ["ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC"]

  init(
    format: DataFormat, columns: ColumnNames, wanting wanted: Wanted, file: String, naming: SettingNames = .keys
  ) throws(SeqError) {
    self.naming = naming
    isConllu = format == .conllu
    // To write CoNLL-U again with tags, their place must be known; to other columns a new one is added.
    wantsTags = wanted == .tags || wanted == .everything || wanted == .fields && format == .conllu
    isTagOptional = wanted == .everything && columns.tag == nil
    var token = columns.token ?? .index(isConllu ? 1 : 0)
    var tag = columns.tag ?? (isConllu ? .name("UPOS") : .index(-1))
    if isConllu {
      let search = ColumnSearch(
        names: Self.conlluNames, width: Self.conlluNames.count, place: .file(file), naming: naming)
      token = .index(try search.position(token, of: "token"))
      tag = .index(try search.position(tag, of: "tag"))
    }
    var inputs = columns.inputs
    if isConllu {
      let search = ColumnSearch(
        names: Self.conlluNames, width: Self.conlluNames.count, place: .file(file), naming: naming)
      for k in inputs.indices { inputs[k] = .index(try search.position(inputs[k], of: "input")) }
    }
    inputColumns = inputs
    tokenColumn = token
    tagColumn = tag
  }

  /// The position of the token in a line of `width` columns.
  func token(of width: Int) -> Int? { tokenColumn.position(among: [], width: width) }

  /// The position of the tag; the token's own where tags are not wanted.
  func tag(of width: Int) -> Int? {
    hasTags(width) ? tagColumn.position(among: [], width: width) : token(of: width)
  }

  /// Further columns that are taken of each token.
  var inputCount: Int { inputColumns.count }

  /// The position of such a column.
  func input(_ number: Int, of width: Int) -> Int? { inputColumns[number].position(among: [], width: width) }

  /// Whether tags are taken from lines of `width` columns.
  func hasTags(_ width: Int) -> Bool { wantsTags && !(isTagOptional && width == 1) }

  /// Refuses a first line that cannot hold what is wanted.
  func check(width: Int, at place: Place) throws(SeqError) {
    if isConllu, width != Self.conlluNames.count {
      throw .data(
        "\(width == 1 ? "1 column" : "\(width) columns"), expected the 10 of CoNLL-U", at: place,
        remedy: "they are separated by tabs")
    }
    let search = ColumnSearch(names: isConllu ? Self.conlluNames : nil, width: width, place: place, naming: naming)
    let token = try search.position(tokenColumn, of: "token")
    for column in inputColumns { _ = try search.position(column, of: "input") }
    guard hasTags(width) else { return }
    let tag = try search.position(tagColumn, of: "tag")
    if tag == token, width == 1 {
      throw .data("1 column, expected a token and a tag", at: place, remedy: "tabs or blanks separate columns")
    }
    if tag == token { throw .data("column \(token) is both token and tag", at: place) }
    for column in inputColumns {
      guard try search.position(column, of: "input") == tag else { continue }
      throw .data(
        "column \(tag) is both tag and input", at: place, remedy: "a model cannot read what it is to predict")
    }
  }
}
