import SeqConfig
import SeqCore

/// A task of Label Studio's full export:
/// `{"data": {"text": …}, "annotations": [{"result": [{"from_name": …, "value": {…}}]}]}`.
struct LabelStudioTask {
  private let root: ConfigNode
  private let data: [ConfigNode.Member]
  private let annotations: [ConfigNode]

  /// Nil for any other object.
  init?(_ root: ConfigNode) {
    guard let data = root["data"]?.members, let annotations = root["annotations"]?.elements,
      annotations.allSatisfy({ $0["result"]?.elements != nil })
    else { return nil }
    (self.root, self.data) = (root, data)
    self.annotations = annotations.filter { $0["was_cancelled"]?.boolValue != true }
  }

  /// The task as a flat object of its text and its answers.
  func flattened(_ keys: JSONKeys, _ options: ReadingOptions) throws(SeqError) -> ConfigNode {
    if annotations.count > 1, options.severalLabels == .refuse {
      throw .data(
        "\(annotations.count) annotations, expected one", at: root.place, remedy: options.naming.severalLabels)
    }
    let taken = options.severalLabels == .join ? annotations[...] : annotations.prefix(1)
    let results = taken.flatMap { $0["result"]?.elements ?? [] }
    var members = data
    let spans = results.compactMap { $0["value"] }.filter(\.isSpan)
    let choices = try choices(results, keys)
    if !spans.isEmpty || choices.isEmpty { add(keys.name(.spans), spans, to: &members) }
    if !choices.isEmpty { add(keys.name(.label), choices, to: &members) }
    let used = ["data", "annotations"] + members.map(\.key)
    members += (root.members ?? []).filter { !used.contains($0.key) }
    return ConfigNode(.object(members), at: root.place)
  }

  private func add(_ key: String, _ values: [ConfigNode], to members: inout [ConfigNode.Member]) {
    members.removeAll { $0.key == key }
    let place = root["annotations"]?.place ?? root.place
    members.append(ConfigNode.Member(key: key, keyPlace: place, node: ConfigNode(.array(values), at: place)))
  }

  /// The classes chosen in the control for the label, or in the only control.
  private func choices(_ results: [ConfigNode], _ keys: JSONKeys) throws(SeqError) -> [ConfigNode] {
    let all = results.filter { $0["value"]?["choices"]?.elements != nil }
    var names: [String] = []
    for name in all.compactMap({ $0["from_name"]?.stringValue }) where !names.contains(name) { names.append(name) }
    let isNamed = names.contains(keys.name(.label))
    if names.count > 1, !isNamed {
      throw .data(
        "choices of \(names.joined(separator: " and ")), expected those of one control", at: root.place,
        remedy: "name it as the column of the label")
    }
    let chosen = isNamed ? all.filter { $0["from_name"]?.stringValue == keys.name(.label) } : all
    return chosen.flatMap { $0["value"]?["choices"]?.elements ?? [] }
  }
}
