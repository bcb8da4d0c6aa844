/// A section with its defaults, of one task or kind.
package struct Variant<Root> {
  /// The name of the task or kind.
  package let label: String
  package let root: Root
  /// The values that all keys of the config then have.
  package let facts: FactTable

  package init(label: String, root: Root, facts: FactTable) {
    (self.label, self.root, self.facts) = (label, root, facts)
  }
}

/// Everything that is said about a key, in any form of output.
package struct KeyDescription: Sendable {
  /// The dotted path, such as `model.cell`; in elements of a list, `model.features[].size`.
  package let path: String
  /// The last part of the path.
  package let name: String
  package let shape: ValueShape
  /// One sentence, without a full stop, in Markdown.
  package let meaning: String
  /// The page of the documentation that says more.
  package let page: String?
  /// When it applies, such as "only `tagging`".
  package let conditions: [String]
  package let isRequired: Bool
  /// The default; nil if there is none, or if it follows from other keys.
  package let standard: ConfigNode?
  /// Other defaults, and the tasks or kinds that have them, such as `one-to-one`.
  package let exceptions: [(value: ConfigNode?, labels: [String])]
  /// How the default follows from other keys; nil if it does not.
  package let derivation: String?
  /// Other tools' names, and former names.
  package let aliases: [String], formerNames: [String]
  /// Other tools' names of its values, and our names for them.
  package let valueAliases: [String: String]

  /// The default as Markdown.
  package var defaultText: String {
    if isRequired { return "required" }
    if let derivation { return derivation }
    let others = exceptions.map { "\(Self.code($0.value)) for \($0.labels.inCode)" }
    return ([Self.code(standard)] + others).joined(separator: "; ")
  }

  /// The range and the conditions as Markdown.
  package var rangeText: String { ([shape.range] + conditions).filter { !$0.isEmpty }.joined(separator: "; ") }

  private static func code(_ node: ConfigNode?) -> String {
    guard let node else { return "none" }
    return "`\((try? JSONWriter.text(of: node, style: .compact)) ?? "")`"
  }
}

extension ConfigSection {
  /// All keys of a config that starts with the values of a section.
  package static func allKeys(of start: Self) -> [KeyDescription] {
    let facts = FactTable()
    start.note(in: Facts(facts, section: nil))
    return descriptions([Variant(label: "", root: start, facts: facts)], path: nil)
  }

  /// The keys, including those within them.
  ///
  /// - Parameter inherited: the section with the defaults of each task; the first is the usual one.
  package static func descriptions(_ inherited: [Variant<Self>], path: String?) -> [KeyDescription] {
    var variants = inherited
    if let base = inherited.first, let kind = keys.first(where: { !$0.variants.isEmpty }) {
      for (label, start) in kind.variants {
        let root = start(base.root)
        let facts = base.facts.copy()
        root.note(in: Facts(facts, section: path))
        variants.append(Variant(label: label, root: root, facts: facts))
      }
    }
    return keys.flatMap { $0.descriptions(variants, path: path) }
  }
}

extension Key {
  /// The key, including those within it.
  func descriptions(_ variants: [Variant<Root>], path: String?) -> [KeyDescription] {
    let full = path.map { $0 + "." + name } ?? name
    let within = children(variants, full)
    if isContinuation { return within }
    let applying =
      tellsAllDefaults ? variants : variants.filter { refusal($0.root, Facts($0.facts, section: path)) == nil }
    let values = (applying.isEmpty ? Array(variants.prefix(1)) : applying).map { variant in
      (label: variant.label, value: standard(variant.root, Facts(variant.facts, section: path)))
    }
    var others: [(value: ConfigNode?, labels: [String])] = []
    for (label, value) in values where derivation == nil && value != values.first?.value {
      if let index = others.firstIndex(where: { $0.value == value }) {
        if !others[index].labels.contains(label) { others[index].labels.append(label) }
      } else {
        others.append((value, [label]))
      }
    }
    for (label, value) in (exceptions?.values ?? [:]).sorted(by: { $0.key < $1.key }) {
      others.append((value, [label]))
    }
    let own = KeyDescription(
      path: full, name: name, shape: shape, meaning: meaning, page: page, conditions: conditions.map(\.note),
      isRequired: isRequired, standard: values.first?.value, exceptions: others, derivation: derivation,
      aliases: aliases, formerNames: formerNames, valueAliases: valueAliases)
    return [own] + within
  }
}

// MARK: Lists of objects of several kinds

extension ConfigSection {
  /// The keys of an element of a list, with its defaults.
  package func keys(at path: String, _ facts: FactTable?) -> [KeyDescription] {
    let facts = facts?.copy() ?? FactTable()
    note(in: Facts(facts, section: path))
    return Self.descriptions([Variant(label: "", root: self, facts: facts)], path: path)
  }
}

extension KeyDescription {
  /// The key that gives the kind of an element of a list.
  package static func kind<Kind: RawRepresentable<String> & CaseIterable>(
    of type: Kind.Type, at path: String, _ meaning: String
  ) -> KeyDescription {
    KeyDescription(
      path: path + ".kind", name: "kind", shape: .choice(Kind.allCases.map(\.rawValue)), meaning: meaning, page: nil,
      conditions: [], isRequired: true, standard: nil, exceptions: [], derivation: nil, aliases: [], formerNames: [],
      valueAliases: [:])
  }
}

extension [KeyDescription] {
  /// The keys of objects of several kinds: each once, with the kinds that have it and the defaults that differ.
  package static func merged(_ kinds: [(label: String, keys: [KeyDescription])]) -> [KeyDescription] {
    var names: [String] = []
    for key in kinds.flatMap(\.keys) where !names.contains(key.name) { names.append(key.name) }
    return names.compactMap { name in
      let owners = kinds.compactMap { label, keys in keys.first { $0.name == name }.map { (label: label, key: $0) } }
      guard let first = owners.first?.key else { return nil }
      var others: [(value: ConfigNode?, labels: [String])] = []
      for (label, key) in owners where key.standard != first.standard {
        if let index = others.firstIndex(where: { $0.value == key.standard }) {
          others[index].labels.append(label)
        } else {
          others.append((key.standard, [label]))
        }
      }
      let note = owners.count == kinds.count ? [] : ["only " + owners.map(\.label).inCode]
      return KeyDescription(
        path: first.path, name: name, shape: first.shape, meaning: first.meaning, page: first.page,
        conditions: note + first.conditions, isRequired: first.isRequired, standard: first.standard,
        exceptions: others, derivation: first.derivation, aliases: first.aliases, formerNames: first.formerNames,
        valueAliases: first.valueAliases)
    }
  }
}
