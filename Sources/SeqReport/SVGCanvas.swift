import SeqCore

/// A drawing in Scalable Vector Graphics 1.1 that grows downwards.
package struct SVGCanvas {
  /// The alignment of a text.
  package enum Anchor: String { case start, middle, end }

  package let width: Double
  package private(set) var elements: [String] = []

  package init(width: Double) { self.width = width }

  package mutating func rectangle(x: Double, y: Double, width: Double, height: Double, style: String) {
    elements.append(
      "<rect class=\"\(style)\" x=\"\(x.short)\" y=\"\(y.short)\" width=\"\(max(0, width).short)\" "
        + "height=\"\(max(0, height).short)\"/>")
  }

  package mutating func line(x: Double, y: Double, toX: Double, toY: Double) {
    elements.append(
      "<line class=\"grid\" x1=\"\(x.short)\" y1=\"\(y.short)\" x2=\"\(toX.short)\" y2=\"\(toY.short)\"/>")
  }

  /// A line through points, in the colour of its class.
  package mutating func polyline(_ points: [(x: Double, y: Double)], style: String) {
    let path = points.map { "\($0.x.short),\($0.y.short)" }.joined(separator: " ")
    elements.append("<polyline class=\"\(style)\" points=\"\(path)\"/>")
  }

  package mutating func text(_ text: String, x: Double, y: Double, style: String, anchor: Anchor = .start) {
    elements.append(
      "<text class=\"\(style)\" x=\"\(x.short)\" y=\"\(y.short)\" text-anchor=\"\(anchor.rawValue)\">"
        + "\(text.markup)</text>")
  }

  /// The drawing as an element of a page.
  /// - Parameter style: rules for its classes; empty if the page has them.
  package func markup(height: Double, title: String, style: String) -> String {
    let rules = style.isEmpty ? "" : "<style>\(style)</style>\n"
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width.short) \(height.short)\" "
      + "width=\"\(width.short)\" height=\"\(height.short)\" role=\"img\">\n<title>\(title.markup)</title>\n\(rules)"
      + elements.joined(separator: "\n") + "\n</svg>"
  }
}

extension Double {
  /// The number with at most one decimal.
  fileprivate var short: String { self == rounded() ? String(Int(self)) : fixed(1) }
}

extension String {
  /// The text escaped as content of an element or attribute; control characters are made visible.
  package var markup: String {
    printable.reduce(into: "") { text, character in
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      default: text.append(character)
      }
    }
  }
}
