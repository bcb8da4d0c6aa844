package import SeqCore

extension ConfigReader {
  /// Reads a list of texts.
  package func strings(_ key: String, default value: [String]) -> [String] {
    optionalStrings(key) ?? value
  }

  /// Reads a list of texts that may be absent.
  package func optionalStrings(_ key: String) -> [String]? {
    list(key, expected: "an array of strings", element: "a string") { $0.stringValue }
  }

  /// Reads a list of numbers.
  package func doubles(_ key: String, default value: [Double], in range: NumberRange = .any) -> [Double] {
    assert(value.allSatisfy(range.contains), "a default that the key does not accept")
    let expected = "an array of \(range.plural)"
    let found = list(key, expected: expected, element: range.description) {
      $0.doubleValue(in: range)
    }
    return found ?? value
  }

  /// Reads an array; messages name the wrong element. `nil` if the key is absent or an element is wrong.
  private func list<T>(
    _ key: String, expected: String, element: String, convert: (ConfigNode) -> T?
  ) -> [T]? {
    guard let node = value(key) else { return nil }
    guard let elements = node.elements else {
      let remedy = convert(node) == nil ? nil : "write [\(node)]"
      problem(key, "expected \(expected), found \(node)", remedy: remedy)
      return nil
    }
    var values: [T] = []
    for (index, node) in elements.enumerated() {
      if let value = convert(node) {
        values.append(value)
      } else {
        let place = located(node.place, ConfigPath.appending(index: index, to: path(for: key)))
        problem("expected \(element), found \(node)", at: place)
      }
    }
    return values.count == elements.count ? values : nil
  }

  /// Reads an object of numbers with free keys, such as the weight of each class; the keys keep their order.
  package func numbersByName(
    _ key: String, default value: [(name: String, number: Double)] = [], in range: NumberRange = .any
  ) -> [(name: String, number: Double)] {
    optionalNumbersByName(key, in: range) ?? value
  }

  /// Reads an object of numbers that may be absent.
  package func optionalNumbersByName(
    _ key: String, in range: NumberRange = .any
  ) -> [(name: String, number: Double)]? {
    guard let node = value(key) else { return nil }
    guard let members = node.members else {
      problem(key, "expected an object of \(range.plural), found \(node)")
      return nil
    }
    var numbers: [(name: String, number: Double)] = []
    for member in members {
      if let number = member.node.doubleValue(in: range) {
        numbers.append((member.key, number))
      } else {
        let place = located(member.node.place, ConfigPath.appending(key: member.key, to: path(for: key)))
        problem("expected \(range), found \(member.node)", at: place)
      }
    }
    return numbers.count == members.count ? numbers : nil
  }

  /// Reads a column given by position or by name that may be absent.
  package func optionalColumn(_ key: String) -> ColumnReference? {
    optional(key, expected: "a position or a name", convert: ColumnReference.init)
  }
}

extension ColumnReference {
  fileprivate init?(_ node: ConfigNode) {
    if let index = node.intValue {
      self = .index(index)
    } else if let name = node.stringValue, !name.isEmpty {
      self = .name(name)
    } else {
      return nil
    }
  }
}
