package import SeqCore

/// A struct that an object of the config fills.
///
/// Its keys are declared once, next to the struct. Reading, writing, the tables of the documentation, the JSON Schema
/// and `config explain` follow from these declarations.
package protocol ConfigSection: Sendable {
  /// The keys, in the order in which they are read and written.
  static var keys: [Key<Self>] { get }
  /// Sets the values that follow from others, after all keys are read.
  mutating func settle(_ facts: Facts)
  /// Reports keys that contradict each other.
  func check(_ reader: ConfigReader)
}

extension ConfigSection {
  /// Nothing follows from other values.
  package mutating func settle(_ facts: Facts) {}

  /// No keys contradict each other.
  package func check(_ reader: ConfigReader) {}
}

// MARK: Reading

extension ConfigSection {
  /// Reads a whole config.
  ///
  /// It is read twice. The first pass, a draft, records the value of every key. In the second pass, a key can ask for
  /// the value of any other key to decide whether it applies.
  ///
  /// - Parameters:
  ///   - node: the config.
  ///   - start: the struct whose values stay where keys are absent.
  ///   - folder: the folder that relative paths start from.
  ///   - advice: knows other tools' names of keys.
  ///   - withFormerNames: whether keys may have the names that they had before, as those of a model may.
  ///   - given: values that a config can name and not hold, for the keys that look for them.
  ///   - others: keys of which somebody else knows what they hold.
  /// - Throws: `.data` with every mistake at once, each with its place and path.
  package static func reading(
    _ node: ConfigNode, onto start: Self, folder: String, advice: KeyAdvice? = nil, withFormerNames: Bool = false,
    given: [any Sendable] = [], except others: Set<String> = []
  ) throws(SeqError) -> Self {
    let facts = FactTable()
    var draft = start
    draft.read(
      ConfigReader(
        node,
        ReadingState(facts: facts, isDraft: true, folder: folder, acceptsFormerNames: withFormerNames, given: given)))
    var result = start
    let reader = ConfigReader(
      node,
      ReadingState(facts: facts, folder: folder, advice: advice, acceptsFormerNames: withFormerNames, given: given))
    result.read(reader)
    reader.finish(except: others)
    try reader.throwIfProblems()
    return result
  }

  /// Takes the values of an object; those that it leaves out stay as they are.
  package mutating func read(_ reader: ConfigReader) {
    for key in Self.keys { key.read(into: &self, reader) }
    settle(reader.facts)
    if !reader.isDraft { check(reader) }
  }
}

extension ConfigSection {
  /// The value if the config has none of its keys.
  ///
  /// - Parameter facts: the values of the config, seen from the section.
  package func withDefaults(_ facts: Facts) -> Self {
    let state = ReadingState(facts: facts.table.copy(), isDraft: true)
    var section = self
    section.read(ConfigReader(ConfigNode(.object([])), state, path: facts.section))
    return section
  }
}

// MARK: Writing

extension ConfigSection {
  /// The config that reads back to this value, with every default in it.
  ///
  /// - Parameter folder: the folder that paths are written relative to; nil to write them unchanged.
  package func node(relativeTo folder: String? = nil) -> ConfigNode {
    let facts = FactTable()
    note(in: Facts(facts, section: nil))
    return .object(members(ConfigWriter(facts: Facts(facts, section: nil), folder: folder)))
  }

  /// Records the value of each key, whether it applies or not.
  package func note(in facts: Facts) {
    for key in Self.keys { key.note(self, in: facts) }
  }

  /// What its keys hold that hold a number, by their names, whether they apply or not.
  package var numbers: [String: Double] {
    let facts = Facts(FactTable(), section: nil)
    note(in: facts)
    var numbers: [String: Double] = [:]
    for key in Self.keys { numbers[key.name] = facts["." + key.name]?.doubleValue }
    return numbers
  }

  /// The keys that apply, with their values.
  package func members(_ writer: ConfigWriter) -> [(String, ConfigNode)] {
    var members: [(String, ConfigNode)] = []
    for key in Self.keys where key.refusal(self, writer.facts) == nil {
      guard let node = key.write(self, writer) else { continue }
      members.merge(key.name, node)
    }
    return members
  }
}

extension [(String, ConfigNode)] {
  /// Adds a key; if it holds an object already, adds the members of the new one.
  mutating func merge(_ key: String, _ node: ConfigNode) {
    guard let index = firstIndex(where: { $0.0 == key }), let old = self[index].1.members, let new = node.members else {
      return append((key, node))
    }
    self[index].1 = ConfigNode(.object(old + new))
  }
}

/// The context in which a value is written.
package struct ConfigWriter {
  /// The values of all keys of the config.
  package let facts: Facts
  /// The folder that paths are written relative to; nil to write them unchanged.
  package let folder: String?

  /// The writer of an object of the section.
  package func section(_ name: String) -> ConfigWriter { ConfigWriter(facts: facts.section(name), folder: folder) }

  /// The writer of an element of a list of the section.
  package func element(_ name: String, _ index: Int) -> ConfigWriter {
    ConfigWriter(facts: facts.element(name, index), folder: folder)
  }

  /// A path as it is written to the config.
  package func path(_ path: String) -> ConfigNode {
    .string(folder.map { FileSystem.relative(path, from: $0) } ?? path)
  }
}
