import SeqCore
import SeqReport

/// The pictures of a description: lengths, labels and frequent tokens.
struct DescriptionPicture {
  static let width = 880.0
  private static let mostLabels = 24
  private static let left = 168.0
  private static let right = 150.0

  private let description: DataDescription

  init(_ description: DataDescription) { self.description = description }

  /// The colours and fonts of a picture, for light and for dark backgrounds.
  static let style = """
    text { font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; font-size: 12px; fill: #333a44 }
    .head { font-size: 16px; font-weight: 600; fill: #14181f } .big { font-size: 22px; font-weight: 600; fill: #14181f }
    .soft { fill: #6b7480 } .grid { stroke: #dfe3e8; stroke-width: 1 } .paper { fill: #ffffff }
    .part0 { fill: #2f6fb3 } .part1 { fill: #e08a2e } .part2 { fill: #4c9f70 } .token { fill: #8fb4dc }
    """
  static let darkStyle = """
    text { fill: #c6ccd4 } .head, .big { fill: #f0f3f6 } .soft { fill: #8b95a1 } .grid { stroke: #2f363f }
    .paper { fill: #14181f } .part0 { fill: #5b9bdf } .part1 { fill: #eda55a } .part2 { fill: #6fc296 } .token { fill: #38608c }
    """

  /// All panels in one drawing.
  func whole() -> String {
    var canvas = SVGCanvas(width: Self.width)
    let height = measure() + 24
    canvas.rectangle(x: 0, y: 0, width: Self.width, height: height, style: "paper")
    canvas.text(description.title, x: 24, y: 40, style: "big")
    canvas.text(subtitle, x: 24, y: 62, style: "soft")
    var y = 96.0
    for panel in panels { y = panel(&canvas, y) + 28 }
    return canvas.markup(height: height, title: description.title, style: Self.style) + "\n"
  }

  /// One drawing per panel, for a page that has the style rules.
  func separate() -> [String] {
    panels.map { panel in
      var canvas = SVGCanvas(width: Self.width)
      let height = panel(&canvas, 20)
      return canvas.markup(height: height + 8, title: description.title, style: "")
    }
  }

  var subtitle: String {
    description.parts.map { "\($0.name) \($0.records.grouped)" }.joined(separator: " · ") + " records, "
      + "\(description.parts.reduce(0) { $0 + $1.tokens }.grouped) tokens"
  }

  private var panels: [(inout SVGCanvas, Double) -> Double] {
    var panels: [(inout SVGCanvas, Double) -> Double] = []
    if !description.lengths.bins.isEmpty { panels.append(lengths) }
    if !description.labels.isEmpty { panels.append(labels) }
    if !description.tokens.isEmpty { panels.append(tokens) }
    return panels
  }

  private func measure() -> Double {
    var canvas = SVGCanvas(width: Self.width)
    return panels.reduce(96.0) { y, panel in panel(&canvas, y) + 28 } - 28
  }

  /// The share of each part's records in each range of lengths, as vertical bars.
  private func lengths(_ canvas: inout SVGCanvas, _ top: Double) -> Double {
    canvas.text("Length in tokens", x: 24, y: top, style: "head")
    legend(&canvas, top)
    let (plotTop, height, left) = (top + 24, 180.0, 72.0)
    let shares = description.lengths.bins.map { bin in
      zip(bin.counts, description.parts).map { Double($0) / Double(max(1, $1.records)) }
    }
    let most = max(0.001, shares.joined().max() ?? 1)
    let step = Self.step(for: most)
    var level = 0.0
    while level <= most + step * 0.5 {
      let y = plotTop + height * (1 - level / (most + step * 0.5))
      canvas.line(x: left, y: y, toX: Self.width - 24, toY: y)
      canvas.text("\((level * 100).fixed(step < 0.01 ? 1 : 0)) %", x: left - 8, y: y + 4, style: "soft", anchor: .end)
      level += step
    }
    let slot = (Self.width - 24 - left) / Double(max(1, shares.count))
    let bar = min(28, slot * 0.8 / Double(max(1, description.parts.count)))
    for (number, bin) in shares.enumerated() {
      let middle = left + slot * (Double(number) + 0.5)
      for (part, share) in bin.enumerated() {
        let tall = height * share / (most + step * 0.5)
        let x = middle + bar * (Double(part) - Double(bin.count) / 2)
        canvas.rectangle(x: x, y: plotTop + height - tall, width: bar - 1, height: tall, style: "part\(part)")
      }
      // Long titles next to each other would overlap.
      let title = description.lengths.bins[number].title
      if Double(title.displayWidth) * 7 + 6 > slot, (shares.count - 1 - number) % 2 == 1 { continue }
      canvas.text(
        title, x: middle, y: plotTop + height + 18, style: "soft", anchor: .middle)
    }
    return plotTop + height + 28
  }

