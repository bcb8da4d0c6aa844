import SeqCore
import SeqReport

/// A description in plain text, with bars of block elements.
public struct TextDescription {
  private static let barWidth = 32
  private let description: DataDescription
  private let mostLabels: Int

  /// - Parameter mostLabels: how many labels to list.
  public init(_ description: DataDescription, mostLabels: Int) {
    (self.description, self.mostLabels) = (description, mostLabels)
  }

  /// Tables of the parts, lengths, labels and tokens, with a line end.
  public var text: String {
    ([parts, lengths] + (description.labels.isEmpty ? [] : [labels]) + (description.tokens.isEmpty ? [] : [tokens]))
      .joined(separator: "\n\n") + "\n"
  }

  private var names: [String] { description.parts.map(\.name) }

  private var parts: String {
    let columns = ["records", "tokens", "distinct", "mean", "median", "95 %", "longest"]
    var table = TextTable([.left("part")] + columns.map { TextTable.Column.right($0) })
    for part in description.parts {
      table.add([
        part.name, part.records.grouped, part.tokens.grouped, part.distinct.grouped, part.mean.fixed(1),
        part.median.grouped, part.percentile95.grouped, part.longest.grouped,
      ])
    }
    return table.render()
  }

  private var lengths: String {
    rows(
      of: description.lengths.bins.map { ($0.title, $0.counts) }, title: "tokens", titleOnRight: true, noun: "records")
  }

  private var labels: String {
    let shown = description.labels.prefix(mostLabels)
    let text = rows(
      of: shown.map { ($0.name.truncated(toWidth: 32), $0.counts) }, title: description.labelNoun, titleOnRight: false,
      noun: "")
    let hidden = description.labels.count - shown.count
    return hidden > 0 ? text + "\n… and \(hidden.grouped) more" : text
  }

  /// Counts of each part, and a bar of the first part's share.
  private func rows(of rows: [(String, [Int])], title: String, titleOnRight: Bool, noun: String) -> String {
    let first = titleOnRight ? TextTable.Column.right(title) : .left(title)
    let heads = names.map { TextTable.Column.right($0) }
    var table = TextTable([first] + heads + [.right("share"), .left("")])
    let total = max(1, rows.reduce(0) { $0 + ($1.1.first ?? 0) })
    let most = max(1, rows.map { $0.1.first ?? 0 }.max() ?? 1)
    for (name, counts) in rows {
      let count = counts.first ?? 0
      let share = Double(count) / Double(title == "tokens" ? max(1, description.parts[0].records) : allLabels ?? total)
      table.add(
        [name] + counts.map(\.grouped) + [percent(share), Self.bar(Double(count) / Double(most))])
    }
    return table.render()
  }

  /// The number of labels of the first part, including those that are not listed.
  private var allLabels: Int? {
    let count = description.labels.reduce(0) { $0 + ($1.counts.first ?? 0) }
    return count > 0 ? count : nil
  }

  /// A bar in eighths of a column.
  static func bar(_ share: Double) -> String {
    let eighths = Int((share * Double(barWidth * 8)).rounded())
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + part
  }

  private var tokens: String {
    let rows = (description.tokens.count + 3) / 4
    var table = TextTable(
      (0..<4).flatMap { [TextTable.Column.left($0 == 0 ? "frequent tokens" : " "), .right(" ")] }, gap: 2)
    for row in 0..<rows {
      table.add(
        (0..<4).flatMap { column in
          let index = column * rows + row
          guard index < description.tokens.count else { return ["", ""] }
          let token = description.tokens[index]
          return [token.text.truncated(toWidth: 20), token.count.grouped]
        })
    }
    return table.render()
  }
}
