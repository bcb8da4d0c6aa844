public import SeqMetrics

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