  private static func step(for most: Double) -> Double {
    [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2].first { most / $0 <= 6 } ?? 0.25
  }

  private func legend(_ canvas: inout SVGCanvas, _ y: Double) {
    var x = Self.width - 24
    for (number, part) in description.parts.enumerated().reversed() {
      x -= Double(part.name.displayWidth) * 7 + 14
      canvas.rectangle(x: x, y: y - 9, width: 10, height: 10, style: "part\(number)")
      canvas.text(part.name, x: x + 15, y: y, style: "soft")
      x -= 18
    }
  }

  /// The share of each label in each part, as horizontal bars.
  private func labels(_ canvas: inout SVGCanvas, _ top: Double) -> Double {
    canvas.text(description.labelNoun == "tag" ? "Tags" : "Labels", x: 24, y: top, style: "head")
    legend(&canvas, top)
    let totals = description.parts.indices.map { part in
      Double(max(1, description.labels.reduce(0) { $0 + $1.counts[part] }))
    }
    let shown = description.labels.prefix(Self.mostLabels)
    let most = shown.flatMap { label in zip(label.counts, totals).map { Double($0) / $1 } }.max() ?? 1
    let bar = description.parts.count == 1 ? 12.0 : 6.0
    var y = top + 20
    for label in shown {
      let height = bar * Double(label.counts.count)
      canvas.text(
        label.name.truncated(toWidth: 22), x: Self.left - 10, y: y + height / 2 + 4, style: "name", anchor: .end)
      for (part, count) in label.counts.enumerated() {
        let width = (Self.width - Self.left - Self.right) * Double(count) / totals[part] / most
        canvas.rectangle(
          x: Self.left, y: y + bar * Double(part), width: max(count > 0 ? 1 : 0, width), height: bar - 1,
          style: "part\(part)")
      }
      let share = Double(label.counts[0]) / totals[0]
      canvas.text(
        "\(label.counts[0].grouped)  (\(percent(share)))", x: Self.width - 24, y: y + height / 2 + 4, style: "soft",
        anchor: .end)
      y += max(height, 14) + 6
    }
    let hidden = description.labels.count - shown.count
    if hidden > 0 {
      canvas.text("… and \(hidden) more", x: Self.left, y: y + 10, style: "soft")
      y += 18
    }
    return y
  }

  /// The frequent tokens of the first part, in two columns.
  private func tokens(_ canvas: inout SVGCanvas, _ top: Double) -> Double {
    canvas.text("Frequent tokens in \(description.parts[0].name)", x: 24, y: top, style: "head")
    let shown = Array(description.tokens.prefix(40))
    let rows = (shown.count + 1) / 2
    let most = Double(max(1, shown.first?.count ?? 1))
    let column = (Self.width - 48) / 2
    for (number, token) in shown.enumerated() {
      let x = 24 + column * Double(number / rows)
      let y = top + 20 + 19 * Double(number % rows)
      canvas.text(token.text.truncated(toWidth: 16), x: x + 120, y: y + 11, style: "name", anchor: .end)
      canvas.rectangle(
        x: x + 130, y: y, width: max(1, (column - 220) * Double(token.count) / most), height: 14, style: "token")
      canvas.text(token.count.grouped, x: x + column - 24, y: y + 11, style: "soft", anchor: .end)
    }
    return top + 20 + 19 * Double(rows)
  }
}
