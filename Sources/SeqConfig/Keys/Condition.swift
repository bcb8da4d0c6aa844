/// When a key applies, and the message where it does not.
package struct Condition<Root>: Sendable {
  /// The condition in a table, such as "only `tagging`".
  package let note: String
  /// What to do about the key where it does not apply.
  let remedy: String
  /// The message where the key does not apply; nil where it does.
  let refusal: @Sendable (Root, Facts) -> String?

  /// - Parameters:
  ///   - note: the condition in a table.
  ///   - refusal: the message where the key does not apply; nil where it does.
  package init(
    _ note: String, remedy: String = "leave it out", refusal: @escaping @Sendable (Root, Facts) -> String?
  ) {
    (self.note, self.remedy, self.refusal) = (note, remedy, refusal)
  }

  /// The same for keys of a struct that holds this one's struct.
  func lifted<Outer>(to place: KeyPlace<Outer, Root>) -> Condition<Outer> {
    let refusal = refusal
    return Condition<Outer>(note, remedy: remedy) { refusal($0[keyPath: place], $1) }
  }

  /// Another key holds one of several values.
  ///
  /// - Parameter sentence: the message where it holds another value, which the closure gets.
  package static func fact(
    _ path: String, in values: [String], note: String? = nil, _ sentence: @escaping @Sendable (String) -> String
  ) -> Condition {
    Condition(note ?? "only " + values.inCode) { _, facts in
      let found = facts.text(path) ?? ""
      return values.contains(found) ? nil : sentence(found)
    }
  }

  /// Another key holds one of several values.
  package static func fact(
    _ path: String, in values: [String], note: String? = nil, _ sentence: String
  ) -> Condition {
    fact(path, in: values, note: note) { _ in sentence }
  }

  /// Another key holds none of several values.
  package static func fact(
    _ path: String, notIn values: [String], note: String? = nil, _ sentence: String
  ) -> Condition {
    Condition(note ?? "not " + values.inCode) { _, facts in values.contains(facts.text(path) ?? "") ? sentence : nil }
  }

  /// Another key is present.
  package static func present(_ path: String, note: String? = nil, _ sentence: String) -> Condition {
    Condition(note ?? "with `\(path.withoutDot)`") { _, facts in facts.has(path) ? nil : sentence }
  }

  /// Another key is absent.
  package static func absent(_ path: String, note: String? = nil, _ sentence: String) -> Condition {
    Condition(note ?? "without `\(path.withoutDot)`") { _, facts in facts.has(path) ? sentence : nil }
  }

  /// The task is one of several, by their names in a config.
  package static func task(_ names: String..., else sentence: String) -> Condition {
    fact("task", in: names, sentence)
  }

  /// The key applies to all tasks but these.
  package static func task(not names: String..., else sentence: String) -> Condition {
    fact("task", notIn: names, sentence)
  }

  /// The section's own kind is one of several, which the message names.
  package static func kind<Kind: RawRepresentable<String> & CaseIterable & Equatable>(in kinds: [Kind]) -> Condition {
    let names = Kind.allCases.filter(kinds.contains).map(\.rawValue)
    return fact(".kind", in: names) { "has no effect with \($0); it only applies to \(names.joined(separator: ", "))" }
  }

  /// The section's own kind is none of several.
  package static func kind<Kind: RawRepresentable<String> & CaseIterable & Equatable>(
    notIn kinds: [Kind]
  ) -> Condition {
    let names = Kind.allCases.filter { !kinds.contains($0) }.map(\.rawValue)
    return fact(".kind", in: names, note: "not " + kinds.map(\.rawValue).inCode) {
      "has no effect with \($0); it only applies to \(names.joined(separator: ", "))"
    }
  }
}

extension [String] {
  /// `a`, `b` as Markdown.
  package var inCode: String { map { "`\($0)`" }.joined(separator: ", ") }
}

extension String {
  fileprivate var withoutDot: String { hasPrefix(".") ? String(dropFirst()) : self }
}
