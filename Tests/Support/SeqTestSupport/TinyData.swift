import SeqCore

/// Small made-up data that a small network learns, and configs for it.
public enum TinyData {
  private static let subjects = ["the train", "my bag", "our guide", "the door", "a ticket", "the coffee"]
  private static let praise = ["is lovely", "was great", "works well", "looks superb"]
  private static let blame = ["is broken", "was awful", "smells bad", "looks poor"]
  private static let cities = ["new york", "paris", "san jose", "oslo"]
  private static let times = ["noon", "half past six", "midnight"]

  /// `text,label` rows under a header: praise is `positive`, blame `negative`.
  public static func csv(_ count: Int, seed: UInt64) -> String {
    var generator = Seed(seed).generator
    var text = "text,label\n"
    for _ in 0..<count {
      let isPraise = generator.index(below: 2) == 0
      let words = [pick(subjects, &generator), pick(isPraise ? praise : blame, &generator)]
      let ending = String(repeating: " today", count: generator.index(below: 4))
      text += "\(words.joined(separator: " "))\(ending),\(isPraise ? "positive" : "negative")\n"
    }
    return text
  }

  /// Sentences of `token<tab>tag` lines: cities and times are spans.
  public static func columns(_ count: Int, seed: UInt64) -> String {
    var generator = Seed(seed).generator
    var text = ""
    for _ in 0..<count {
      text += tagged("fly to", "O") + tagged(pick(cities, &generator), "city")
      if generator.index(below: 2) == 0 { text += tagged("at", "O") + tagged(pick(times, &generator), "time") }
      text += "\n"
    }
    return text
  }

  private static func pick(_ list: [String], _ generator: inout SplitMix64) -> String {
    list[generator.index(below: list.count)]
  }

  private static func tagged(_ words: String, _ type: String) -> String {
    words.split(separator: " ").enumerated().map { i, word in
      "\(word)\t\(type == "O" ? "O" : (i == 0 ? "B-" : "I-") + type)\n"
    }.joined()
  }

  /// A classifier's config, for `train.csv`, `dev.csv` and `test.csv` beside it.
  public static let classifier = """
    {
      "task": "classification",
      "data": { "train": "train.csv", "dev": "dev.csv", "test": "test.csv" },
      "model": { "embedding": 8, "hidden": 8, "dropout": 0.1 },
      "training": { "epochs": 2, "batch": { "sequences": 16 }, "optimizer": { "kind": "adam", "learningRate": 0.02 } },
      "output": "model"
    }
    """

  /// A tagger's config, for `train.conll`, `dev.conll` and `test.conll` beside it.
  public static let tagger = """
    {
      "task": "tagging",
      "data": { "train": "train.conll", "dev": "dev.conll", "test": "test.conll" },
      "model": { "embedding": 8, "cell": "gru", "hidden": 8, "dropout": 0.1 },
      "training": { "epochs": 2, "batch": { "sequences": 8 }, "optimizer": { "kind": "adam", "learningRate": 0.02 } },
      "output": "model"
    }
    """
}

extension Workspace {
  /// A new workspace with data and `config.json` of a classifier.
  public static func classification(texts: Int = 64) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(TinyData.classifier, to: "config.json")
    for (i, part) in ["train", "dev", "test"].enumerated() {
      try workspace.write(TinyData.csv(i == 0 ? texts : 16, seed: UInt64(i)), to: part + ".csv")
    }
    return workspace
  }

  /// A new workspace with data and `config.json` of a tagger.
  public static func tagging(sentences: Int = 32) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(TinyData.tagger, to: "config.json")
    for (i, part) in ["train", "dev", "test"].enumerated() {
      try workspace.write(TinyData.columns(i == 0 ? sentences : 8, seed: UInt64(i)), to: part + ".conll")
    }
    return workspace
  }
}
