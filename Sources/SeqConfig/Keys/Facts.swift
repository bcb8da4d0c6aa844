/// What the keys of a config hold, by their dotted paths.
package final class FactTable {
  fileprivate var values: [String: ConfigNode]

  /// A table to be filled.
  package init(_ values: [String: ConfigNode] = [:]) { self.values = values }

  /// A copy that can be changed.
  func copy() -> FactTable { FactTable(values) }
}

/// What the keys of a config hold, as seen from one section of it.
///
/// A path begins at the top, as `model.cell`; one that begins with a dot, in the section: `.kind`.
package struct Facts {
  let table: FactTable
  /// The dotted path of the section; nil for the top.
  let section: String?

  /// What a table holds, as seen from a section; nil for the top.
  package init(_ table: FactTable, section: String?) { (self.table, self.section) = (table, section) }

  /// The same from an object of the section.
  package func section(_ name: String) -> Facts { Facts(table, section: ConfigPath.appending(key: name, to: section)) }

  /// The same from an element of a list of the section.
  package func element(_ name: String, _ index: Int) -> Facts {
    Facts(table, section: ConfigPath.appending(index: index, to: ConfigPath.appending(key: name, to: section)))
  }

  /// The dotted path that a path stands for.
  func full(_ path: String) -> String {
    guard path.hasPrefix(".") else { return path }
    return (section.map { $0 + "." } ?? "") + path.dropFirst()
  }

  /// What a key holds; nil for nothing.
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

  /// Whether a key holds anything.
  package func has(_ path: String) -> Bool { self[path] != nil }
}
