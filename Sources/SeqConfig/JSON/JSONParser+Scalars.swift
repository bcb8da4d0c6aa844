import SeqCore

extension JSONParser {
  /// Reads a number, which starts here with a digit or a minus sign.
  mutating func number() throws(SeqError) -> ConfigNode.Content {
    let text = word()
    if let remedy = Self.numberFault(Array(text.utf8)) {
      throw .data("expected a number, found \(Self.shortened(text))", at: scanner.here(), remedy: remedy)
    }
    // "-0" is a real number, so that its sign is kept.
    if text != "-0", let integer = Int(text) {
      scanner.index += text.utf8.count
      return .integer(integer)
    }
    // Two identifiers of 20 digits stay different, although they may be equal as `Double`.
    if text.utf8.dropFirst(text.hasPrefix("-") ? 1 : 0).allSatisfy(Self.isDigit), text != "-0" {
      scanner.index += text.utf8.count
      return .digits(text)
    }
    guard let real = Double(text), real.isFinite else {
      let limit = "\(Double.greatestFiniteMagnitude)"
      throw .data("expected a number up to \(limit), found \(Self.shortened(text))", at: scanner.here())
    }
    scanner.index += text.utf8.count
    return .real(real)
  }

  /// What is wrong with a number that starts with a digit or a minus sign, or `nil` if it is one.
  private static func numberFault(_ text: [UInt8]) -> String? {
    var rest = text[...]
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = rest.prefix(while: isDigit)
    rest = rest.dropFirst(whole.count)
    if whole.isEmpty { return "a digit must follow the minus sign" }
    if whole.count > 1, whole.first == UInt8(ascii: "0") { return "numbers have no leading zeros" }
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: isDigit)
      if fraction.isEmpty { return "a digit must follow the point" }
      rest = rest.dropFirst(1 + fraction.count)
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      let exponent = rest.prefix(while: isDigit)
      if exponent.isEmpty { return "a digit must follow the exponent's e" }
      rest = rest.dropFirst(exponent.count)
    }
    return rest.isEmpty ? nil : "write a decimal number, or a text in double quotes"
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  /// Reads a string, which starts here with its opening quote.
  mutating func string() throws(SeqError) -> String {
    let opening = scanner.here()
    scanner.index += 1
    let start = scanner.index
    while let byte = scanner.current, byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\")
    {
      scanner.index += 1
    }
    if scanner.current == UInt8(ascii: "\"") {
      scanner.index += 1
      return String(decoding: scanner.bytes[start..<scanner.index - 1], as: UTF8.self)
    }
    var text = String(decoding: scanner.bytes[start..<scanner.index], as: UTF8.self).unicodeScalars
    while let byte = scanner.current, byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") {
        try text.append(escape())
      } else if byte < 0x20 {
        throw control(byte, opening: opening)
      } else if let (scalar, length) = scanner.scalar() {
        text.append(scalar)
        scanner.index += length
      } else {
        throw scanner.encodingError() ?? unexpected("UTF-8")
      }
    }
    if scanner.current == nil { throw unclosed(opening, "the end of the text") }
    scanner.index += 1
    return String(text)
  }

  private func unclosed(_ opening: Place, _ found: String) -> SeqError {
    .data("expected a closing quote for this string, found \(found)", at: opening)
  }

  /// The error for a control character in a string; a line end usually means that the closing quote is missing.
  private mutating func control(_ byte: UInt8, opening: Place) -> SeqError {
    if byte == 0x0A || byte == 0x0D { return unclosed(opening, "the end of the line") }
    let code = Unicode.Scalar(byte).codePoint
    let escape = byte == 0x09 ? "\\t" : "\\u" + code.dropFirst(2).lowercased()
    return .data(
      "expected no control character in a string, found \(code)", at: scanner.here(), remedy: "write \(escape)")
  }

  /// Reads an escape, which starts here with its backslash.
  private mutating func escape() throws(SeqError) -> Unicode.Scalar {
    let scalar: Unicode.Scalar
    switch scanner.next {
    case UInt8(ascii: "\""): scalar = "\""
    case UInt8(ascii: "\\"): scalar = "\\"
    case UInt8(ascii: "/"): scalar = "/"
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{C}"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw badEscape()
    }
    scanner.index += 2
    return scalar
  }

  private mutating func badEscape() -> SeqError {
    let place = scanner.here()
    scanner.index += 1
    if let error = scanner.encodingError() { return error }
    let found = scanner.scalar().map { $0.scalar.isVisible ? "\\\($0.scalar)" : "\\ and \($0.scalar.codePoint)" }
    return .data(
      "expected an escape such as \\n, \\\" or \\u00e9, found \(found ?? "the end of the text")", at: place,
      remedy: "write \\\\ for a backslash")
  }

  private mutating func unicodeEscape() throws(SeqError) -> Unicode.Scalar {
    let place = scanner.here()
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let written = "\\u" + String(first, radix: 16)
    let lone = SeqError.data("expected a pair of surrogates such as \\ud83d\\ude00, found \(written) alone", at: place)
    guard first < 0xDC00, scanner.starts(with: "\\u") else { throw lone }
    let second = try codeUnit()
    guard (0xDC00..<0xE000).contains(second) else { throw lone }
    return Unicode.Scalar(0x1_0000 + (UInt32(first) - 0xD800) << 10 + UInt32(second) - 0xDC00) ?? "\u{FFFD}"
  }

  /// Reads `\u` and its four hexadecimal digits.
  private mutating func codeUnit() throws(SeqError) -> UInt16 {
    let digits = scanner.bytes[scanner.index...].dropFirst(2).prefix(4)
    let isHexadecimal = digits.allSatisfy { Unicode.Scalar($0).properties.isASCIIHexDigit }
    guard digits.count == 4, isHexadecimal, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
      throw .data("expected four hexadecimal digits after \\u", at: scanner.here())
    }
    scanner.index += 6
    return unit
  }
}
