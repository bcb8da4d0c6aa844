// A config for each task, with settings that suit a few thousand examples.

import SeqInspect
import SeqRecipes

extension Starter {
  var config: String {
    """
    {
      "$schema": "./config.schema.json",
      "task": "\(task.rawValue)",
      "data": {
        \(dataLines.joined(separator: ",\n    "))
      },
    \(indented(own?.body ?? body))\(baseline)
      "output": "model"
    }

    """
  }

  private var dataLines: [String] {
    if let own { return own.lines }
    let files = ["train", "dev", "test"].map { "\"\($0)\": \"data/\($0).\(task.suffix)\"" }
    return [files.joined(separator: ", "), format]
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
  }

  private var format: String {
    switch task {
    case .tagging: #""format": "columns", "columns": { "token": 0, "tag": -1 }"#
    case .transduction: #""format": "pairs""#
    default: #""format": "csv", "columns": { "text": "text", "label": "label" }"#
    }
  }

  /// On for the tasks that have classes.
  private var baseline: String {
    switch task {
    case .classification, .tagging, .oneToOne: "\n  \"baseline\": \(own?.baseline ?? "true"),"
    case .transduction, .generation: ""
    }
  }

  private var body: String {
    switch task {
    case .classification: ClassifierRecipe().body
    case .tagging: TaggerRecipe().body
    case .transduction: OtherRecipes.transducer
    case .generation: OtherRecipes.generator
    case .oneToOne: OtherRecipes.bag
    }
  }
}
