import SeqConfig
import SequenceToolkit

// The description of the config's keys on a starter's page, made from their declarations.

extension Starter {
  /// A row of a Markdown table for each key in the config, except for the sections themselves.
  var keyRows: [String] {
    guard let node = try? ConfigNode(json: config) else { return [] }
    let known = Dictionary(ExperimentConfig.allKeys.map { ($0.path, $0) }) { first, _ in first }
    return Self.paths(of: node, at: nil).compactMap { known[$0] }.filter { $0.parent != nil || !$0.isSection }.map {
      key in
      "| `\(key.path)` | \(key.meaning.replacing("|", with: "\\|")) | \(key.shape.range) |"
    }
  }

  /// The paths of all keys of an object; lists count as one key.
  private static func paths(of node: ConfigNode, at path: String?) -> [String] {
    (node.members ?? []).flatMap { member in
      let own = (path.map { $0 + "." } ?? "") + member.key
      return [own] + paths(of: member.node, at: own)
    }
  }
}
