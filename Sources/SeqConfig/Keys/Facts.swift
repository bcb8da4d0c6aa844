/// The values of a config's keys, by their dotted paths.
package final class FactTable {
  fileprivate var values: [String: ConfigNode]

  /// A table to be filled.
  package init(_ values: [String: ConfigNode] = [:]) { self.values = values }

  /// A copy that can be changed.
  func copy() -> FactTable { FactTable(values) }
}

/// The values of a config's keys, seen from one of its sections.
///
/// A path starts at the top, as in `model.cell`; a path with a leading dot starts in the section, as in `.kind`.
package struct Facts {
  let table: FactTable
  /// The dotted path of the section; nil for the top.
  let section: String?

  /// The values of a table, seen from a section; nil for the top.
  package init(_ table: FactTable, section: String?) { (self.table, self.section) = (table, section) }

  /// The same, seen from an object of the section.
  package func section(_ name: String) -> Facts { Facts(table, section: ConfigPath.appending(key: name, to: section)) }

  /// The same, seen from an element of a list of the section.
  package func element(_ name: String, _ index: Int) -> Facts {
    Facts(table, section: ConfigPath.appending(index: index, to: ConfigPath.appending(key: name, to: section)))
  }

  /// The dotted path that a path stands for.
  func full(_ path: String) -> String {
    guard path.hasPrefix(".") else { return path }
    return (section.map { $0 + "." } ?? "") + path.dropFirst()
  }

  /// The value of a key; nil if it has none.
  package subscript(path: String) -> ConfigNode? {
    get { table.values[full(path)] }
    nonmutating set { table.values[full(path)] = newValue }
  }

  /// A text, a number or a truth value as text.
  package func text(_ path: String) -> String? {
    guard let node = self[path] else { return nil }
    return node.stringValue ?? node.description
  }

  /// An integer.
  package func integer(_ path: String) -> Int? { self[path]?.intValue }

  /// A number.
  package func number(_ path: String) -> Double? { self[path]?.doubleValue }

  /// Whether a key holds `true`.
  package func isTrue(_ path: String) -> Bool { self[path]?.boolValue ?? false }

  /// Whether a key has a value.
  package func has(_ path: String) -> Bool { self[path] != nil }
}
