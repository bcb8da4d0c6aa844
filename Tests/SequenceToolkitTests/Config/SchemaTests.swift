import Foundation
import SeqConfig
import SeqTestSupport
import SequenceToolkit
import Testing

/// The JSON Schema of configs.
struct SchemaTests {
  private static let schema = ExperimentConfig.schema

  private static let examples: [String] = ["", "/public"].flatMap { folder -> [String] in
    let names = (try? FileManager.default.contentsOfDirectory(atPath: packageFolder + "/examples" + folder)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().map { "examples" + folder + "/" + $0 }
  }

  @Test(arguments: examples) func anExampleIsValid(name: String) throws {
    #expect(Self.faults(in: try ConfigNode(contentsOf: packageFolder + "/" + name), by: Self.schema) == [])
  }

  @Test func whatAFitSavesIsValid() throws {
    let workspace = try Workspace.classification(texts: 40)
    try Fixture.fit(workspace, "config.json", ["training.epochs=1", "output=" + workspace.path + "/model"])
    let node = try ConfigNode(contentsOf: workspace.path + "/model/config.json")
    #expect(Self.faults(in: node, by: Self.schema) == [])
  }

  @Test(arguments: [
    (#"{"task": "ner"}"#, "task: none of the choices"), (#"{"model": {"hiden": 3}}"#, "model.hiden: unknown"),
    (#"{"model": {"hidden": 0}}"#, "model.hidden: below the minimum"),
    (#"{"training": {"optimizer": {"learningRate": 0}}}"#, "training.optimizer.learningRate: not above the minimum"),
    (#"{"model": {"dropout": 1}}"#, "model.dropout: no alternative"), (#"{}"#, "task: missing"),
    (#"{"model": {"features": [{"size": 5}]}}"#, "model.features[0].kind: missing"),
    (#"{"training": {"classWeights": {"a": -1}}}"#, "training.classWeights: no alternative"),
    (#"{"$schema": 1}"#, "$schema: not a string"),
  ])
  func aMistakeIsFound(text: String, fault: String) throws {
    #expect(Self.faults(in: try ConfigNode(json: text), by: Self.schema).contains(fault))
  }

  @Test func itSaysWhatAnEditorShows() throws {
    let hidden = try #require(Self.schema["properties"]?["model"]?["properties"]?["hidden"])
    #expect(hidden["description"]?.stringValue == "Units of each direction of a layer.")
    #expect(hidden["type"] == "integer" && hidden["minimum"] == 1 && hidden["maximum"] == 65_536)
    #expect(hidden["default"] == 128)
    #expect(Self.schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
  }

  /// What is wrong with a value, by the keywords that the schema has.
  private static func faults(in node: ConfigNode, by schema: ConfigNode, at path: String = "") -> [String] {
    func fault(_ text: String) -> [String] { ["\(path): \(text)"] }
    if let choices = schema["enum"]?.elements, !choices.contains(node) { return fault("none of the choices") }
    if let alternatives = schema["anyOf"]?.elements, !alternatives.contains(where: { faults(in: node, by: $0).isEmpty })
    {
      return fault("no alternative")
    }
    if let type = schema["type"] {
      let types = (type.elements ?? [type]).compactMap(\.stringValue)
      if !types.contains(where: { isType($0, node) }) { return fault("not a \(types.joined(separator: " or "))") }
    }
    if let number = node.doubleValue {
      if let bound = schema["minimum"]?.doubleValue, number < bound { return fault("below the minimum") }
      if let bound = schema["maximum"]?.doubleValue, number > bound { return fault("above the maximum") }
      if let bound = schema["exclusiveMinimum"]?.doubleValue, number <= bound { return fault("not above the minimum") }
      if let bound = schema["exclusiveMaximum"]?.doubleValue, number >= bound { return fault("not below the maximum") }
    }
    if let items = schema["items"] {
      return (node.elements ?? []).enumerated().flatMap { faults(in: $1, by: items, at: "\(path)[\($0)]") }
    }
    return members(of: node, by: schema, at: path)
  }

  private static func members(of node: ConfigNode, by schema: ConfigNode, at path: String) -> [String] {
    guard let members = node.members else { return [] }
    func inner(_ key: String) -> String { path.isEmpty ? key : path + "." + key }
    let missing = (schema["required"]?.elements ?? []).compactMap(\.stringValue).filter { node[$0] == nil }
    return missing.map { inner($0) + ": missing" }
      + members.flatMap { member -> [String] in
        if let own = schema["properties"]?[member.key] {
          return faults(in: member.node, by: own, at: inner(member.key))
        }
        guard let others = schema["additionalProperties"] else { return [] }
        if others == false { return [inner(member.key) + ": unknown"] }
        return faults(in: member.node, by: others, at: inner(member.key))
      }
  }

  private static func isType(_ name: String, _ node: ConfigNode) -> Bool {
    switch name {
    case "object": node.members != nil
    case "array": node.elements != nil
    case "string": node.stringValue != nil
    case "boolean": node.boolValue != nil
    case "integer": node.intValue != nil
    case "number": node.doubleValue != nil
    default: false
    }
  }
}
