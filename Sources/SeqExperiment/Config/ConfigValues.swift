package import SeqConfig
package import SeqCore
import SeqData

// What a config holds at a path, where it is from, and how two configs differ.

/// What a config holds for a key.
package struct ConfigValue {
  /// What it holds; nil for nothing.
  package let node: ConfigNode?
  /// Where it was written; nil for a default.
  package let place: Place?
}

extension ExperimentConfig {
  /// What the config holds for a key such as `model.hidden` or `model.features[0].size`.
  package func value(at path: String) -> ConfigValue {
    let node = node()
    let place = origin?.value(at: path)?.place
    if let value = node.value(at: path) { return ConfigValue(node: value, place: place) }
    // One value may stand for an object.
    guard let short = path.prefixes.lazy.compactMap({ node.value(at: $0) }).first(where: { $0.members == nil }),
      short != false, short.elements == nil
    else { return ConfigValue(node: nil, place: place) }
    let facts = FactTable()
    note(in: Facts(facts, section: nil))
    return ConfigValue(node: Facts(facts, section: nil)[path], place: place ?? shortPlace(path))
  }

  /// Where the one value was written that stands for the object of a key.
  private func shortPlace(_ path: String) -> Place? {
    path.prefixes.lazy.compactMap { origin?.value(at: $0) }.first { $0.members == nil }?.place
  }

  /// The JSON Schema of a config.
  package static var schema: ConfigNode { JSONSchema.schema(of: allKeys, title: "A config of seqtool") }

  /// Reads a config, or that of a model by its folder.
  package init(fileOrModel path: String) throws(SeqError) {
    if FileSystem.isFolder(path), FileSystem.exists(path + "/model.safetensors") {
      try self.init(ofModel: path + "/config.json")
    } else {
      try self.init(contentsOf: path)
    }
  }

  /// The values in which two configs differ, by their paths in the order of the keys; of models, but for their folders.
  package func differences(from other: ExperimentConfig) -> [(path: String, own: ConfigNode?, other: ConfigNode?)] {
    let folder = FileSystem.workingFolder
    let (a, b) = (node(relativeTo: folder).leaves, other.node(relativeTo: folder).leaves)
    let (own, others) = (Dictionary(a) { first, _ in first }, Dictionary(b) { first, _ in first })
    let paths = a.map(\.0) + b.map(\.0).filter { own[$0] == nil }
    return paths.filter { own[$0] != others[$0] }.map { ($0, own[$0], others[$0]) }
  }
}

extension String {
  /// The paths of the objects that a path leads through, the outermost first.
  fileprivate var prefixes: [String] {
    let parts = split(separator: ".")
    return parts.indices.dropFirst().map { parts[..<$0].joined(separator: ".") }
  }
}

extension ConfigNode {
  /// The value at a dotted path; nil if it is not there or is `null`.
  fileprivate func value(at path: String) -> ConfigNode? {
    var node = self
    for part in path.split(separator: ".") {
      let pieces = part.split(separator: "[")
      guard let name = pieces.first, let next = node[String(name)] else { return nil }
      node = next
      for piece in pieces.dropFirst() {
        guard let index = Int(piece.dropLast()), let elements = node.elements, elements.indices.contains(index) else {
          return nil
        }
        node = elements[index]
      }
    }
    return node.isNull ? nil : node
  }

  /// All values that are no objects, with their paths.
  fileprivate var leaves: [(String, ConfigNode)] { leaves(at: nil) }

  private func leaves(at path: String?) -> [(String, ConfigNode)] {
    switch content {
    case .object(let members):
      return members.flatMap { $0.node.leaves(at: ConfigPath.appending(key: $0.key, to: path)) }
    case .array(let elements) where elements.contains { $0.members != nil }:
      return elements.enumerated().flatMap { $1.leaves(at: "\(path ?? "")[\($0)]") }
    default: return [(path ?? "", self)]
    }
  }
}
