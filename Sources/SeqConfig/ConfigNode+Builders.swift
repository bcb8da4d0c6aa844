extension ConfigNode {
  /// The JSON value `null`.
  public static var null: ConfigNode { ConfigNode(Content.null) }

  /// True or false.
  public static func bool(_ flag: Bool) -> ConfigNode { ConfigNode(Content.bool(flag)) }

  /// An integer.
  public static func integer(_ number: Int) -> ConfigNode { ConfigNode(Content.integer(number)) }

  /// A number. JSON cannot express one that is not finite; see ``realOrNull(_:)``.
  public static func real(_ number: Double) -> ConfigNode { ConfigNode(Content.real(number)) }

  /// A number, or `null` if it is nil or not finite.
  public static func realOrNull(_ number: Double?) -> ConfigNode {
    guard let number, number.isFinite else { return .null }
    return .real(number)
  }

  /// A text.
  public static func string(_ text: String) -> ConfigNode { ConfigNode(Content.string(text)) }

  /// A list of values.
  public static func array(_ elements: [ConfigNode]) -> ConfigNode { ConfigNode(Content.array(elements)) }

  /// An object with its keys in the given order.
  ///
  /// - Precondition: the keys differ.
  public static func object(_ members: [(String, ConfigNode)]) -> ConfigNode {
    assert(Set(members.map(\.0)).count == members.count, "an object with a key twice")
    return ConfigNode(Content.object(members.map { Member(key: $0.0, node: $0.1) }))
  }
}

extension ConfigNode: ExpressibleByBooleanLiteral {
  /// `true` or `false` in a value that a program builds.
  public init(booleanLiteral flag: Bool) { self = .bool(flag) }
}

extension ConfigNode: ExpressibleByIntegerLiteral {
  /// An integer in a value that a program builds.
  public init(integerLiteral number: Int) { self = .integer(number) }
}

extension ConfigNode: ExpressibleByFloatLiteral {
  /// A number in a value that a program builds.
  public init(floatLiteral number: Double) { self = .real(number) }
}

extension ConfigNode: ExpressibleByStringInterpolation {
  /// A text in a value that a program builds.
  public init(stringLiteral text: String) { self = .string(text) }
}

extension ConfigNode: ExpressibleByArrayLiteral {
  /// A list in a value that a program builds.
  public init(arrayLiteral elements: ConfigNode...) { self = .array(elements) }
}

extension ConfigNode: ExpressibleByDictionaryLiteral {
  /// An object in a value that a program builds; its keys are in the order written.
  public init(dictionaryLiteral members: (String, ConfigNode)...) { self = .object(members) }
}

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
