import SeqCore

// Fields in formats with one token per line.

extension FieldFinder {
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

  /// Records a wanted token of a sentence.
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
