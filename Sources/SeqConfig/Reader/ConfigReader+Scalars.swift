import SeqCore

extension ConfigReader {
  /// Reads a key that may be absent. If `convert` rejects its value, this records a mistake and returns `nil`.
  func optional<T>(
    _ key: String, expected: String, remedy: (ConfigNode) -> String? = { _ in nil }, convert: (ConfigNode) -> T?
  ) -> T? {
    guard let node = value(key) else { return nil }
    if let value = convert(node) { return value }
    problem(key, "expected \(expected), found \(node)", remedy: remedy(node))
    return nil
  }

  // MARK: Numbers

  /// Reads an integer; `5.0` is one.
  package func int(_ key: String, default value: Int, in range: ClosedRange<Int> = .min ... .max) -> Int {
    assert(range.contains(value), "a default that the key does not accept")
    return optionalInt(key, in: range) ?? value
  }

  /// Reads an integer that may be absent.
  package func optionalInt(_ key: String, in range: ClosedRange<Int> = .min ... .max) -> Int? {
    optional(key, expected: range.integerDescription) { $0.intValue(in: range) }
  }

  /// Reads a number, such as one `.above(0)`.
  package func double(_ key: String, default value: Double, in range: NumberRange = .any) -> Double {
    assert(range.contains(value), "a default that the key does not accept")
    return optionalDouble(key, in: range) ?? value
  }

  /// Reads a number from the lower to the upper bound, both included.
  package func double(_ key: String, default value: Double, in range: ClosedRange<Double>) -> Double {
    double(key, default: value, in: .closed(range))
  }

  /// Reads a number that may be absent.
  package func optionalDouble(_ key: String, in range: NumberRange = .any) -> Double? {
    optional(key, expected: range.description) { $0.doubleValue(in: range) }
  }

  /// Reads a number from the lower to the upper bound, both included, that may be absent.
  package func optionalDouble(_ key: String, in range: ClosedRange<Double>) -> Double? {
    optionalDouble(key, in: .closed(range))
  }

  // MARK: Truth values and texts

  /// Reads `true` or `false`.
  package func bool(_ key: String, default value: Bool) -> Bool {
    optionalBool(key) ?? value
  }

  /// Reads `true` or `false` that may be absent.
  package func optionalBool(_ key: String) -> Bool? {
    optional(key, expected: "true or false", remedy: \.truthRemedy) { $0.boolValue }
  }

  /// Reads a text.
  package func string(_ key: String, default value: String) -> String {
    optionalString(key) ?? value
  }

  /// Reads a text that may be absent.
  package func optionalString(_ key: String) -> String? {
    optional(key, expected: "a string", remedy: \.textRemedy) { $0.stringValue }
  }

  /// Reads a text that must be present and not empty; returns an empty one after a mistake.
  package func requiredString(_ key: String) -> String {
    guard has(key) else {
      missing(key, "a string")
      return ""
    }
    return filledString(key) ?? ""
  }

  /// Reads a text that may be absent and must not be empty; nil after a mistake.
  func filledString(_ key: String) -> String? {
    let text = optionalString(key)
    if text == "" {
      problem(key, "expected a string that is not empty, found \"\"")
      return nil
    }
    return text
  }

  // MARK: Choices

  /// Reads one of the texts that an enum lists.
  package func choice<E: RawRepresentable<String> & CaseIterable>(_ key: String, default value: E) -> E {
    optionalChoice(key) ?? value
  }

  /// Reads one of the texts that an enum lists; it may be absent.
  package func optionalChoice<E: RawRepresentable<String> & CaseIterable>(
    _ key: String, as type: E.Type = E.self
  ) -> E? {
    guard let node = value(key) else { return nil }
    if let choice = node.stringValue.flatMap(E.init(rawValue:)) { return choice }
    let near = node.stringValue.map { didYouMean($0, among: E.allCases.map(\.rawValue)) } ?? ""
    problem(key, "expected \(Self.listed(E.self)); found \(node)\(near)")
    return nil
  }

  /// Reads one of the texts that an enum lists; it must be present. `nil` after a mistake.
  package func requiredChoice<E: RawRepresentable<String> & CaseIterable>(
    _ key: String, as type: E.Type = E.self
  ) -> E? {
    if has(key) { return optionalChoice(key) }
    missing(key, Self.listed(E.self))
    return nil
  }

  private static func listed<E: RawRepresentable<String> & CaseIterable>(_ type: E.Type) -> String {
    "one of " + E.allCases.map(\.rawValue).joined(separator: ", ")
  }
}

extension ConfigNode {
  fileprivate func intValue(in range: ClosedRange<Int>) -> Int? { intValue.flatMap { range.contains($0) ? $0 : nil } }

  func doubleValue(in range: NumberRange) -> Double? { doubleValue.flatMap { range.contains($0) ? $0 : nil } }

  /// What to do about a number or truth value instead of a text.
  var textRemedy: String? {
    switch content {
    case .bool, .integer, .real, .digits: "write it in double quotes: \"\(self)\""
    default: nil
    }
  }

  /// What to do about a truth value in quotes.
  fileprivate var truthRemedy: String? {
    stringValue == "true" || stringValue == "false" ? "remove the quotes" : nil
  }
}
