// The JSON Schema of a config, made from the declarations of its keys.

/// JSON Schema, draft 2020-12.
package enum JSONSchema {
  /// The schema of a config, with which an editor completes and checks it.
  ///
  /// Rules between keys are part of the descriptions, and are checked when the config is read.
  package static func schema(of keys: [KeyDescription], title: String) -> ConfigNode {
    .object(
      [("$schema", "https://json-schema.org/draft/2020-12/schema"), ("title", .string(title))]
        + object(keys, within: nil))
  }

  /// An object with the keys that are directly in it.
  private static func object(_ keys: [KeyDescription], within path: String?) -> [(String, ConfigNode)] {
    let own = keys.filter { $0.parent == path }
    let required = own.filter { $0.isRequired && $0.conditions.isEmpty }.map { ConfigNode.string($0.name) }
    var members: [(String, ConfigNode)] = [
      ("type", "object"), ("properties", .object(own.map { ($0.name, .object(property($0, keys))) })),
      ("additionalProperties", false),
    ]
    if !required.isEmpty { members.append(("required", .array(required))) }
    return members
  }

  private static func property(_ key: KeyDescription, _ keys: [KeyDescription]) -> [(String, ConfigNode)] {
    var members: [(String, ConfigNode)] = [("description", .string(description(key)))]
    members += shape(key.shape, key, keys)
    if let standard = key.standard, key.derivation == nil, key.exceptions.isEmpty, key.shape.accepts(standard) {
      members.append(("default", standard))
    }
    return members
  }

  private static func description(_ key: KeyDescription) -> String {
    let conditions = key.conditions.filter { !$0.isEmpty }
    let note = conditions.isEmpty ? "" : " (\(conditions.joined(separator: "; ")))"
    let isPlain = key.derivation == nil && key.exceptions.isEmpty
    let standard = isPlain || key.isRequired ? "" : " Default: \(key.defaultText)."
    return "\(key.meaning)\(note).\(standard)".withoutCode
  }

  private static func shape(_ shape: ValueShape, _ key: KeyDescription, _ keys: [KeyDescription])
    -> [(String, ConfigNode)]
  {
    switch shape {
    case .integer(let range):
      var members: [(String, ConfigNode)] = [("type", "integer")]
      if range.lowerBound > .min { members.append(("minimum", .integer(range.lowerBound))) }
      if range.upperBound < .max { members.append(("maximum", .integer(range.upperBound))) }
      return members
    case .number(let range): return [("type", "number")] + bounds(range)
    case .bool: return [("type", "boolean")]
    case .text, .path: return [("type", "string")]
    case .choice(let names): return [("enum", .array(names.map { .string($0) }))]
    case .column: return [("type", ["string", "integer"])]
    case .list(let element): return [("type", "array"), ("items", .object(self.shape(element, key, keys)))]
    case .numbersByName(let range):
      return [("type", "object"), ("additionalProperties", .object([("type", "number")] + bounds(range)))]
    case .object: return object(keys, within: key.path)
    case .objects: return [("type", "array"), ("items", .object(object(keys, within: key.path + "[]")))]
    case .either(let shapes): return [("anyOf", .array(shapes.map { .object(self.shape($0, key, keys)) }))]
    case .any: return []
    }
  }

  private static func bounds(_ range: NumberRange) -> [(String, ConfigNode)] {
    var members: [(String, ConfigNode)] = []
    if range.lower.isFinite { members.append((range.holdsLower ? "minimum" : "exclusiveMinimum", .real(range.lower))) }
    if range.upper.isFinite { members.append((range.holdsUpper ? "maximum" : "exclusiveMaximum", .real(range.upper))) }
    return members
  }
}

extension String {
  /// Markdown without the marks of code.
  package var withoutCode: String { replacing("`", with: "") }
}
