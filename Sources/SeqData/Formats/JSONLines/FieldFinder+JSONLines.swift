import SeqConfig
import SeqCore
import SeqRecords

// Fields in JSON lines: the places of the values come from the parser.

extension FieldFinder {
  mutating func findInObjects(
    reshaping: JSONReshaping = { root throws(SeqError) in root }
  ) throws(SeqError) {
    var objects = try JSONObjects(path, options: options)
    let keys = try JSONKeys(options.columns, file: objects.file)
    var previous = 0
    while try objects.next(), objects.line <= last {
      guard let here = requests[objects.line] else { continue }
      // If several elements share a line, only the line is known.
      if objects.line == previous {
        for request in here { found[request] = nil }
        continue
      }
      previous = objects.line
      guard let root = try? reshaping(objects.parsed()),
        let object = try? JSONObject(root, keys: keys, options: options)
      else { continue }
      for request in here { found[request] = field(request.role, of: object) }
    }
  }

  private func field(_ role: FieldRequest.Role, of object: JSONObject) -> FoundField {
    let tokens = object.value(object.keys[.token])
    let text = object.value(object.keys[.text])
    let content = (wanted == .tags ? tokens : nil) ?? text ?? tokens
    let excerpt =
      content?.stringValue
      ?? content?.elements?.compactMap { $0.stringValue ?? $0["text"]?.stringValue }.joined(separator: " ") ?? ""
    let node: ConfigNode? =
      switch role {
      case .text: content
      case .label: object.value(object.labelKey)
      case .tag(let token): Self.tag(token, of: object) ?? object.value(object.spansKey)
      }
    return FoundField(place: (node ?? object.root).place, excerpt: self.excerpt(Array(excerpt.utf8)[...]))
  }

  private static func tag(_ token: Int, of object: JSONObject) -> ConfigNode? {
    guard let tags = object.value(object.tagsKey)?.elements, tags.indices.contains(token) else { return nil }
    return tags[token]
  }
}
