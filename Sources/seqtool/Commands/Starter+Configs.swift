// A config for each task, with settings that suit a few thousand examples.

import SequenceToolkit

extension Starter {
  var config: String {
    """
    {
      "$schema": "./config.schema.json",
      "task": "\(task.task.rawValue)",
      "data": {
        \(dataLines.joined(separator: ",\n    "))
      },
    \(indented(settings.body))\(baseline)
      "output": "model"
    }

    """
  }

  private var dataLines: [String] {
    if let own { return own.lines + settings.data }
    let files = ["train", "dev", "test"].map { "\"\($0)\": \"data/\($0).\(task.suffix)\"" }
    return [files.joined(separator: ", "), task.format]
  }

  /// The config, except for its data.
  var settings: StarterTask.Config { task.config(own?.profile) }

  private var baseline: String { settings.baseline.map { "\n  \"baseline\": \($0)," } ?? "" }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
  }
}
