/// Where a key's value is stored in the struct that its section fills.
package typealias KeyPlace<Root, Value> = any WritableKeyPath<Root, Value> & Sendable

/// One key of a section, declared once: its name, where its value is stored, its allowed values, its default, when it
/// applies and what it means.
package struct Key<Root>: Sendable {
  /// The name in the config.
  package let name: String
  /// The allowed values.
  package let shape: ValueShape
  /// One sentence, without a full stop, in Markdown.
  package let meaning: String
  /// The key applies if all of these hold; the first one that does not gives the reason.
  package let conditions: [Condition<Root>]
  /// Whether the key must be there.
  package private(set) var isRequired = false
  /// The default in a table, if it follows from other keys; nil if it is the struct's own.
  package private(set) var derivation: String?
  /// Other defaults, for certain values of another key.
  let exceptions: (values: [String: ConfigNode], path: String)?
  /// A page of the documentation with more about it.
  package private(set) var page: String?
  /// Whether a table also lists the defaults of tasks and kinds to which the key does not apply by default.
  private(set) var tellsAllDefaults = false
  /// What other tools call it.
  package private(set) var aliases: [String] = []
  /// Its former names.
  package private(set) var formerNames: [String] = []
  /// Other tools' names of its values, and our names for them.
  package private(set) var valueAliases: [String: String] = [:]

  /// Whether another key has declared the object to which these keys belong.
  package internal(set) var isContinuation = false
  /// For a key that says what the section is: its values, and the section that each starts from.
  let variants: [(label: String, start: @Sendable (Root) -> Root)]

  private let reads: @Sendable (inout Root, ConfigReader) -> Void
  private let writes: @Sendable (Root, ConfigWriter) -> ConfigNode?
  private let notes: @Sendable (Root, Facts) -> Void
  private let standards: @Sendable (Root, Facts) -> ConfigNode?
  private let describes: @Sendable ([Variant<Root>], String?) -> [KeyDescription]

  /// - Parameters:
  ///   - reads: stores the value that is read.
  ///   - writes: gives the value; nil for none.
  ///   - notes: records the values that the conditions of other keys may ask for.
  ///   - standard: the value if the key is absent; nil for none.
  ///   - describes: the keys within.
  init(
    _ name: String, _ shape: ValueShape, when conditions: [Condition<Root>], _ meaning: String,
    isRequired: Bool = false, derivation: String? = nil,
    reads: @escaping @Sendable (inout Root, ConfigReader) -> Void,
    writes: @escaping @Sendable (Root, ConfigWriter) -> ConfigNode?,
    notes: @escaping @Sendable (Root, Facts) -> Void,
    standard: @escaping @Sendable (Root, Facts) -> ConfigNode? = { _, _ in nil },
    describes: @escaping @Sendable ([Variant<Root>], String?) -> [KeyDescription] = { _, _ in [] },
    exceptions: (values: [String: ConfigNode], path: String)? = nil,
    variants: [(label: String, start: @Sendable (Root) -> Root)] = []
  ) {
    (self.exceptions, self.variants) = (exceptions, variants)
    (self.name, self.shape, self.conditions, self.meaning) = (name, shape, conditions, meaning)
    (self.isRequired, self.derivation) = (isRequired, derivation)
    (self.reads, self.writes, self.notes) = (reads, writes, notes)
    (self.standards, self.describes) = (standard, describes)
  }

  /// The same, with a link to a page of the documentation.
  package func see(_ page: String) -> Key {
    var key = self
    key.page = page
    return key
  }

  /// The same, with the defaults of all tasks and kinds in tables; for a key that applies only because of other keys.
  package var tellingAllDefaults: Key {
    var key = self
    key.tellsAllDefaults = true
    return key
  }

  /// The same, found by other tools' names too.
  package func alias(_ names: String...) -> Key {
    var key = self
    key.aliases = names
    return key
  }

  /// The same, found by its former names too.
  package func renamed(from names: String...) -> Key {
    var key = self
    key.formerNames = names
    return key
  }

  /// The same, with values found by other tools' names too.
  package func values(_ names: [String: String]) -> Key {
    var key = self
    key.valueAliases = names
    return key
  }
}

extension Key {
  /// Why the key does not apply; nil if it does.
  func refusal(_ root: Root, _ facts: Facts) -> (why: String, remedy: String)? {
    for condition in conditions {
      if let why = condition.refusal(root, facts) { return (why, condition.remedy) }
    }
    return nil
  }

