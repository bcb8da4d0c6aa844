extension ConfigNode: CustomStringConvertible {
  /// How a message describes the value: the value itself if it is plain and short, else its kind.
  public var description: String {
    switch content {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .real(let number): JSONWriter.number(number)
    case .digits(let text): JSONParser.shortened(text)
    case .string(let text): Self.quoted(text)
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// A text in quotes; if it is too long for a message, its beginning and its length.
  private static func quoted(_ text: String) -> String {
    let shown = JSONParser.shortened(text)
    let quoted = JSONWriter.quoted(shown)
    return shown == text ? quoted : "\(quoted) (\(text.unicodeScalars.count) characters)"
  }
}
