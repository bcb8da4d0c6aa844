/// Where the value of a key lives in the struct that its section fills.
package typealias KeyPlace<Root, Value> = any WritableKeyPath<Root, Value> & Sendable

/// One key of a section, declared once: its name, where its value lives, what it may be, its default, when it applies and
/// what it means.
package struct Key<Root>: Sendable {
  /// The name, as the config has it.
  package let name: String
  /// What the value may be.
  package let shape: ValueShape
  /// One sentence, without a full stop, in Markdown.
  package let meaning: String
  /// All of them hold where the key applies; the first that does not says why.
  package let conditions: [Condition<Root>]
  /// Whether the key must be there.
  package private(set) var isRequired = false
  /// How a table says the default, if it follows from other keys; nil for what the struct has.
  package private(set) var derivation: String?
  /// Other defaults, where another key holds one of some values.
  let exceptions: (values: [String: ConfigNode], path: String)?
  /// A page of the documentation with more about it.
  package private(set) var page: String?
  /// Whether a table tells the defaults also of tasks and kinds that the key does not go with by default.
  private(set) var tellsAllDefaults = false
  /// What other tools call it.
  package private(set) var aliases: [String] = []
  /// What it was called before.
  package private(set) var formerNames: [String] = []
  /// What other tools call its values, and what these are called here.
  package private(set) var valueAliases: [String: String] = [:]

  /// Whether another key has declared the object to which these keys belong.
  package internal(set) var isContinuation = false
  /// The values of a key that says what the section is, and the section that each starts from.
  let variants: [(label: String, start: @Sendable (Root) -> Root)]

  private let reads: @Sendable (inout Root, ConfigReader) -> Void
  private let writes: @Sendable (Root, ConfigWriter) -> ConfigNode?
  private let notes: @Sendable (Root, Facts) -> Void
  private let standards: @Sendable (Root, Facts) -> ConfigNode?
  private let describes: @Sendable ([Variant<Root>], String?) -> [KeyDescription]

  /// - Parameters:
  ///   - reads: takes over the value.
  ///   - writes: gives the value; nil for none.
  ///   - notes: writes down what conditions of other keys may ask for.
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

  /// The same with a page of the documentation that says more.
  package func see(_ page: String) -> Key {
    var key = self
    key.page = page
    return key
  }

  /// The same with the defaults of all tasks and kinds in tables, for a key that only other keys bring into play.
  package var tellingAllDefaults: Key {
    var key = self
    key.tellsAllDefaults = true
    return key
  }

  /// The same, found by what other tools call it.
  package func alias(_ names: String...) -> Key {
    var key = self
    key.aliases = names
    return key
  }

  /// The same, found by what it was called before.
  package func renamed(from names: String...) -> Key {
    var key = self
    key.formerNames = names
    return key
  }

  /// The same, with values found by what other tools call them.
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

  /// Takes over the value that an object has for it.
  func read(into root: inout Root, _ reader: ConfigReader) {
    if !formerNames.isEmpty { reader.rename(formerNames, to: name) }
    if reader.isDraft {
      reader.adopt(name, values: valueAliases)
      reads(&root, reader)
      notes(root, reader.facts)
    } else if let (why, remedy) = refusal(root, reader.facts) {
      if reader.has(name) { reader.problem(name, why, remedy: remedy) }
    } else {
      // What is meant is known, so that the rest is read as if it were there.
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

/// The default of a key, where it is not what the struct has.
package enum Default<Root, Value: Sendable>: Sendable {
  /// What the struct has before the key is read.
  case own
  /// What another key holds.
  case same(as: String)
  /// Another value than the struct's where another key holds one of some.
  case except([String: Value], of: String)
  /// What follows from other values; a table says it in words.
  case computed(String, @Sendable (Root, Facts) -> Value?)

  /// How a table says it; nil for what the struct has.
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
  /// What the value may be.
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
  /// What differs with another key.
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
