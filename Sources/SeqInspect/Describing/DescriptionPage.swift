import SeqCore
import SeqReport

extension DataDescription {
  /// A picture in Scalable Vector Graphics.
  public var svg: String { DescriptionPicture(self).whole() }

  /// A self-contained page, for light and dark screens.
  public var html: String {
    let picture = DescriptionPicture(self)
    let figures = picture.separate().map { "<figure>\n\($0)\n</figure>" }.joined(separator: "\n")
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title.markup)</title>
      <style>
      :root { color-scheme: light dark }
      body { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; color: #333a44;
        background: #ffffff; max-width: 880px; margin: 2.5rem auto; padding: 0 1rem }
      h1 { font-size: 1.6rem; margin: 0; color: #14181f } p { color: #6b7480; margin: .25rem 0 1.5rem }
      figure { margin: 2rem 0 } svg { width: 100%; height: auto }
      table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
      th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid #dfe3e8 }
      th { font-weight: 600 } th:first-child, td:first-child { text-align: left }
      details { margin: 1rem 0 } summary { cursor: pointer; font-weight: 600 }
      \(DescriptionPicture.style)
      @media (prefers-color-scheme: dark) {
      body { color: #c6ccd4; background: #14181f } h1 { color: #f0f3f6 } p { color: #8b95a1 }
      th, td { border-color: #2f363f }
      \(DescriptionPicture.darkStyle)
      }
      </style>
      </head>
      <body>
      <h1>\(title.markup)</h1>
      <p>\(picture.subtitle.markup)\(problems > 0 ? "; \(problems.grouped) mistakes were skipped" : "")</p>
      \(partTable)
      \(figures)
      \(labelTable)
      </body>
      </html>

      """
  }

  private var partTable: String {
    let heads = ["part", "records", "tokens", "distinct", "mean", "median", "95 %", "longest"]
    return Self.table(
      heads,
      parts.map {
        [
          $0.name, $0.records.grouped, $0.tokens.grouped, $0.distinct.grouped, $0.mean.fixed(1), $0.median.grouped,
          $0.percentile95.grouped, $0.longest.grouped,
        ]
      })
  }

  private var labelTable: String {
    if labels.isEmpty { return "" }
    let rows = labels.map { [$0.name] + $0.counts.map(\.grouped) }
    return "<details>\n<summary>All \(labels.count.grouped) \(labelNoun)s</summary>\n"
      + Self.table([labelNoun] + parts.map(\.name), rows) + "\n</details>"
  }

  private static func table(_ heads: [String], _ rows: [[String]]) -> String {
    let head = heads.map { "<th>\($0.markup)</th>" }.joined()
    let body = rows.map { "<tr>" + $0.map { "<td>\($0.markup)</td>" }.joined() + "</tr>" }.joined(separator: "\n")
    return "<table>\n<tr>\(head)</tr>\n\(body)\n</table>"
  }
}
