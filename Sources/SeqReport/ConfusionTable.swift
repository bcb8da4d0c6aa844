import SeqCore
public import SeqMetrics

extension ClassificationCounts {
  /// The confusion matrix if it fits into `width` columns, else the most confused pairs of classes.
  ///
  /// - Precondition: `names` has one name per class.
  public func confusionReport(names: [String], width: Int = 100, pairs: Int = 10) -> String {
    confusionTable(names: names, width: width) ?? confusedPairsTable(names: names, limit: pairs)
  }

  /// The confusion matrix, with one row per true class and one column per prediction; zeros are dots, and labels that
  /// the model does not know are the last row. Headings are the beginnings of names or, if those are equal, the rows'
  /// numbers. 20 classes fit into 100 columns.
  ///
  /// - Precondition: `names` has one name per class.
  /// - Returns: `nil` if it does not fit into `width` columns.
  public func confusionTable(names: [String], width: Int = 100) -> String? {
    precondition(names.count == classes, "one name a class")
    let unseenRow = unseen > 0 ? unseenPredictions : []
    let largest = max(pairs.map(\.count).max() ?? 0, unseenRow.max() ?? 0)
    // Many classes usually do not fit; then no matrix is made.
    guard names.count <= width,
      let layout = ConfusionLayout(names: names.map(\.printable), largest: largest, width: width)
    else { return nil }
    let rows = confusionMatrix + (unseen > 0 ? [unseenRow] : [])
    let labels = layout.rowLabels + (unseen > 0 ? ["(unseen)".truncated(toWidth: layout.labelWidth)] : [])
    var table = TextTable([.left("")] + layout.headings.map { .right($0) }, gap: 1)
    for (label, row) in zip(labels, rows) { table.add([label] + row.map(layout.text)) }
    return "rows: truth, columns: prediction\n" + table.render()
  }

  /// The most confused pairs of classes, by descending count and then by class, without unseen labels.
  public func confusedPairs(limit: Int) -> [(truth: Int, predicted: Int, count: Int)] {
    var pairs = pairs.filter { $0.truth != $0.predicted }
    pairs.sort { ($1.count, $0.truth, $0.predicted) < ($0.count, $1.truth, $1.predicted) }
    return Array(pairs.prefix(max(0, limit)))
  }

  /// A table of the most confused pairs of classes, with their share of the true class's examples.
  ///
  /// - Precondition: `names` has one name per class.
  public func confusedPairsTable(names: [String], limit: Int = 10) -> String {
    precondition(names.count == classes, "one name a class")
    let pairs = confusedPairs(limit: limit)
    guard !pairs.isEmpty else { return "no two classes confused" }
    let supports = supports
    var table = TextTable([.left("truth"), .left("predicted"), .right("count"), .right("of truth")])
    table.addRule()
    for pair in pairs {
      let share = (100 * ratio(pair.count, supports[pair.truth])).fixed(1) + " %"
      let cells = [names[pair.truth], names[pair.predicted]].map { $0.printable.truncated(toWidth: 40) }
      table.add(cells + [String(pair.count), share])
    }
    return table.render()
  }
}

/// The widths and headings of a confusion matrix.
struct ConfusionLayout {
  let headings: [String]
  let rowLabels: [String]
  let labelWidth: Int
  private let isAbbreviated: Bool

  /// The layout with the widest labels that leave each column room for its counts, exact if possible; `nil` if there is
  /// none.
  init?(names: [String], largest: Int, width: Int) {
    let longest = names.reduce(0) { max($0, $1.displayWidth) }
    let digits = String(names.count).count
    // A label may get its number before it, and unseen labels have a row of their own.
    let longestLabel = max(digits + 1 + longest, "(unseen)".count)
    for isAbbreviated in [false, true] {
      let cell = max(2, digits, Self.widest(upTo: largest, isAbbreviated: isAbbreviated))
      for labelWidth in [24, 16, 12, 8] {
        let column = min(max(longest, cell), (width - min(labelWidth, longestLabel)) / max(1, names.count) - 1)
        guard column >= cell else { continue }
        self.init(names: names, labelWidth: labelWidth, column: column, isAbbreviated: isAbbreviated)
        return
      }
    }
    return nil
  }

  private init(names: [String], labelWidth: Int, column: Int, isAbbreviated: Bool) {
    (self.labelWidth, self.isAbbreviated) = (labelWidth, isAbbreviated)
    let short = names.map { $0.truncated(toWidth: column, ellipsis: "") }
    if Set(short).count == names.count, !short.contains("") {
      headings = short
      rowLabels = names.map { $0.truncated(toWidth: labelWidth) }
    } else {
      headings = names.indices.map { String($0 + 1) }
      rowLabels = zip(headings, names).map { "\($0) \($1)".truncated(toWidth: labelWidth) }
    }
  }

  /// A count for a cell: a dot for 0, and shortened thousands and millions if exact counts do not fit.
  func text(of count: Int) -> String { Self.text(of: count, isAbbreviated: isAbbreviated) }

  private static func text(of count: Int, isAbbreviated: Bool) -> String {
    switch count {
    case 0: "."
    case 999_500... where isAbbreviated: "\((count + 500_000) / 1_000_000)M"
    case 1_000... where isAbbreviated: "\((count + 500) / 1_000)k"
    default: String(count)
    }
  }

  /// The most columns that any count up to `largest` takes; just below a change of unit, counts are widest.
  private static func widest(upTo largest: Int, isAbbreviated: Bool) -> Int {
    [largest, min(largest, 999), min(largest, 999_499)].map { text(of: $0, isAbbreviated: isAbbreviated).count }.max()
      ?? 0
  }
}
