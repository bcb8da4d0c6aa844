extension Key {
  /// An object with keys of its own.
  ///
  /// - Parameters:
  ///   - prepare: sets the object's defaults that follow from values read before.
  ///   - kind: the key that gets the value if a text is written instead of the object, such as `"adam"` for an
  ///     optimiser.
  package static func section<Section: ConfigSection>(
    _ name: String, _ place: KeyPlace<Root, Section>,
    prepare: @escaping @Sendable (inout Root) -> Void = { _ in }, shorthand kind: String? = nil,
    when conditions: [Condition<Root>] = [], _ meaning: String
  ) -> Key {
    Key(
      name, .object, when: conditions, meaning,
      reads: { root, reader in
        prepare(&root)
        root[keyPath: place].read(reader.object(name, shorthand: kind))
      },
      writes: { root, writer in .object(root[keyPath: place].members(writer.section(name))) },
      notes: { root, facts in root[keyPath: place].note(in: facts.section(name)) },
      standard: { _, _ in .object([]) },
      describes: { variants, path in
        let variants = variants.map { variant in
          var root = variant.root
          prepare(&root)
          return Variant(label: variant.label, root: root[keyPath: place], facts: variant.facts)
        }
        return Section.descriptions(variants, path: path)
      })
  }

  /// An object with keys of its own that may be absent.
  package static func section<Section: ConfigSection>(
    _ name: String, optional place: KeyPlace<Root, Section?>,
    start: @escaping @Sendable () -> Section, when conditions: [Condition<Root>] = [], _ meaning: String
  ) -> Key {
    Key(
      name, .object, when: conditions, meaning,
      reads: { root, reader in
        var section = root[keyPath: place] ?? start()
        if !reader.has(name) {
          // An object that is absent by default stays absent.
          guard root[keyPath: place] != nil else { return }
        }
        section.read(reader.object(name))
        root[keyPath: place] = section
      },
      writes: { root, writer in
        root[keyPath: place].map { .object($0.members(writer.section(name))) }
      },
      notes: { root, facts in
        facts["." + name] = root[keyPath: place].map { _ in .object([]) }
        root[keyPath: place]?.note(in: facts.section(name))
      },
      standard: { root, _ in root[keyPath: place].map { _ in .object([]) } },
      describes: { variants, path in
        Section.descriptions(
          variants.map { Variant(label: $0.label, root: $0.root[keyPath: place] ?? start(), facts: $0.facts) },
          path: path)
      })
  }

  /// More keys of an object that another key has declared; they fill another struct.
  package static func more<Section: ConfigSection>(
    _ name: String, _ place: KeyPlace<Root, Section>
  ) -> Key {
    var key = section(name, place, "")
    key.isContinuation = true
    return key
  }

  /// The keys of a nested struct, placed in the object of the outer one. The nested struct still declares them; the outer one's
  /// `settle` and `check` must call the nested ones.
  package static func inlined<Part: ConfigSection>(_ place: KeyPlace<Root, Part>) -> [Key] {
    Part.keys.map { $0.lifted(to: place) }
  }

  /// More keys of an object that another key has declared; they fill the struct that holds the object.
  package static func more(_ name: String, _ keys: [Key<Root>]) -> Key {
    var key = group(name, keys, "")
    key.isContinuation = true
    return key
  }

  /// An object whose keys fill the same struct.
  package static func group(
    _ name: String, _ keys: [Key<Root>], when conditions: [Condition<Root>] = [], _ meaning: String
  ) -> Key {
    Key(
      name, .object, when: conditions, meaning,
      reads: { root, reader in
        let object = reader.object(name)
        for key in keys { key.read(into: &root, object) }
      },
      writes: { root, writer in
        let writer = writer.section(name)
        var members: [(String, ConfigNode)] = []
        for key in keys where key.refusal(root, writer.facts) == nil {
          if let node = key.write(root, writer) { members.merge(key.name, node) }
        }
        return .object(members)
      },
      notes: { root, facts in
        for key in keys { key.note(root, in: facts.section(name)) }
      },
      standard: { _, _ in .object([]) },
      describes: { variants, path in keys.flatMap { $0.descriptions(variants, path: path) } })
  }

  /// One value for all, or an object with keys of its own.
  ///
  /// - Parameters:
  ///   - short: the shape of the one value.
  ///   - expand: the section that the one value stands for; nil after a mistake.
  ///   - contract: the one value that stands for a section; nil if only an object can express it.
  package static func either<Section: ConfigSection>(
    _ name: String, _ place: KeyPlace<Root, Section>, short: ValueShape,
    when conditions: [Condition<Root>] = [], _ meaning: String,
    expand: @escaping @Sendable (ConfigReader, Section) -> Section?,
    contract: @escaping @Sendable (Section) -> ConfigNode?
  ) -> Key {
    Key(
      name, .either([short, .object]), when: conditions, meaning,
      reads: { root, reader in
        guard reader.has(name) else { return }
        if reader.value(name)?.members != nil {
          root[keyPath: place].read(reader.object(name))
        } else if let section = expand(reader, root[keyPath: place]) {
          root[keyPath: place] = section
        }
      },
      writes: { root, writer in
        let section = root[keyPath: place]
        return contract(section) ?? .object(section.members(writer.section(name)))
      },
      notes: { root, facts in root[keyPath: place].note(in: facts.section(name)) },
      standard: { root, _ in contract(root[keyPath: place]) },
      describes: { variants, path in
        Section.descriptions(
          variants.map { Variant(label: $0.label, root: $0.root[keyPath: place], facts: $0.facts) }, path: path)
      })
  }

  /// A value with its own rules for reading and writing.
  package static func custom(
    _ name: String, _ shape: ValueShape, when conditions: [Condition<Root>] = [], _ meaning: String,
    read: @escaping @Sendable (inout Root, ConfigReader) -> Void,
    write: @escaping @Sendable (Root, ConfigWriter) -> ConfigNode?,
    note: (@Sendable (Root, Facts) -> Void)? = nil,
    describe: @escaping @Sendable ([Variant<Root>], String?) -> [KeyDescription] = { _, _ in [] }
  ) -> Key {
    Key(
      name, shape, when: conditions, meaning, reads: read, writes: write,
      notes: note ?? { root, facts in facts["." + name] = write(root, .plain(facts)) },
      standard: { root, facts in write(root, .plain(facts)) }, describes: describe)
  }
}
