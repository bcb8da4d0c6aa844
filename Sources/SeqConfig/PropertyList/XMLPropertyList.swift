import SeqCore

/// A reader of XML property lists, which supports only the XML that they need.
struct XMLPropertyList {
  private var scanner: TextScanner
  private var steps: [ConfigPath.Step] = []

  static func parse(_ bytes: [UInt8], file: String?) throws(SeqError) -> ConfigNode {
    var parser = XMLPropertyList(scanner: TextScanner(bytes, file: file))
    return try parser.document()
  }

  private init(scanner: TextScanner) { self.scanner = scanner }

  private mutating func document() throws(SeqError) -> ConfigNode {
    let plist = try tag("<plist>")
    guard plist.name == "plist", plist.form == .opening else { throw unexpected("<plist>", plist) }
    let first = try tag("a value")
    let root = try value(first)
    let end = try tag("</plist>")
    guard end.name == "plist", end.form == .closing else { throw unexpected("</plist>", end) }
    try skipMisc()
    if scanner.current != nil {
      throw scanner.encodingError() ?? .data("expected the end of the file after </plist>", at: scanner.here())
    }
    return root
  }

  private mutating func value(_ tag: Tag) throws(SeqError) -> ConfigNode {
    if tag.form == .closing { throw unexpected("a value", tag) }
    if steps.count > PropertyList.depthLimit {
      throw .data("expected at most \(PropertyList.depthLimit) levels of nesting, found more", at: tag.place)
    }
    switch tag.name {
    case "dict": return try ConfigNode(.object(dictionary(tag)), at: tag.place)
    case "array": return try ConfigNode(.array(array(tag)), at: tag.place)
    case "string": return try ConfigNode(.string(text(of: tag)), at: tag.place)
    case "integer": return try ConfigNode(integer(tag), at: tag.place)
    case "real": return try ConfigNode(.real(real(tag)), at: tag.place)
    case "true", "false":
      guard try text(of: tag).isEmpty else { throw .data("expected <\(tag.name)/> to be empty", at: tag.place) }
      return ConfigNode(.bool(tag.name == "true"), at: tag.place)
    default: throw unexpected("dict, array, string, integer, real, true or false", tag)
    }
  }

  private mutating func dictionary(_ opening: Tag) throws(SeqError) -> [ConfigNode.Member] {
    var list = MemberList()
    if opening.form == .empty { return [] }
    while true {
      let keyTag = try tag("<key> or </dict>", inside: opening)
      if keyTag.name == "dict", keyTag.form == .closing { return list.members }
      guard keyTag.name == "key", keyTag.form != .closing else { throw unexpected("<key> or </dict>", keyTag) }
      let key = try text(of: keyTag)
      steps.append(.key(key))
      if let first = list.place(of: key) {
        throw MemberList.duplicate(ConfigPath.text(of: steps), at: keyTag.place, first: first)
      }
      let valueTag = try tag("a value", inside: opening)
      try list.append(ConfigNode.Member(key: key, keyPlace: keyTag.place, node: value(valueTag)))
      steps.removeLast()
    }
  }

  private mutating func array(_ opening: Tag) throws(SeqError) -> [ConfigNode] {
    var elements: [ConfigNode] = []
    if opening.form == .empty { return [] }
    while true {
      let element = try tag("a value or </array>", inside: opening)
      if element.name == "array", element.form == .closing { return elements }
      steps.append(.index(elements.count))
      try elements.append(value(element))
      steps.removeLast()
    }
  }

  private mutating func integer(_ tag: Tag) throws(SeqError) -> ConfigNode.Content {
    let text = try text(of: tag).trimmed
    if let number = Int(text) { return .integer(number) }
    if text.hasPrefix("0x"), let number = Int(text.dropFirst(2), radix: 16) { return .integer(number) }
    if let number = UInt64(text) { return .real(Double(number)) }
    throw .data("expected an integer, found \(found(text))", at: tag.place)
  }

  private mutating func real(_ tag: Tag) throws(SeqError) -> Double {
    let text = try text(of: tag).trimmed
    guard let number = Double(text), number.isFinite else {
      throw .data("expected a finite number, found \(found(text))", at: tag.place)
    }
    return number
  }

  private func found(_ text: String) -> String { JSONWriter.quoted(JSONParser.shortened(text)) }
}

// MARK: - Tags and text

extension XMLPropertyList {
  /// `<name>`, `</name>` or `<name/>`.
  private struct Tag {
    enum Form { case opening, closing, empty }
    var name: String
    var form: Form
    var place: Place
  }

  private func unexpected(_ expected: String, _ tag: Tag) -> SeqError {
    let name = JSONParser.shortened(tag.name)
    let written = tag.form == .closing ? "</\(name)>" : "<\(name)>"
    return .data("expected \(expected), found \(written)", at: tag.place)
  }

