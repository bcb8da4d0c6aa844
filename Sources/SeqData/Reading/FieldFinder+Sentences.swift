import SeqCore

// Fields in formats of tokens: a token a line, or files of tokens and of tags.

extension FieldFinder {
  mutating func findInParallel() throws(SeqError) {
    let folder = path.hasSuffix("/") ? path : path + "/"
    var texts = try LineReader(folder + Self.name(options.columns.text, "seq.in", in: folder), options: options)
    let other = wanted == .label ? (options.columns.label, "label") : (options.columns.tag, "seq.out")
    var others =
      wanted == .text ? nil : try LineReader(folder + Self.name(other.0, other.1, in: folder), options: options)
    var pieces: [Range<Int>] = []
    while try texts.next(), texts.number <= last {
      _ = try others?.next()
      for request in requests[texts.number] ?? [] {
        var place = request.role == .text ? texts.place() : others?.place() ?? texts.place()
        if case .tag(let index) = request.role, let others {
          piecesBetweenBlanks(others.line, into: &pieces)
          if index < pieces.count { place = others.place(pieces[index].lowerBound) }
        }
        found[request] = FoundField(place: place, excerpt: excerpt(texts.line[...]))
      }
    }
  }

  /// The name of one of the files in a folder, or of its gzip twin.
  private static func name(_ column: ColumnReference?, _ usual: String, in folder: String) -> String {
    var name = usual
    if case .name(let given) = column { name = given }
    return FileSystem.exists(folder + name) ? name : name + ".gz"
  }

  mutating func findInSentences() throws(SeqError) {
    var lines = try LineReader(path, options: options)
    let layout = try SentenceLayout(
      conllu: format == .conllu ? ConlluColumns(of: path, options: options) : nil, columns: options.columns,
      wanting: wanted, file: lines.file)
    let comments = SentenceComments(of: path, format: format, options: options)
    var open: [FieldRequest] = []
    var token = 0
    var width = 0
    var pieces: [Range<Int>] = []
    while try lines.next() {
      if lines.line.allSatisfy(Byte.isBlank) {
        if lines.number > last { break }
        open = []
        continue
      }
      if let here = requests[lines.number] { (open, token) = (here, 0) }
      if open.isEmpty || comments.contains(lines.line, isBeforeTokens: false) { continue }
      sentencePieces(lines.line, isConllu: layout.isConllu, into: &pieces)
      if width == 0 { width = pieces.count }
      guard layout.isWord(lines.line, pieces), pieces.count == width, let word = layout.token(of: width),
        let tag = layout.tag(of: width)
      else {
        continue
      }
      let text = decoded(lines.line[pieces[word]])
      for request in open {
        if let text = found[request]?.excerpt.utf8.count, text > Self.excerptBytes, request.role == .text { continue }
        take(request, token, text, lines.place(pieces[tag].lowerBound), lines.place(pieces[word].lowerBound))
      }
      token += 1
    }
  }

  /// Takes a token of a sentence that something is asked about.
  private mutating func take(_ request: FieldRequest, _ token: Int, _ text: String, _ tag: Place, _ word: Place) {
    switch request.role {
    case .tag(let index):
      if index == token { found[request] = FoundField(place: tag, excerpt: text) }
    case .text, .label:
      if token == 0 {
        found[request] = FoundField(place: word, excerpt: text)
      } else {
        found[request]?.excerpt += " " + text
      }
    }
  }
}
