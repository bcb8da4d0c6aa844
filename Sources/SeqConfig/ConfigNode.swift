public import SeqCore

/// A value of a config or of any JSON text, and where it was written.
///
/// Objects keep the order of their keys. Two nodes are equal if their values are: places and the order of keys do not
/// count, and `5` equals `5.0`.
public struct ConfigNode: Sendable {
  /// What a node can be.
  public enum Content: Sendable {
    /// Nothing; the config reads it as absent.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number written without a fraction.
    case integer(Int)
    /// A number with a fraction or an exponent; finite if it was read from a file.
    case real(Double)
    /// A whole number too large for an `Int`, digit by digit as it is written.
    case digits(String)
    /// A text.
    case string(String)
    /// A list of values.
    case array([ConfigNode])
    /// Members with different keys, in the order of the file.
    case object([Member])
  }

  /// One key of an object and its value.
  public struct Member: Sendable {
    /// The key, without quotes.
    public var key: String
    /// Where the key was written; the value has its own place.
    public var keyPlace: Place
    /// The key's value.
    public var node: ConfigNode

    /// A key with its place and its value.
    public init(key: String, keyPlace: Place = Place(), node: ConfigNode) {
      self.key = key
      self.keyPlace = keyPlace
      self.node = node
    }
  }

  /// What the node is.
  public var content: Content
  /// Where it was written: file, line and column, if known. The reader adds the dotted path.
  public var place: Place

  /// A value at a place; values made by a program have an empty one.
  public init(_ content: Content, at place: Place = Place()) {
    self.content = content
    self.place = place
  }
}

extension ConfigNode {
  /// The keys and values of an object in their order, or `nil` if this is not one.
  public var members: [Member]? {
    if case .object(let members) = content { members } else { nil }
  }

  /// The elements of an array, or `nil` if this is not one.
  public var elements: [ConfigNode]? {
    if case .array(let elements) = content { elements } else { nil }
  }

  /// The text of a string, or `nil` if this is not one.
  public var stringValue: String? {
    if case .string(let text) = content { text } else { nil }
  }

  /// True or false, or `nil` if this is neither; numbers are not.
  public var boolValue: Bool? {
    if case .bool(let flag) = content { flag } else { nil }
  }

  /// The integer, also of a real number without a fraction such as `5.0`; `nil` for everything else.
  public var intValue: Int? {
    switch content {
    case .integer(let number): number
    case .real(let number): Int(exactly: number)
    default: nil
    }
  }

  /// The number, or `nil` if this is not one.
  public var doubleValue: Double? {
    switch content {
    case .integer(let number): Double(number)
    case .real(let number): number
    case .digits(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }

  /// Whether this is `null`, which the config reads as absent.
  public var isNull: Bool {
    if case .null = content { true } else { false }
  }

  /// The value of a key, or `nil` if this is not an object or lacks the key.
  public subscript(key: String) -> ConfigNode? {
    members?.first { $0.key == key }?.node
  }
}

extension ConfigNode: Equatable {
  /// Whether two nodes hold the same value, regardless of their places and the order of their keys.
  public static func == (a: ConfigNode, b: ConfigNode) -> Bool {
    switch (a.content, b.content) {
    case (.null, .null): true
    case (.bool(let x), .bool(let y)): x == y
    case (.integer(let x), .integer(let y)): x == y
    case (.real(let x), .real(let y)): x == y
    case (.integer(let x), .real(let y)), (.real(let y), .integer(let x)): Int(exactly: y) == x
    case (.digits(let x), .digits(let y)): x == y
    case (.digits(let x), .real(let y)), (.real(let y), .digits(let x)): Double(x) == y
    case (.string(let x), .string(let y)): x == y
    case (.array(let x), .array(let y)): x == y
    case (.object(let x), .object(let y)): haveSameMembers(x, y)
    default: false
    }
  }

  private static func haveSameMembers(_ a: [Member], _ b: [Member]) -> Bool {
    guard a.count == b.count else { return false }
    let a = a.sorted { $0.key < $1.key }
    let b = b.sorted { $0.key < $1.key }
    return zip(a, b).allSatisfy { $0.key == $1.key && $0.node == $1.node }
  }
}
