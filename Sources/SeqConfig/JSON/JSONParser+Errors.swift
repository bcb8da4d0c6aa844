import SeqCore

extension JSONParser {
  /// The error for something other than what is expected here.
  mutating func unexpected(_ expected: String) -> SeqError {
    if let error = scanner.encodingError() { return error }
    let (found, remedy) = finding()
    return .data("expected \(expected), found \(found)", at: scanner.here(), remedy: remedy)
  }

  /// The error for something other than a key.
  mutating func unexpectedKey(isFirst: Bool) -> SeqError {
    let expected = isFirst ? "a key or \"}\"" : "a key"
    let name = word()
    if name.isEmpty { return unexpected(expected) }
    return .data(
      "expected \(expected), found \(Self.shortened(name))", at: scanner.here(),
      remedy: "write it in double quotes: \(JSONWriter.quoted(Self.shortened(name)))")
  }

  /// The error for a comma with nothing after it.
  mutating func trailing(_ comma: Place) -> SeqError {
    let (found, _) = finding()
    let expected = open.last?.isObject == true ? "another key" : "another value"
    return .data("expected \(expected) after \",\", found \(found)", at: comma, remedy: "remove the comma")
  }

  /// What is here, in words, and what to do about it if that is clear.
  private func finding() -> (found: String, remedy: String?) {
    guard let (scalar, _) = scanner.scalar() else { return ("the end of the text", closingRemedy()) }
    switch scalar {
    case "\"": return ("a string", open.isEmpty ? nil : "a comma or colon may be missing before it")
    case "#": return ("a comment", "JSON has no comments; remove it")
    case "/" where scanner.next == UInt8(ascii: "/") || scanner.next == UInt8(ascii: "*"):
      return ("a comment", "JSON has no comments; remove it")
    case "'", "`", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{201E}":
      return ("\(scalar)", "write straight double quotes: \"…\"")
    default: break
    }
    let word = word()
    if !word.isEmpty { return (Self.shortened(word), Self.wordRemedy(word)) }
    return (scalar.isVisible ? "\"\(scalar)\"" : scalar.codePoint, nil)
  }

  private func closingRemedy() -> String? {
    open.last.map { "close the \"\($0.isObject ? "{" : "[")\" of line \($0.line)" }
  }

  /// The letters, digits and signs here that a user would call one word; empty if there are none.
  func word() -> String {
    let end = scanner.bytes[scanner.index...].firstIndex { !Self.isWordByte($0) } ?? scanner.bytes.count
    return String(decoding: scanner.bytes[scanner.index..<end], as: UTF8.self)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"): true
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }

  private static func wordRemedy(_ word: String) -> String? {
    switch word.lowercased() {
    case "true", "yes", "on": return "write true"
    case "false", "no", "off": return "write false"
    case "null", "none", "nil", "undefined": return "write null"
    case "nan", "inf", "infinity", "+inf", "+infinity": return "JSON has finite numbers only"
    default: break
    }
    switch word.first {
    case "+": return "numbers have no plus sign"
    case ".": return "write a digit before the point"
    default: return Double(word) == nil ? "write a text in double quotes: \(JSONWriter.quoted(shortened(word)))" : nil
    }
  }

  /// At most forty scalars of a text, for a message.
  static func shortened(_ text: String) -> String { text.shortened(to: 40) }
}
