import SeqConfig
import SeqCore

// Fields in JSON lines: the places are those that the parser gives the values.

extension FieldFinder {
  mutating func findInObjects() throws(SeqError) {
    var lines = try LineReader(path, options: options)
    let keys = try JSONKeys(options.columns, file: lines.file)
    while try lines.next(), lines.number <= last {
      guard let here = requests[lines.number],
        let root = try? JSONParser.parse(lines.line, file: lines.file, firstLine: lines.number)
      else { continue }
      let content = (wanted == .tags ? root[keys.tokens] : nil) ?? root[keys.text] ?? root[keys.tokens]
      let text = content?.stringValue ?? content?.elements?.compactMap(\.stringValue).joined(separator: " ") ?? ""
      for request in here {
        let node: ConfigNode? =
          switch request.role {
          case .text: content
          case .label: root[keys.label]
          case .tag(let token): Self.tag(token, of: root, keys) ?? root[keys.spans]
          }
        found[request] = FoundField(place: (node ?? root).place, excerpt: excerpt(Array(text.utf8)[...]))
      }
    }
  }

  private static func tag(_ token: Int, of root: ConfigNode, _ keys: JSONKeys) -> ConfigNode? {
    guard let tags = root[keys.tags]?.elements, tags.indices.contains(token) else { return nil }
    return tags[token]
  }
}
