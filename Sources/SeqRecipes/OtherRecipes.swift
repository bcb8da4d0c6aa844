/// The configs, except for their data, of tasks whose recipe does not depend on the data.
package enum OtherRecipes {
  /// Turns texts into other texts.
  package static let transducer = """
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

  /// Generates texts.
  package static let generator = """
    "tokenizer": { "kind": "character" },
    "vocabulary": { "minimumCount": 1, "maximumSize": 50000 },
    "model": { "embedding": 64, "cell": "lstm", "hidden": 256, "layers": 1, "dropout": 0.3 },
    "training": {
      "epochs": 30, "batch": { "sequences": 32 },
      "optimizer": { "kind": "adam", "learningRate": 0.002 },
      "schedule": { "kind": "linear" }, "clip": 5, "patience": 5, "seed": 1
    },
    """

  /// Gives a label to a bag of tokens.
  package static let bag = """
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