  /// Stores the value that an object has for it.
  func read(into root: inout Root, _ reader: ConfigReader) {
    if !formerNames.isEmpty { reader.rename(formerNames, to: name) }
    if reader.isDraft {
      reader.adopt(name, values: valueAliases)
      reads(&root, reader)
      notes(root, reader.facts)
    } else if let (why, remedy) = refusal(root, reader.facts) {
      if reader.has(name) { reader.problem(name, why, remedy: remedy) }
    } else {
      // The intended value is known, so the rest is read as if it were written.
      if reader.refuses(name, values: valueAliases) { reader.adopt(name, values: valueAliases) }
      reads(&root, reader)
    }
  }

  /// The value, where the key applies; nil for none.
  func write(_ root: Root, _ writer: ConfigWriter) -> ConfigNode? { writes(root, writer) }

  func note(_ root: Root, in facts: Facts) { notes(root, facts) }

  /// The value if the key is absent; nil for none.
  func standard(_ root: Root, _ facts: Facts) -> ConfigNode? { standards(root, facts) }

  /// The keys within, if the value is an object.
  func children(_ variants: [Variant<Root>], _ path: String?) -> [KeyDescription] { describes(variants, path) }
}

extension Key {
  /// The same as a key of a struct that holds this one's struct.
  package func lifted<Outer>(to place: KeyPlace<Outer, Root>) -> Key<Outer> {
    let (reads, writes, notes, standards, describes) = (reads, writes, notes, standards, describes)
    var key = Key<Outer>(
      name, shape, when: conditions.map { $0.lifted(to: place) }, meaning, isRequired: isRequired,
      derivation: derivation,
      reads: { root, reader in reads(&root[keyPath: place], reader) },
      writes: { root, writer in writes(root[keyPath: place], writer) },
      notes: { root, facts in notes(root[keyPath: place], facts) },
      standard: { root, facts in standards(root[keyPath: place], facts) },
      describes: { variants, path in
        describes(variants.map { Variant(label: $0.label, root: $0.root[keyPath: place], facts: $0.facts) }, path)
      }, exceptions: exceptions)
    (key.page, key.tellsAllDefaults, key.isContinuation) = (page, tellsAllDefaults, isContinuation)
    (key.aliases, key.formerNames, key.valueAliases) = (aliases, formerNames, valueAliases)
    return key
  }
}

/// The default of a key.
package enum Default<Root, Value: Sendable>: Sendable {
  /// The value of the struct before the key is read.
  case own
  /// The value of another key.
  case same(as: String)
  /// A value different from the struct's, for certain values of another key.
  case except([String: Value], of: String)
  /// A value that follows from others; a table describes it in words.
  case computed(String, @Sendable (Root, Facts) -> Value?)

  /// The default in a table; nil if it is the struct's own.
  var note: String? {
    switch self {
    case .own, .except: nil
    case .same(let path): "`\(path.hasPrefix(".") ? String(path.dropFirst()) : path)`"
    case .computed(let note, _): note
    }
  }
}

/// How values of one type are read and written.
package struct Codec<Value: Sendable>: Sendable {
  /// The allowed values.
  let shape: ValueShape
  /// The value of a key; nil after a mistake, and for an absent key.
  let read: @Sendable (ConfigReader, String) -> Value?
  /// The value of a node that was written.
  let parse: @Sendable (ConfigNode) -> Value?
  /// The node of a value.
  let write: @Sendable (Value, ConfigWriter) -> ConfigNode

  /// - Parameters:
  ///   - read: the value of a key, which is there; nil after a mistake.
  ///   - parse: the value of a node that was written.
  package init(
    _ shape: ValueShape, read: @escaping @Sendable (ConfigReader, String) -> Value?,
    parse: @escaping @Sendable (ConfigNode) -> Value? = { _ in nil },
    write: @escaping @Sendable (Value, ConfigWriter) -> ConfigNode
  ) {
    (self.shape, self.read, self.parse, self.write) = (shape, read, parse, write)
  }
}

extension Default {
  /// The defaults that differ with another key.
  func exceptions(_ write: (Value) -> ConfigNode) -> (values: [String: ConfigNode], path: String)? {
    guard case .except(let exceptions, let path) = self else { return nil }
    return (exceptions.mapValues(write), path)
  }

  /// The value where the key is absent.
  func value(_ own: Value, _ root: Root, _ facts: Facts, _ codec: Codec<Value>) -> Value {
    switch self {
    case .own: own
    case .same(let path): facts[path].flatMap(codec.parse) ?? own
    case .except(let exceptions, let path): facts.text(path).flatMap { exceptions[$0] } ?? own
    case .computed(_, let value): value(root, facts) ?? own
    }
  }
}

extension Array {
  /// The same keys of a struct that has theirs as a part.
  package func lifted<Part, Whole>(to place: KeyPlace<Whole, Part>) -> [Key<Whole>] where Element == Key<Part> {
    map { $0.lifted(to: place) }
  }
}
