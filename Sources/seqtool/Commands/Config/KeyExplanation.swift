import SeqConfig
import SeqCore
import SequenceToolkit

/// What `config explain` prints about a key.
struct KeyExplanation {
  private let key: KeyDescription
  private let config: ExperimentConfig?
  /// The key as the user wrote it; elements of lists have their numbers.
  private let path: String

  init(_ key: KeyDescription, _ config: ExperimentConfig?, path: String? = nil) {
    (self.key, self.config, self.path) = (key, config, path ?? key.path)
  }

  /// One line of a list: the key, its default or value, and its meaning.
  var line: String {
    let value = config.map { _ in valueText } ?? key.defaultText.withoutCode
    let columns = [
      path.padded(to: 34), value.shortened(to: 24).padded(to: 24), key.meaning.withoutCode.shortened(to: 100),
    ]
    return columns.joined(separator: "  ") + "\n"
  }

  /// The full explanation.
  var text: String {
    var rows = [("type", key.shape.typeName)]
    if !key.rangeText.isEmpty { rows.append(("range", key.rangeText.withoutCode)) }
    rows.append(("default", key.defaultText.withoutCode))
    let example = key.exampleValue
    if !key.isSection {
      rows.append(("example", key.member(example)))
      if !path.contains("[") { rows.append(("", key.override(example))) }
    }
    if !key.aliases.isEmpty { rows.append(("elsewhere", key.aliases.joined(separator: ", "))) }
    if !key.formerNames.isEmpty { rows.append(("before", key.formerNames.joined(separator: ", "))) }
    if let page = key.page { rows.append(("more", "docs/" + page)) }
    if config != nil, !key.isSection { rows.append(("here", "\(valueText), \(originText)")) }
    let lines = rows.map { "  \($0.padded(to: 10))\($1)\n" }
    return "\(path)\n  \(key.meaning.withoutCode).\n\n" + lines.joined()
  }

  private var value: ConfigValue? { config?.value(at: path) }

  private var valueText: String {
    guard let node = value?.node else { return "none" }
    return (try? JSONWriter.text(of: node, style: .compact)) ?? ""
  }

  private var originText: String {
    if let place = value?.place { return "from \(place)" }
    return value?.node == nil && key.standard != nil ? "because the key does not apply" : "the default"
  }
}

extension KeyDescription {
  /// Whether the key is an object with other keys.
  var isSection: Bool {
    if case .object = shape { true } else { false }
  }

  /// The depth of the key; keys in lists are deepest.
  var depth: Int { path.count { $0 == "." } + (path.contains("[]") ? 10 : 0) }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
