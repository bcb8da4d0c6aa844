import SeqData

/// Guesses which column of a table holds texts and which holds labels, first by its name and then by its content.
struct ColumnGuess {
  private static let texts = [
    "text", "body", "review", "sentence", "content", "message", "comment", "description", "tweet", "utterance",
    "question", "query", "document", "title", "headline", "subject", "name", "word", "v2",
  ]
  private static let labels = [
    "label", "category", "class", "target", "sentiment", "intent", "topic", "stars", "rating", "polarity", "language",
    "type", "kind", "tag", "v1", "score",
  ]

  /// The header, and some rows.
  private let names: [String]
  private let rows: [[String]]

  init(names: [String], rows: [[String]]) { (self.names, self.rows) = (names, rows) }

  /// The position of the texts among the other columns.
  func text(besides taken: Int?) -> Int? {
    named(Self.texts, besides: taken) ?? ofTwo(besides: taken) { meanLength($0) > meanLength($1) }
  }

  /// The position of the labels among the other columns.
  func label(besides taken: Int?) -> Int? {
    named(Self.labels, besides: taken) ?? ofTwo(besides: taken) { distinct($0) < distinct($1) }
  }

  /// The column with the likeliest name; a whole name counts before a part of one.
  private func named(_ likely: [String], besides taken: Int?) -> Int? {
    let folded = names.map { $0.lowercased() }
    let places = names.indices.filter { $0 != taken }
    for name in likely { if let found = places.first(where: { folded[$0] == name }) { return found } }
    for name in likely {
      let found = places.first { place in
        folded[place].split(whereSeparator: { !$0.isLetter }).contains { $0 == name || $0 == name + "s" }
      }
      if let found { return found }
    }
    return nil
  }

  /// If there are two columns, the better one; if one of the two is taken, the other.
  private func ofTwo(besides taken: Int?, _ isBetter: (Int, Int) -> Bool) -> Int? {
    guard names.count == 2, !rows.isEmpty else { return nil }
    if let taken { return 1 - taken }
    return isBetter(0, 1) ? 0 : isBetter(1, 0) ? 1 : nil
  }

  private func meanLength(_ column: Int) -> Int { rows.reduce(0) { $0 + $1[column].utf8.count } }

  private func distinct(_ column: Int) -> Int { Set(rows.map { $0[column] }).count }
}
