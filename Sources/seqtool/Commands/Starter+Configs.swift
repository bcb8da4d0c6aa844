// A config for each task, with settings that suit a few thousand examples.

extension Starter {
  var config: String {
    """
    {
      "task": "\(task.rawValue)",
      "data": {
        "train": "data/train.\(task.suffix)", "dev": "data/dev.\(task.suffix)", "test": "data/test.\(task.suffix)",
        \(format)
      },
    \(indented(body))\(baseline)
      "output": "model"
    }

    """
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
    case .classification, .tagging, .oneToOne: "\n  \"baseline\": true,"
    case .transduction, .generation: ""
    }
  }

  private var body: String {
    switch task {
    case .classification: Self.classifier
    case .tagging: Self.tagger
    case .transduction: Self.transducer
    case .generation: Self.generator
    case .oneToOne: Self.bag
    }
  }

  private static let classifier = """
    "tokenizer": { "kind": "word" },
    "vocabulary": { "lowercase": true, "foldDigits": true, "singletonDropout": 0.5 },
    "model": {
      "inputs": [
        { "kind": "word", "size": 100 }, { "kind": "character-lstm" }, { "kind": "suffix" }, { "kind": "shape" }
      ],
      "cell": "lstm", "hidden": 200, "layers": 1, "bidirectional": true, "pooling": "max",
      "dropout": { "input": 0.6, "between": 0.6, "output": 0.6, "word": 0.3 }
    },
    "training": {
      "epochs": 15, "batch": { "sequences": 32 },
      "optimizer": { "kind": "adam", "learningRate": 0.002 },
      "schedule": { "kind": "linear" }, "averaging": { "kind": "ema", "decay": 0.99 },
      "clip": 5, "patience": 8, "seed": 1
    },
    "inference": { "linear": 1 },
    """

  private static let tagger = """
    "tokenizer": { "kind": "whitespace" },
    "vocabulary": { "lowercase": true, "foldDigits": true, "singletonDropout": 0.5 },
    "model": {
      "inputs": [
        { "kind": "word", "size": 100 }, { "kind": "character-lstm", "hidden": 50 },
        { "kind": "suffix" }, { "kind": "shape" }
      ],
      "cell": "lstm", "hidden": 200, "layers": 1, "bidirectional": true, "dropout": 0.5, "head": "crf"
    },
    "training": {
      "epochs": 30, "batch": { "sequences": 32 },
      "optimizer": { "kind": "adam", "learningRate": 0.004 },
      "schedule": { "kind": "linear" }, "averaging": { "kind": "ema", "decay": 0.99 },
      "clip": 5, "patience": 8, "seed": 1
    },
    "inference": { "linear": 1 },
    """

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
