import SeqCore
public import SeqMetrics

/// Tables of precision, recall, F1 and support.
enum ScoreTable {
  /// One row per class or type, then a rule, then one row per average.
  static func render(heading: String, rows: [(name: String, score: ClassScore)], totals: [[String]]) -> String {
    var table = TextTable([.left(heading), .right("precision"), .right("recall"), .right("F1"), .right("support")])
    table.addRule()
    for row in rows { table.add(cells(row.name, row.score)) }
    if !rows.isEmpty { table.addRule() }
    for total in totals { table.add(total) }
    return table.render()
  }

  static func cells(_ name: String, _ score: ClassScore) -> [String] {
    [name.printable.truncated(toWidth: 40)] + [score.precision, score.recall, score.f1].map { $0.fixed() }
      + [String(score.support)]
  }
}

extension ClassificationCounts {
  /// A table of each class's precision, recall, F1 and support, then macro and weighted averages, accuracy (in the
  /// column of F1) over all examples and, if there are any, the number of unseen labels.
  ///
  /// - Precondition: `names` has one name a class.
  public func classTable(names: [String]) -> String {
    precondition(names.count == classes, "one name a class")
    var totals = [ScoreTable.cells("macro average", macro), ScoreTable.cells("weighted average", weighted)]
    totals.append(["accuracy", "", "", accuracy.fixed(), String(count)])
    if unseen > 0 { totals.append(["unseen labels", "", "", "", String(unseen)]) }
    return ScoreTable.render(
      heading: "class", rows: zip(names, classScores).map { (name: $0, score: $1) }, totals: totals)
  }
}

extension SpanCounts {
  /// A table of each type's precision, recall, F1 and support, then micro, macro and weighted averages.
  public func typeTable() -> String {
    let totals = [
      ScoreTable.cells("micro average", micro), ScoreTable.cells("macro average", macro),
      ScoreTable.cells("weighted average", weighted),
    ]
    return ScoreTable.render(
      heading: "type", rows: typeScores.map { (name: $0.type, score: $0.score) }, totals: totals)
  }
}

extension TransductionCounts {
  /// A table of the most frequent edits: what was expected, what was found, and how often.
  /// - Parameter name: the name of a symbol.
  public func editTable(rows: Int = 12, name: (Int32) -> String) -> String {
    var table = TextTable([.left("expected"), .left("found"), .right("count")])
    for (expected, found, count) in mostFrequentEdits(rows, name: name) {
      table.add([expected ?? "–", found ?? "–", "\(count)"])
    }
    return table.render() + "\n"
  }
}
