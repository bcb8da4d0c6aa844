public import SeqCore

/// A strict reader of JSON (RFC 8259) that records where everything was written.
///
/// It refuses what other readers accept: keys given twice, numbers outside the range of `Double`, text after the end,
/// lone surrogates and bytes that are not UTF-8. An integer too large for `Int` keeps its digits. A byte-order mark is
/// skipped.
package struct JSONParser {
  /// How deep arrays and objects may be nested.
  package static let depthLimit = 128

  var scanner: TextScanner
  /// The arrays and objects being read, outermost first.
  var open: [Container] = []

  /// An array or object being read.
  struct Container {
    var line: Int
    /// The key or index being read.
    var step = ConfigPath.Step.index(0)
    var isObject: Bool
  }

  /// Reads one JSON text.
  ///
  /// - Parameters:
  ///   - bytes: the whole text in UTF-8.
  ///   - file: its name in places and messages.
  ///   - firstLine: the number of its first line, for a text that is a part of a file.
  ///   - firstColumn: the column of its first character.
  /// - Throws: one error with the place, what was expected and what was found.
  package static func parse(
    _ bytes: [UInt8], file: String? = nil, firstLine: Int = 1, firstColumn: Int = 1
  ) throws(SeqError) -> ConfigNode {
    var parser = JSONParser(
      scanner: TextScanner(bytes, file: file, firstLine: firstLine, firstColumn: firstColumn))
    return try parser.document()
  }

  private mutating func document() throws(SeqError) -> ConfigNode {
    scanner.skipBlanks()
    if scanner.current == nil {
      throw .data("expected a JSON value, found an empty text", at: scanner.file.map(Place.file))
    }
    let root = try value("a JSON value")
    scanner.skipBlanks()
    if scanner.current != nil { throw unexpected("the end of the text") }
    return root
  }

  /// Reads one value; `expected` names it in the message if there is none.
  mutating func value(_ expected: String = "a value") throws(SeqError) -> ConfigNode {
    let place = scanner.here()
    switch scanner.current ?? 0 {
    case UInt8(ascii: "{"): return try ConfigNode(.object(object()), at: place)
    case UInt8(ascii: "["): return try ConfigNode(.array(array()), at: place)
    case UInt8(ascii: "\""): return try ConfigNode(.string(string()), at: place)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try ConfigNode(number(), at: place)
    default:
      guard let literal = literal() else { throw unexpected(expected) }
      return ConfigNode(literal, at: place)
    }
  }

  private mutating func literal() -> ConfigNode.Content? {
    let (value, length): (ConfigNode.Content, Int)
    switch word() {
    case "true": (value, length) = (.bool(true), 4)
    case "false": (value, length) = (.bool(false), 5)
    case "null": (value, length) = (.null, 4)
    default: return nil
    }
    scanner.index += length
    return value
  }

  private mutating func array() throws(SeqError) -> [ConfigNode] {
    try enter(isObject: false)
    var elements: [ConfigNode] = []
    var comma: Place?
    while scanner.current != UInt8(ascii: "]") {
      if let comma, scanner.current == UInt8(ascii: "}") { throw trailing(comma) }
      open[open.count - 1].step = .index(elements.count)
      try elements.append(value(elements.isEmpty ? "a value or \"]\"" : "a value"))
      comma = try separator("]")
    }
    if let comma { throw trailing(comma) }
    leave()
    return elements
  }

  private mutating func object() throws(SeqError) -> [ConfigNode.Member] {
    try enter(isObject: true)
    var list = MemberList()
    var comma: Place?
    while scanner.current != UInt8(ascii: "}") {
      if let comma, scanner.current == UInt8(ascii: "]") { throw trailing(comma) }
      let place = scanner.here()
      guard scanner.current == UInt8(ascii: "\"") else { throw unexpectedKey(isFirst: list.members.isEmpty) }
      let key = try string()
      open[open.count - 1].step = .key(key)
      if let first = list.place(of: key) {
        throw MemberList.duplicate(ConfigPath.text(of: open.map(\.step)), at: place, first: first)
      }
      scanner.skipBlanks()
      guard scanner.current == UInt8(ascii: ":") else { throw unexpected("\":\" after the key") }
      scanner.index += 1
      scanner.skipBlanks()
      try list.append(ConfigNode.Member(key: key, keyPlace: place, node: value()))
      comma = try separator("}")
    }
    if let comma { throw trailing(comma) }
    leave()
    return list.members
  }

  /// Skips the bracket that opens an array or object, and the white space after it.
  private mutating func enter(isObject: Bool) throws(SeqError) {
    if open.count == Self.depthLimit {
      throw .data("expected at most \(Self.depthLimit) levels of nesting, found more", at: scanner.here())
    }
    open.append(Container(line: scanner.line, isObject: isObject))
    scanner.index += 1
    scanner.skipBlanks()
  }

  private mutating func leave() {
    open.removeLast()
    scanner.index += 1
  }

  /// Skips the comma after an element and returns its place, or stops before the closing bracket.
  private mutating func separator(_ close: Unicode.Scalar) throws(SeqError) -> Place? {
    scanner.skipBlanks()
    if scanner.current == UInt8(ascii: close) { return nil }
    guard scanner.current == UInt8(ascii: ",") else { throw unexpected("\",\" or \"\(close)\"") }
    let comma = scanner.here()
    scanner.index += 1
    scanner.skipBlanks()
    return comma
  }
}

extension ConfigNode {
  /// Reads a JSON text.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - file: its name in places and messages.
  /// - Throws: one error with the place, what was expected and what was found.
  public init(json text: String, file: String? = nil) throws(SeqError) {
    self = try JSONParser.parse(Array(text.utf8), file: file)
  }
}
