package import SeqCore

/// Reads one object of a config, key by key.
///
/// A mistake does not stop the reader: it is recorded with its place and path, and the default is returned. At the end,
/// ``finish()`` finds the keys that no code asked for, and ``throwIfProblems()`` reports all mistakes at once. A key
/// whose value is `null` counts as absent.
package final class ConfigReader {
  /// The dotted path of the object; `nil` for the root.
  package let path: String?
  private let place: Place
  private var members: [ConfigNode.Member]
  private let state: ReadingState
  /// Whether the file has something else instead of the object; missing keys are then not mistakes of their own.
  private let isBroken: Bool

  /// The keys asked for, in order of the first asking.
  private var known: [String] = []
  /// The readers of the objects within, by key.
  private var children: [(key: String, readers: [ConfigReader])] = []
  private var isFinished = false

  /// A reader of a whole config. If the root is not an object, that is the first mistake.
  package convenience init(root: ConfigNode) {
    self.init(root, ReadingState())
  }

  /// A reader of a whole config that shares its findings with others.
  convenience init(_ root: ConfigNode, _ state: ReadingState, path: String? = nil) {
    self.init(root, path: path, state)
  }

  /// A reader of the node at `path`; `isBroken` if the object around it was not an object.
  private init(
    _ node: ConfigNode, path: String?, _ state: ReadingState, isBroken: Bool = false, remedy: String? = nil
  ) {
    self.path = path
    self.state = state
    place = node.place
    members = node.members ?? []
    self.isBroken = isBroken || node.members == nil
    if node.members == nil { problem(nil, "expected an object, found \(node)", remedy: remedy) }
  }

  // MARK: Declared keys

  /// Whether values are read only so that others can ask for them; mistakes do not count then.
  package var isDraft: Bool { state.isDraft }

  /// Whether the config is from a model's folder, where keys may have former names.
  package var readsModel: Bool { state.acceptsFormerNames }

  /// What the config can name, and whoever reads it has given: see `ConfigSection.reading`.
  package var given: [any Sendable] { state.given }

  /// The values of the config's keys, seen from this object.
  package var facts: Facts { Facts(state.facts, section: path) }

  /// A path of the config, resolved against its folder, or against the working folder if it comes from the command
  /// line.
  package func resolved(_ path: String, _ key: String) -> String {
    FileSystem.resolve(path, against: isFromCommandLine(place(for: key)) ? "" : state.folder)
  }

  private func isFromCommandLine(_ place: Place) -> Bool { place.file?.hasPrefix("--set") == true }

  /// Reads a key under a former name as its current one, where former names are accepted.
  func rename(_ former: [String], to key: String) {
    guard state.acceptsFormerNames, !members.contains(where: { $0.key == key }) else { return }
    if let index = members.firstIndex(where: { former.contains($0.key) }) { members[index].key = key }
  }

  /// Replaces another tool's name of a value by ours.
  func adopt(_ key: String, values: [String: String]) {
    guard !values.isEmpty, let index = members.firstIndex(where: { $0.key == key }),
      let own = members[index].node.stringValue.flatMap({ values[$0.lowercased()] })
    else { return }
    members[index].node = ConfigNode(.string(own), at: members[index].node.place)
  }

  /// Reports another tool's name of a value, with our name for it.
  ///
  /// - Returns: whether the value is such a name.
  func refuses(_ key: String, values: [String: String]) -> Bool {
    guard let text = value(key)?.stringValue, let own = values[text.lowercased()] else { return false }
    let place = place(for: key)
    let path = path(for: key)
    let example = isFromCommandLine(place) ? "--set \(path)=\(own)" : "\"\(key)\": \"\(own)\""
    problem(key, "there is no \"\(text)\" — it is \"\(own)\" here", remedy: "write \(example)")
    return true
  }

  // MARK: Keys

  /// Whether the key is present and not `null`. Asking marks the key as known.
  package func has(_ key: String) -> Bool { value(key) != nil }

  /// The value of a key as in the file, unless it is `null`. Asking marks the key as known.
  package func value(_ key: String) -> ConfigNode? {
    if !known.contains(key) { known.append(key) }
    guard let node = members.first(where: { $0.key == key })?.node, !node.isNull else { return nil }
    return node
  }

  /// The dotted path of a key of this object.
  package func path(for key: String) -> String { ConfigPath.appending(key: key, to: path) }

  /// The place of a key's value, with its path; the place of the object if the key is absent.
  package func place(for key: String) -> Place {
    located(members.first { $0.key == key }?.node.place ?? place, path(for: key))
  }

  func located(_ place: Place, _ path: String?) -> Place {
    var place = place
    place.path = path
    return place
  }

  // MARK: Objects

  /// A reader of the object at a key; of an empty one if the key is absent.
  ///
  /// - Parameter shorthand: the key that gets the value if a text is written instead of the object.
  package func object(_ key: String, shorthand: String? = nil) -> ConfigReader {
    if let node = value(key) {
      return child(key, node, remedy: shorthand.flatMap { remedy(key, node, shorthand: $0) })
    }
    let empty = ConfigNode(.object([]), at: place)
    return child(key, empty)
  }

  /// A reader of the object at a key, or `nil` if the key is absent.
  package func optionalObject(_ key: String) -> ConfigReader? { value(key).map { child(key, $0) } }

  /// What to do about a text instead of an object: it is the value of one of the object's keys.
  private func remedy(_ key: String, _ node: ConfigNode, shorthand: String) -> String? {
    guard let text = node.stringValue else { return nil }
    if isFromCommandLine(node.place) { return "write --set \(path(for: key)).\(shorthand)=\(text.shortened(to: 40))" }
    return "write \"\(key)\": { \"\(shorthand)\": \(node) }"
  }

  private func child(_ key: String, _ node: ConfigNode, remedy: String? = nil) -> ConfigReader {
    if let reader = children.first(where: { $0.key == key })?.readers.first { return reader }
    let reader = ConfigReader(node, path: path(for: key), state, isBroken: isBroken, remedy: remedy)
    children.append((key, [reader]))
    return reader
  }

  /// Readers of the objects of a list, or `nil` if the key is absent or holds no list.
  package func objects(_ key: String) -> [ConfigReader]? {
    guard let node = value(key) else { return nil }
    if let readers = children.first(where: { $0.key == key })?.readers { return readers }
    guard let elements = node.elements else {
      problem(key, "expected an array of objects, found \(node)")
      return nil
    }
    let readers = elements.enumerated().map { index, element in
      ConfigReader(element, path: ConfigPath.appending(index: index, to: path(for: key)), state, isBroken: isBroken)
    }
    children.append((key, readers))
    return readers
  }

  // MARK: Mistakes

  /// Records a mistake at a key, or of the whole object if the key is `nil`. For rules between keys.
  package func problem(_ key: String?, _ message: String, remedy: String? = nil) {
    problem(message, at: key.map(place(for:)) ?? located(place, path), remedy: remedy)
  }

  /// The same, with a remedy that a command puts in words of its own.
  package func problem(_ key: String, _ message: String, remedy: Remedy) {
    state.problems.add(SeqError.Diagnostic(message, at: place(for: key), remedy: remedy))
  }

  func problem(_ message: String, at place: Place, remedy: String? = nil) {
    state.problems.add(SeqError.Diagnostic(message, at: place, remedy: remedy))
  }

  /// Records that a required key is missing.
  func missing(_ key: String, _ expected: String) {
    if !isBroken { problem(key, "missing — expected \(expected)") }
  }

  /// Reports the keys of this object, and of the objects read from it, that no code asked for. Call it when everything
  /// is read.
  /// - Parameter others: keys that are left out.
  package func finish(except others: Set<String> = []) {
    for child in children where !others.contains(child.key) { for reader in child.readers { reader.finish() } }
    if isFinished { return }
    isFinished = true
    for member in members where !known.contains(member.key) && !others.contains(member.key) {
      let place = located(member.keyPlace, path(for: member.key))
      let advice =
        state.problems.isFull
        ? nil : state.advice?.advice(on: member, in: path, fromCommandLine: isFromCommandLine(member.keyPlace))
      if let advice {
        problem(advice.message, at: place, remedy: advice.remedy)
        continue
      }
      let near = state.problems.isFull ? "" : didYouMean(member.key, among: known)
      let remedy = near.isEmpty && !known.isEmpty ? "known here: " + known.joined(separator: ", ") : nil
      problem("unknown key" + near, at: place, remedy: remedy)
    }
  }

  /// Throws one error with the mistakes found so far in the whole config, in the order of the file: the first of them, and
  /// how many more there are.
  package func throwIfProblems() throws(SeqError) {
    if let error = state.problems.error { throw error }
  }
}

/// What all readers of one config share.
final class ReadingState {
  let problems = ProblemList()
  /// The values of the keys; in a draft, of those read so far.
  let facts: FactTable
  /// Whether values are read only so that others can ask for them.
  let isDraft: Bool
  /// The folder that relative paths start from.
  let folder: String
  /// Knows other tools' names of keys.
  let advice: KeyAdvice?

  /// Whether former names of keys are accepted.
  let acceptsFormerNames: Bool
  /// What a config can name, and whoever reads it gives.
  let given: [any Sendable]

  init(
    facts: FactTable = FactTable(), isDraft: Bool = false, folder: String = "", advice: KeyAdvice? = nil,
    acceptsFormerNames: Bool = false, given: [any Sendable] = []
  ) {
    (self.facts, self.isDraft, self.folder, self.advice) = (facts, isDraft, folder, advice)
    (self.acceptsFormerNames, self.given) = (acceptsFormerNames, given)
  }
}
