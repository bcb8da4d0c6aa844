import SeqCore

extension Key {
  /// A key of one value.
  package static func value<Value>(
    _ name: String, _ place: KeyPlace<Root, Value>, _ codec: Codec<Value>,
    default rule: Default<Root, Value> = .own, isRequired: Bool = false, when conditions: [Condition<Root>] = [],
    _ meaning: String
  ) -> Key {
    Key(
      name, codec.shape, when: conditions, meaning, isRequired: isRequired, derivation: rule.note,
      reads: { root, reader in
        if isRequired, !reader.has(name) { return reader.missing(name, codec.shape.expected) }
        let found = reader.has(name) ? codec.read(reader, name) : nil
        root[keyPath: place] = found ?? rule.value(root[keyPath: place], root, reader.facts, codec)
      },
      writes: { root, writer in codec.write(root[keyPath: place], writer) },
      notes: { root, facts in facts["." + name] = codec.write(root[keyPath: place], .plain(facts)) },
      standard: { root, facts in
        isRequired ? nil : codec.write(rule.value(root[keyPath: place], root, facts, codec), .plain(facts))
      }, exceptions: rule.exceptions { codec.write($0, .plain(Facts(FactTable(), section: nil))) })
  }

  /// A key of one value that may be absent.
  package static func value<Value>(
    _ name: String, optional place: KeyPlace<Root, Value?>, _ codec: Codec<Value>,
    default rule: Default<Root, Value?> = .own, isRequired: Bool = false, when conditions: [Condition<Root>] = [],
    _ meaning: String
  ) -> Key {
    @Sendable func standard(_ root: Root, _ facts: Facts) -> Value? {
      switch rule {
      case .own: root[keyPath: place]
      case .same(let path): facts[path].flatMap(codec.parse)
      case .except(let exceptions, let path): facts.text(path).flatMap { exceptions[$0] } ?? root[keyPath: place]
      case .computed(_, let value): value(root, facts) ?? nil
      }
    }
    return Key(
      name, codec.shape, when: conditions, meaning, isRequired: isRequired, derivation: rule.note,
      reads: { root, reader in
        if isRequired, !reader.has(name) { return reader.missing(name, codec.shape.expected) }
        let found = reader.has(name) ? codec.read(reader, name) : nil
        // An absent value keeps following the other keys when code changes them.
        if let found { root[keyPath: place] = found }
      },
      writes: { root, writer in
        (root[keyPath: place] ?? standard(root, writer.facts)).map { codec.write($0, writer) }
      },
      notes: { root, facts in
        facts["." + name] = (root[keyPath: place] ?? standard(root, facts)).map { codec.write($0, .plain(facts)) }
      },
      standard: { root, facts in standard(root, facts).map { codec.write($0, .plain(facts)) } })
  }

  /// The key that says what the section is; its value sets the defaults of all other keys.
  ///
  /// - Parameter start: the section of a kind, with its defaults.
  package static func kind<Kind: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String = "kind", _ place: KeyPlace<Root, Kind>,
    start: @escaping @Sendable (Kind) -> Root, isRequired: Bool = false, _ meaning: String
  ) -> Key {
    let codec = Codec<Kind>.choice
    return Key(
      name, codec.shape, when: [], meaning, isRequired: isRequired,
      reads: { root, reader in
        if isRequired, !reader.has(name) { return reader.missing(name, codec.shape.expected) }
        if reader.has(name), let kind = codec.read(reader, name) { root = start(kind) }
      },
      writes: { root, writer in codec.write(root[keyPath: place], writer) },
      notes: { root, facts in facts["." + name] = codec.write(root[keyPath: place], .plain(facts)) },
      standard: { root, facts in isRequired ? nil : codec.write(root[keyPath: place], .plain(facts)) },
      variants: Kind.allCases.map { kind in (kind.rawValue, { _ in start(kind) }) })
  }

  /// A key that is accepted and ignored.
  package static func ignored(_ name: String, _ codec: Codec<String>, _ meaning: String) -> Key {
    Key(
      name, codec.shape, when: [], meaning,
      reads: { _, reader in _ = reader.has(name) ? codec.read(reader, name) : nil },
      writes: { _, _ in nil }, notes: { _, _ in })
  }
}

// MARK: Short forms

extension Key {
  /// An integer.
  package static func int(
    _ name: String, _ place: KeyPlace<Root, Int>, in range: ClosedRange<Int>,
    default rule: Default<Root, Int> = .own, when conditions: [Condition<Root>] = [], _ meaning: String
  ) -> Key {
    value(name, place, .integer(range), default: rule, when: conditions, meaning)
  }

  /// An integer that may be absent.
  package static func int(
    _ name: String, optional place: KeyPlace<Root, Int?>, in range: ClosedRange<Int>,
    default rule: Default<Root, Int?> = .own, when conditions: [Condition<Root>] = [], _ meaning: String
  ) -> Key {
    value(name, optional: place, .integer(range), default: rule, when: conditions, meaning)
  }

  /// A number.
  package static func double(
    _ name: String, _ place: KeyPlace<Root, Double>, in range: NumberRange,
    default rule: Default<Root, Double> = .own, when conditions: [Condition<Root>] = [], _ meaning: String
  ) -> Key {
    value(name, place, .number(range), default: rule, when: conditions, meaning)
  }

  /// True or false.
  package static func bool(
    _ name: String, _ place: KeyPlace<Root, Bool>, default rule: Default<Root, Bool> = .own,
    when conditions: [Condition<Root>] = [], _ meaning: String
  ) -> Key {
    value(name, place, .bool, default: rule, when: conditions, meaning)
  }

  /// One of the texts that an enum lists.
  package static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ place: KeyPlace<Root, Value>, default rule: Default<Root, Value> = .own,
    when conditions: [Condition<Root>] = [], _ meaning: String
  ) -> Key {
    value(name, place, .choice, default: rule, when: conditions, meaning)
  }

  /// One of the texts that an enum lists, if any.
  package static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, optional place: KeyPlace<Root, Value?>,
    default rule: Default<Root, Value?> = .own, when conditions: [Condition<Root>] = [], _ meaning: String
  ) -> Key {
    value(name, optional: place, .choice, default: rule, when: conditions, meaning)
  }

  /// A text that may be absent.
  package static func text(
    _ name: String, optional place: KeyPlace<Root, String?>, when conditions: [Condition<Root>] = [],
    _ meaning: String
  ) -> Key {
    value(name, optional: place, .text(), when: conditions, meaning)
  }

  /// A path that may be absent.
  package static func path(
    _ name: String, optional place: KeyPlace<Root, String?>, when conditions: [Condition<Root>] = [],
    _ meaning: String
  ) -> Key {
    value(name, optional: place, .path(), when: conditions, meaning)
  }
}

extension ConfigWriter {
  /// For values that are only compared or shown: paths stay unchanged.
  package static func plain(_ facts: Facts) -> ConfigWriter { ConfigWriter(facts: facts, folder: nil) }
}