  /// Reads the next tag; only white space and comments may come before it.
  private mutating func tag(_ expected: String, inside parent: Tag? = nil) throws(SeqError) -> Tag {
    try skipMisc()
    let place = scanner.here()
    guard scanner.current == UInt8(ascii: "<") else {
      if let error = scanner.encodingError() { throw error }
      let found = scanner.current == nil ? "the end of the file" : "text"
      let remedy = parent?.place.line.map { "close the <\(parent?.name ?? "")> of line \($0)" }
      throw .data("expected \(expected), found \(found)", at: place, remedy: scanner.current == nil ? remedy : nil)
    }
    var inner: [UInt8] = []
    scanner.index += 1
    while let byte = scanner.current, byte != UInt8(ascii: ">") {
      inner.append(byte)
      scanner.advance()
    }
    guard scanner.current != nil else { throw .data("expected \">\" to end this tag, found none", at: place) }
    scanner.index += 1
    var form = Tag.Form.opening
    if inner.first == UInt8(ascii: "/") {
      form = .closing
      inner.removeFirst()
    } else if inner.last == UInt8(ascii: "/") {
      form = .empty
      inner.removeLast()
    }
    let name = inner.prefix { $0 > 0x20 }
    return Tag(name: String(decoding: name, as: UTF8.self).visible, form: form, place: place)
  }

  /// Skips white space, comments, `<?…?>` and `<!DOCTYPE …>`.
  private mutating func skipMisc() throws(SeqError) {
    while true {
      scanner.skipBlanks()
      if scanner.starts(with: "<!--") {
        _ = try skip(to: "-->", "this comment")
      } else if scanner.starts(with: "<?") {
        _ = try skip(to: "?>", "this declaration")
      } else if scanner.starts(with: "<!DOCTYPE") {
        _ = try skip(to: ">", "this declaration")
      } else {
        return
      }
    }
  }

  /// Moves past `end` and returns where it started.
  private mutating func skip(to end: String, _ what: String) throws(SeqError) -> Int {
    let place = scanner.here()
    while scanner.current != nil {
      if scanner.starts(with: end) {
        let index = scanner.index
        scanner.index += end.utf8.count
        return index
      }
      scanner.advance()
    }
    throw .data("expected \"\(end)\" to end \(what), found none", at: place)
  }

  /// Reads the text of an element, including its closing tag.
  private mutating func text(of opening: Tag) throws(SeqError) -> String {
    var text: [UInt8] = []
    if opening.form == .empty { return "" }
    while let byte = scanner.current {
      if scanner.starts(with: "<![CDATA[") {
        let start = scanner.index + 9
        let end = try skip(to: "]]>", "this CDATA section")
        if start < end { text += scanner.bytes[start..<end] }
      } else if scanner.starts(with: "<!--") {
        _ = try skip(to: "-->", "this comment")
      } else if byte == UInt8(ascii: "<") {
        return try close(opening, String(validating: text, as: UTF8.self))
      } else if byte == UInt8(ascii: "&") {
        try text += Array(String(entity()).utf8)
      } else {
        if let error = scanner.encodingError() { throw error }
        text.append(byte)
        let length = scanner.scalar()?.length ?? 1
        text += scanner.bytes[scanner.index + 1..<scanner.index + length]
        for _ in 0..<length { scanner.advance() }
      }
    }
    throw .data("expected </\(opening.name)>, found the end of the file", at: opening.place)
  }

  private mutating func close(_ opening: Tag, _ text: String?) throws(SeqError) -> String {
    let closing = try tag("</\(opening.name)>")
    guard closing.name == opening.name, closing.form == .closing else {
      throw unexpected("</\(opening.name)>", closing)
    }
    guard let text else { throw .data("expected UTF-8 in <\(opening.name)>", at: opening.place) }
    return text
  }

  /// Reads `&amp;`, `&#38;`, `&#x26;` and their like.
  private mutating func entity() throws(SeqError) -> Unicode.Scalar {
    let place = scanner.here()
    let name = String(decoding: scanner.bytes[scanner.index...].dropFirst().prefix(12), as: UTF8.self).prefix {
      $0 != ";"
    }
    let scalar: Unicode.Scalar?
    switch name {
    case "amp": scalar = "&"
    case "lt": scalar = "<"
    case "gt": scalar = ">"
    case "quot": scalar = "\""
    case "apos": scalar = "'"
    default:
      let isHexadecimal = name.hasPrefix("#x")
      let digits = name.hasPrefix("#") ? name.dropFirst(isHexadecimal ? 2 : 1) : ""
      scalar = UInt32(digits, radix: isHexadecimal ? 16 : 10).flatMap(Unicode.Scalar.init)
    }
    scanner.index += name.utf8.count + 1
    guard let scalar, scanner.current == UInt8(ascii: ";") else {
      throw .data("expected an entity such as &amp; or &#38;", at: place, remedy: "write &amp; for an ampersand")
    }
    scanner.index += 1
    return scalar
  }
}

extension String {
  /// The text without white space around it.
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.prefix(start.count - start.reversed().prefix { $0.isWhitespace }.count))
  }

  /// The text without scalars that a terminal does not show.
  fileprivate var visible: String { String(String.UnicodeScalarView(unicodeScalars.filter(\.isVisible))) }
}
