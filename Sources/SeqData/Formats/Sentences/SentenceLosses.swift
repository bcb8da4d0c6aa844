import SeqRecords

extension LossLedger {
  /// Records what lines of columns hold in addition to token and tag, if they are not written unchanged.
  mutating func noteLines(of record: Record, writtenAs format: DataFormat) {
    guard let details = record.details, let layout = details.layout, layout != format else { return }
    for line in details.lines + details.remainder where !line.isBlank && !ConlluColumns.areDeclared(by: line.text) {
      let mark = "# text = "
      if line.isToken {
        if Self.hasOtherColumns(line, layout) { note("the other columns of the tokens") }
      } else if !(line.text.hasPrefix(mark) && record.text.map { line.text == mark + $0 } == true) {
        let isBoundary = layout != .conllu && line.text.hasPrefix("-DOCSTART-")
        note(
          isBoundary
            ? "boundaries of documents" : layout == .conllu ? "comments, word ranges and empty nodes" : "comments")
      }
    }
  }

  private static func hasOtherColumns(_ line: SentenceLine, _ layout: DataFormat) -> Bool {
    var pieces: [Range<Int>] = []
    let bytes = Array(line.text.utf8)
    sentencePieces(bytes, isConllu: layout == .conllu, into: &pieces)
    guard layout == .conllu else { return pieces.count > 2 }
    // The number follows from the position, and the form is the token.
    return pieces.dropFirst(2).contains { $0 != line.tag && bytes[$0] != [UInt8(ascii: "_")] }
  }
}
