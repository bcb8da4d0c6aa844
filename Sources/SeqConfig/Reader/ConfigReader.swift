package import SeqCore

/// Reads one object of a config, key by key, and writes down what it read.
///
/// A mistake does not end the reading: it is recorded with its place and path, and the default is returned. At the end
/// ``finish()`` finds the keys that nobody asked for, ``throwIfProblems()`` reports all mistakes at once, and
/// ``effective`` is the config with every default made explicit, which reads back to itself. A key whose value is `null`
/// counts as absent.
package final class ConfigReader {
  /// The dotted path of the object; `nil` for the root.
  package let path: String?
  private let place: Place
  private let members: [ConfigNode.Member]
  private let problems: ProblemList
  /// Whether the object is something else in the file; what it lacks is then not the user's mistake.
  private let isBroken: Bool

  /// The keys asked for, in order of the first asking.
  private var known: [String] = []
  private var entries: [(key: String, entry: Entry)] = []
  private var isFinished = false

  /// What the effective config holds for a key.
  private enum Entry {
    case value(ConfigNode)
    case object(ConfigReader)
    case objects([ConfigReader])
  }

  /// A reader of a whole config; that the root is no object is its first mistake.
  package convenience init(root: ConfigNode) {
    self.init(root, path: nil, ProblemList())
  }

  /// A reader of the node at `path`; `isBroken` if the object it should be in was no object.
  private init(_ node: ConfigNode, path: String?, _ problems: ProblemList, isBroken: Bool = false) {
    self.path = path
    self.problems = problems
    place = node.place
    members = node.members ?? []
    self.isBroken = isBroken || node.members == nil
    if node.members == nil { problem(nil, "expected an object, found \(node)") }
  }

  // MARK: Keys

  /// Whether the key is there and not `null`. Asking makes the key known.
  package func has(_ key: String) -> Bool { value(key) != nil }

  /// The value of a key as it stands in the file, for what no other method reads; recorded unchanged.
  package func node(_ key: String) -> ConfigNode? {
    let node = value(key)
    if let node { record(key, node) }
    return node
  }

  /// The value of a key, unless it is `null`. Asking makes the key known.
  func value(_ key: String) -> ConfigNode? {
    if !known.contains(key) { known.append(key) }
    guard let node = members.first(where: { $0.key == key })?.node, !node.isNull else { return nil }
    return node
  }

  /// Makes a value part of the effective config, in place of an earlier one of the same key.
  package func record(_ key: String, _ node: ConfigNode) { record(key, .value(node)) }

  private func record(_ key: String, _ entry: Entry) {
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].entry = entry
    } else {
      entries.append((key, entry))
    }
  }

  /// The dotted path of a key of this object.
  package func path(for key: String) -> String { ConfigPath.appending(key: key, to: path) }

  /// Where the value of a key stands, with its path; where the object stands if the key is absent.
  package func place(for key: String) -> Place {
    located(members.first { $0.key == key }?.node.place ?? place, path(for: key))
  }

  func located(_ place: Place, _ path: String?) -> Place {
    var place = place
    place.path = path
    return place
  }

  // MARK: Objects

  /// A reader of the object at a key; of an empty one if the key is absent. Part of the effective config either way.
  package func object(_ key: String) -> ConfigReader {
    if let reader = optionalObject(key) { return reader }
    let empty = ConfigNode(.object([]), at: place)
    return child(key, empty)
  }

  /// A reader of the object at a key, or `nil` if the key is absent.
  package func optionalObject(_ key: String) -> ConfigReader? { value(key).map { child(key, $0) } }

  private func child(_ key: String, _ node: ConfigNode) -> ConfigReader {
    if case .object(let reader) = entries.first(where: { $0.key == key })?.entry { return reader }
    let reader = ConfigReader(node, path: path(for: key), problems, isBroken: isBroken)
    record(key, .object(reader))
    return reader
  }

  /// Readers of the objects of a list, or `nil` if the key is absent or holds no list.
  package func objects(_ key: String) -> [ConfigReader]? {
    guard let node = value(key) else { return nil }
    if case .objects(let readers) = entries.first(where: { $0.key == key })?.entry { return readers }
    guard let elements = node.elements else {
      problem(key, "expected an array of objects, found \(node)")
      return nil
    }
    let readers = elements.enumerated().map { index, element in
      ConfigReader(element, path: ConfigPath.appending(index: index, to: path(for: key)), problems, isBroken: isBroken)
    }
    record(key, .objects(readers))
    return readers
  }

  // MARK: Mistakes

  /// Records a mistake at a key, or of the whole object if the key is `nil`. For rules between keys.
  package func problem(_ key: String?, _ message: String, remedy: String? = nil) {
    problem(message, at: key.map(place(for:)) ?? located(place, path), remedy: remedy)
  }

  func problem(_ message: String, at place: Place, remedy: String? = nil) {
    problems.add(SeqError.Diagnostic(message, at: place, remedy: remedy))
  }

  /// Records that a key must be there but is not.
  func missing(_ key: String, _ expected: String) {
    if !isBroken { problem(key, "missing — expected \(expected)") }
  }

  /// Reports the keys of this object, and of the objects read from it, that nobody asked for. Call it when all is read.
  package func finish() {
    for (_, entry) in entries {
      switch entry {
      case .value: break
      case .object(let reader): reader.finish()
      case .objects(let readers): for reader in readers { reader.finish() }
      }
    }
    if isFinished { return }
    isFinished = true
    for member in members where !known.contains(member.key) {
      let near = problems.isFull ? "" : didYouMean(member.key, among: known)
      let remedy = near.isEmpty && !known.isEmpty ? "known here: " + known.joined(separator: ", ") : nil
      problem("unknown key" + near, at: located(member.keyPlace, path(for: member.key)), remedy: remedy)
    }
  }

  /// Throws one error with the mistakes found so far in the whole config, in the order of the file: the first of them, and
  /// how many more there are.
  package func throwIfProblems() throws(SeqError) {
    if let error = problems.error { throw error }
  }

  // MARK: Result

  /// What was read, defaults included, in the order of reading. Reading it again gives the same.
  package var effective: ConfigNode {
    let members = entries.map { key, entry in
      switch entry {
      case .value(let node): ConfigNode.Member(key: key, node: node)
      case .object(let reader): ConfigNode.Member(key: key, node: reader.effective)
      case .objects(let readers): ConfigNode.Member(key: key, node: .array(readers.map(\.effective)))
      }
    }
    return ConfigNode(.object(members), at: place)
  }
}
