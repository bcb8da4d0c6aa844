import SeqConfig
import SeqCore
import SequenceToolkit

/// Texts with given tokens, some of which have tags: the output of `tag`, with tags added or removed.
///
/// | format | a token with its tag | without |
/// |---|---|---|
/// | columns | `token`, a tab or spaces, `tag`; an empty line after each text | `token`, or `_` as its tag |
/// | inline | `token/tag`, one text per line | `token`, or `token/` if it contains a slash |
/// | jsonl | `{"tokens": […], "tags": […]}`, one text per line, perhaps with `"text"` | null instead of its tag |
struct GivenTagsInput {
  private var lines: LineInput
  private let format: RecordFormat
  private let tags: Set<String>
  private let allTags: [String]
  /// Whether a line may begin with labels of the text, each followed by a tab.
  private let hasLabels: Bool
  private var lineNumber = 0
  /// The tokens of an unfinished text in columns.
  private var open = Cells()
  private var isAtEnd = false

  /// - Parameter tags: the tags that may be given.
  init(
    _ path: String, format: RecordFormat, tags: [String], hasLabels: Bool, batch: Int
  ) throws(SeqError) {
    lines = try LineInput(path, batch: batch)
    (self.format, self.hasLabels) = (format, hasLabels)
    (self.tags, allTags) = (Set(tags), tags)
  }

  /// The next texts, at least one; empty at the end of the input.
  mutating func next() throws(SeqError) -> [PartlyTagged] {
    var texts: [PartlyTagged] = []
    while texts.isEmpty, !isAtEnd {
      let batch = try lines.next()
      isAtEnd = batch.isEmpty
      for line in batch {
        lineNumber += 1
        switch format {
        case .columns: if let text = try column(line) { texts.append(text) }
        case .inline: texts.append(try inline(line))
        case .jsonl: texts.append(try object(line))
        }
      }
      if isAtEnd, let text = takeOpen() { texts.append(text) }
    }
    return texts
  }

  /// The input's name in messages.
  var name: String { lines.name }

  /// The tokens and tags of a text so far.
  private struct Cells {
    var tokens: [String] = []
    var tags: [String?] = []

    mutating func append(_ token: String, _ tag: String?) {
      tokens.append(token)
      tags.append(tag)
    }
  }

  private mutating func takeOpen() -> PartlyTagged? {
    guard !open.tokens.isEmpty else { return nil }
    defer { open = Cells() }
    return PartlyTagged(tokens: open.tokens, tags: open.tags)
  }

  /// Takes a line of columns. - Returns: the text that it ends.
  private mutating func column(_ line: String) throws(SeqError) -> PartlyTagged? {
    if line.allSatisfy({ $0 == " " || $0 == "\t" }) { return takeOpen() }
    // A line that `tag` writes about the whole text.
    if open.tokens.isEmpty, line.hasPrefix("# label = ") { return nil }
    let hasTab = line.utf8.contains(0x09)
    let cells = line.split(separator: hasTab ? "\t" : " ", omittingEmptySubsequences: !hasTab)
    guard cells.count <= 2, let token = cells.first, !token.isEmpty else {
      throw .data(
        "\(cells.count) columns, expected a token and its tag, or a token alone", at: place,
        remedy: "with --force, leave out the other columns")
    }
    let tag = cells.count == 2 && !cells[1].isEmpty && cells[1] != "_" ? String(cells[1]) : nil
    if let tag { try check(tag, column: line.unicodeScalars.count - tag.unicodeScalars.count + 1) }
    open.append(String(token), tag)
    return nil
  }

  private func inline(_ line: String) throws(SeqError) -> PartlyTagged {
    var cells = Cells()
    let label = hasLabels ? line.lastIndex(of: "\t").map(line.index(after:)) : nil
    for piece in line[(label ?? line.startIndex)...].split(whereSeparator: { $0 == " " || $0 == "\t" }) {
      guard let slash = piece.lastIndex(of: "/"), slash > piece.startIndex else {
        cells.append(String(piece), nil)
        continue
      }
      let tag = String(piece[piece.index(after: slash)...])
      if !tag.isEmpty {
        try check(
          tag, column: line[...slash].unicodeScalars.count + 1,
          remedy: "write \(piece)/ for a token that holds a slash and has no tag")
      }
      cells.append(String(piece[..<slash]), tag.isEmpty ? nil : tag)
    }
    try checkLength(cells)
    return PartlyTagged(tokens: cells.tokens, tags: cells.tags)
  }

  private func object(_ line: String) throws(SeqError) -> PartlyTagged {
    if line.allSatisfy({ $0 == " " || $0 == "\t" }) { return PartlyTagged(tokens: [], tags: []) }
    let root = try JSONParser.parse(Array(line.utf8), file: lines.name, firstLine: lineNumber)
    guard let tokens = root["tokens"]?.elements else {
      throw .data(
        "expected an object with \"tokens\"", at: root.place, remedy: "such as {\"tokens\": [\"to\"], \"tags\": [null]}"
      )
    }
    let tags = root["tags"]?.elements
    guard tags.map({ $0.count == tokens.count }) ?? true else {
      throw .data("\(tags?.count ?? 0) tags for \(tokens.count) tokens", at: root["tags"]?.place ?? root.place)
    }
    var cells = Cells()
    for (i, node) in tokens.enumerated() {
      guard let token = node.stringValue else { throw .data("expected a text, found \(node)", at: node.place) }
      let tag = tags?[i]
      let isFree = tag?.isNull ?? true
      if let tag, !isFree {
        guard let name = tag.stringValue else { throw .data("expected a tag or null, found \(tag)", at: tag.place) }
        try check(name, at: tag.place)
      }
      cells.append(token, isFree ? nil : tag?.stringValue)
    }
    try checkLength(cells)
    guard let text = root["text"], !text.isNull else { return PartlyTagged(tokens: cells.tokens, tags: cells.tags) }
    guard let whole = text.stringValue else { throw .data("expected a text, found \(text)", at: text.place) }
    guard let tagged = PartlyTagged(whole, tokens: cells.tokens, tags: cells.tags) else {
      throw .data(
        "the tokens do not occur one after another in \"text\"", at: text.place,
        remedy: "leave out \"text\": spaces then join the tokens")
    }
    return tagged
  }

  private var place: Place { .line(lineNumber, of: lines.name) }

  private func check(_ tag: String, column: Int, remedy: String? = nil) throws(SeqError) {
    var place = place
    place.column = column
    try check(tag, at: place, remedy: remedy)
  }

  private func check(_ tag: String, at place: Place, remedy: String? = nil) throws(SeqError) {
    if tags.contains(tag) { return }
    throw .data("the model has no tag \"\(tag)\"" + didYouMean(tag, among: allTags), at: place, remedy: remedy)
  }

  private func checkLength(_ text: Cells) throws(SeqError) {
    guard text.tokens.count > Model.maximumTokens else { return }
    throw .data("\(text.tokens.count) tokens, expected at most \(Model.maximumTokens)", at: place)
  }
}
