extension ConfigNode: CustomStringConvertible {
  /// What a message says it found: the value if it is plain and short, else its kind.
  public var description: String {
    switch content {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .real(let number): JSONWriter.number(number)
    case .digits(let text): JSONParser.shortened(text)
    case .string(let text): JSONWriter.quoted(JSONParser.shortened(text))
    case .array: "an array"
    case .object: "an object"
    }
  }
}
