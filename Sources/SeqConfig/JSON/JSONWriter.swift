public import SeqCore

/// Writes a tree as JSON: always the same text for the same tree.
///
/// Keys keep their order. Numbers are written with the fewest digits that read back to the same number, whole ones
/// without a fraction (`0.002`, `5`). Characters that would end a line or control a terminal are escaped.
package struct JSONWriter {
  /// The widest list that stays on its line.
  private static let lineWidth = 80

  private let style: ConfigNode.JSONStyle
  private var text = ""

  private init(_ style: ConfigNode.JSONStyle) { self.style = style }

  /// The JSON text of a tree, without a line end after it.
  ///
  /// - Throws: an error with the path of a number that is not finite, which JSON cannot express.
  package static func text(of node: ConfigNode, style: ConfigNode.JSONStyle = .pretty) throws(SeqError) -> String {
    if let (number, steps) = notFinite(in: node) {
      let path = ConfigPath.text(of: steps.reversed())
      throw .data("expected a finite number, the only kind that JSON has; found \(number)", at: .path(path))
    }
    var writer = JSONWriter(style)
    writer.write(node, depth: 0)
    return writer.text
  }

  /// A text as a JSON string with its quotes.
  package static func quoted(_ text: String) -> String {
    var writer = JSONWriter(.compact)
    writer.write(text)
    return writer.text
  }

  /// A finite number with the fewest digits that read back to it, and no `.0`.
  package static func number(_ number: Double) -> String {
    let digits = number.description
    return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
  }

  /// The first number that is not finite, and the steps to it, the last one first.
  private static func notFinite(in node: ConfigNode) -> (number: Double, steps: [ConfigPath.Step])? {
    switch node.content {
    case .real(let number): return number.isFinite ? nil : (number, [])
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        if let (number, steps) = notFinite(in: element) { return (number, steps + [.index(index)]) }
      }
    case .object(let members):
      for member in members {
        if let (number, steps) = notFinite(in: member.node) { return (number, steps + [.key(member.key)]) }
      }
    default: break
    }
    return nil
  }

  private mutating func write(_ node: ConfigNode, depth: Int) {
    switch node.content {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .integer(let number): text += String(number)
    case .real(let number): text += Self.number(number)
    case .digits(let digits): text += digits
    case .string(let string): write(string)
    case .array(let elements): write(elements, depth: depth)
    case .object(let members): write(members, depth: depth)
    }
  }

  private mutating func write(_ elements: [ConfigNode], depth: Int) {
    if style == .pretty, let line = Self.oneLine(elements) {
      text += line
      return
    }
    text += "["
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      breakLine(depth + 1)
      write(element, depth: depth + 1)
    }
    if !elements.isEmpty { breakLine(depth) }
    text += "]"
  }

  /// A list of plain values as `[1, 2]`, or `nil` if it is too long or nested.
  private static func oneLine(_ elements: [ConfigNode]) -> String? {
    var writer = JSONWriter(.compact)
    writer.text = "["
    for (index, element) in elements.enumerated() {
      guard element.elements == nil, element.members == nil else { return nil }
      if index > 0 { writer.text += ", " }
      writer.write(element, depth: 0)
      if writer.text.utf8.count >= lineWidth { return nil }
    }
    return writer.text + "]"
  }

  private mutating func write(_ members: [ConfigNode.Member], depth: Int) {
    text += "{"
    for (index, member) in members.enumerated() {
      if index > 0 { text += "," }
      breakLine(depth + 1)
      write(member.key)
      text += style == .pretty ? ": " : ":"
      write(member.node, depth: depth + 1)
    }
    if !members.isEmpty { breakLine(depth) }
    text += "}"
  }

  private mutating func breakLine(_ depth: Int) {
    guard style == .pretty else { return }
    text += "\n"
    for _ in 0..<depth { text += "  " }
  }

  private mutating func write(_ string: String) {
    text += "\""
    if string.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      text += string
    } else {
      for scalar in string.unicodeScalars { write(scalar) }
    }
    text += "\""
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
      let digits = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: text.unicodeScalars.append(scalar)
    }
  }
}

extension ConfigNode {
  /// How a JSON text is laid out.
  public enum JSONStyle: Sendable {
    /// One key per line, two spaces per level; a short list of plain values stays on one line.
    case pretty
    /// One line without spaces, for JSON lines.
    case compact
  }

  /// The tree as JSON, without a line end after it.
  ///
  /// - Throws: an error with the path of a number that is not finite, which JSON cannot express.
  public func json(_ style: JSONStyle = .pretty) throws(SeqError) -> String {
    try JSONWriter.text(of: self, style: style)
  }
}
