// A config for each task, with settings that suit a few thousand examples.

import SeqInspect

extension Starter {
  var config: String {
    """
    {
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
    case .transduction: Self.transducer
    case .generation: Self.generator
    case .oneToOne: Self.bag
    }
  }

  private static let transducer = """
    "tokenizer": { "kind": "character" },
    "targetTokenizer": { "kind": "whitespace" },
    "model": {
      "embedding": 64, "cell": "lstm", "forgetBias": 0, "hidden": 128, "layers": 1, "bidirectional": true,
      "dropout": 0.3,
      "decoder": { "hidden": 256, "attention": "general", "inputFeeding": true }
    },
    "training": {
      "epochs": 30, "batch": { "sequences": 32 },
      "optimizer": { "kind": "adam", "learningRate": 0.002 },
      "schedule": { "kind": "linear" }, "clip": 5, "patience": 8, "labelSmoothing": 0.1, "seed": 1
    },
    "inference": { "beam": 5 },
    """

  private static let generator = """
    "tokenizer": { "kind": "character" },
    "vocabulary": { "minimumCount": 1, "maximumSize": 50000 },
    "model": { "embedding": 64, "cell": "lstm", "hidden": 256, "layers": 1, "dropout": 0.3 },
    "training": {
      "epochs": 30, "batch": { "sequences": 32 },
      "optimizer": { "kind": "adam", "learningRate": 0.002 },
      "schedule": { "kind": "linear" }, "clip": 5, "patience": 5, "seed": 1
    },
    """

  private static let bag = """
    "tokenizer": { "kind": "word", "lowercase": true, "foldDigits": false },
    "vocabulary": { "minimumCount": 1, "maximumSize": 50000 },
    "model": { "embedding": 64, "layers": 0, "dropout": 0.5, "ngrams": 2 },
    "training": {
      "epochs": 30, "batch": { "sequences": 32 },
      "optimizer": { "kind": "adam", "learningRate": 0.003 },
      "schedule": { "kind": "linear" }, "patience": 8, "seed": 1
    },
    """
}
