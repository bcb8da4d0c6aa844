public import SeqMetrics

extension TransductionCounts {
  /// The most frequent edits as a table: what was expected, what was found, how often.
  /// - Parameter name: of a symbol.
  public func editTable(rows: Int = 12, name: (Int32) -> String) -> String {
    var table = TextTable([.left("expected"), .left("found"), .right("count")])
    for (expected, found, count) in mostFrequentEdits(rows, name: name) {
      table.add([expected ?? "–", found ?? "–", "\(count)"])
    }
    return table.render() + "\n"
  }
}
