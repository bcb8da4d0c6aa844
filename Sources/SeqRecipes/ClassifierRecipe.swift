/// The config of a classifier, except for its data: the recipe of docs/how-to/choose-a-config.md, adapted to the data.
package struct ClassifierRecipe: Sendable {
  private var tokenizer = "word"
  private var vocabulary = #""lowercase": true, "foldDigits": true, "singletonDropout": 0.5"#
  private var features =
    #"{ "kind": "word", "size": 100 }, { "kind": "character-lstm" }, { "kind": "suffix" }, { "kind": "shape" }"#
  private var hidden = 200
  private var pooling = "max"
  private var dropout = #""input": 0.6, "between": 0.6, "output": 0.6, "word": 0.3"#
  private var epochs = 15, sequences = 32
  private var learningRate = "0.002", decay = "0.99"
  private var smoothing = "", linear = 1
  /// Members of `data`: how to read long texts.
  package private(set) var data: [String] = []
  /// The value of `baseline`.
  package private(set) var baseline = "true"
  /// The reasons for its values.
  package private(set) var reasons: [String] = []

  /// The recipe for a few thousand texts in a language with spaces.
  package init() {}

  /// The recipe for some data.
  package init(_ profile: DataProfile) {
    suit(size: profile.records)
    if profile.isOfWords {
      suitWords(profile)
      return
    }
    if profile.isChinese { suitChinese(profile) } else { explainWords(profile) }
    if profile.isLong { suitLongTexts(profile) }
  }

  private mutating func explainWords(_ profile: DataProfile) {
    reasons.append(
      "`tokenizer.kind` is `word`: half of the texts have \(profile.median) words or more, and punctuation is a token "
        + "of its own."
    )
  }

  /// Sets an average over about one epoch of steps, and as many epochs as time allows.
  private mutating func suit(size: Int) {
    switch size {
    case ..<1_000:
      (epochs, decay) = (30, "0.95")
      reasons.append("`epochs` is 30 and the `averaging` is short: with only \(size) texts, an epoch has few steps.")
    case ..<20_000:
      reasons.append("`epochs` and `averaging` suit a few thousand texts: there are \(size).")
    case ..<100_000:
      (epochs, decay) = (8, "0.998")
      reasons.append("`epochs` is 8 and the `averaging` is long: \(size) texts make long epochs.")
    default:
      (epochs, decay, sequences, hidden) = (4, "0.999", 64, 128)
      reasons.append("`epochs` is 4, with batches of 64 and 128 units: \(size) texts make long epochs.")
    }
  }

  private mutating func suitWords(_ profile: DataProfile) {
    (tokenizer, vocabulary, features) = ("character", #""minimumCount": 1"#, "")
    (hidden, pooling, dropout) = (
      256, "last", #""input": 0.5, "between": 0.5, "output": 0.5, "recurrent": 0.25, "word": 0.1"#
    )
    (epochs, learningRate, smoothing, linear) = (
      max(epochs, profile.records < 20_000 ? 40 : 10), "0.003", #" "labelSmoothing": 0.1,"#, 2
    )
    reasons.append(
      "`tokenizer.kind` is `character` and the pooling is `last`: the texts are single words of about "
        + "\(profile.medianCharacters) characters.")
  }

  private mutating func suitChinese(_ profile: DataProfile) {
    (tokenizer, features) = ("chinese", #"{ "kind": "word", "size": 100 }"#)
    reasons.append(
      "`tokenizer.kind` is `chinese`: \(Int((profile.hanShare * 100).rounded())) % of the letters are Han characters. "
        + "They have no case and no endings, so the only feature is the token itself.")
  }

  private mutating func suitLongTexts(_ profile: DataProfile) {
    data = [#""maximumTokens": 400, "keep": "both""#]
    if profile.records > 2_000 { vocabulary += #", "minimumCount": 5"# }
    (pooling, epochs, baseline) = ("attention", min(epochs, 5), #"{ "naiveBayes": 1 }"#)
    reasons.append(
      "`data.maximumTokens` is 400 and the pooling is `attention`: one text in twenty has more than "
        + "\(profile.percentile95) words.")
  }

  /// The sections as lines of JSON.
  package var body: String {
    let embedding = features.isEmpty ? #""embedding": 64,"# : "\"features\": [\n    \(features)\n  ],"
    return """
      "tokenizer": { "kind": "\(tokenizer)" },
      "vocabulary": { \(vocabulary) },
      "model": {
        \(embedding)
        "cell": "lstm", "hidden": \(hidden), "layers": 1, "bidirectional": true, "pooling": "\(pooling)",
        "dropout": { \(dropout) }
      },
      "training": {
        "epochs": \(epochs), "batch": { "sequences": \(sequences) },
        "optimizer": { "kind": "adam", "learningRate": \(learningRate) },
        "schedule": { "kind": "linear" }, "averaging": { "kind": "ema", "decay": \(decay) },\(smoothing)
        "clip": 5, "patience": 8, "seed": 1
      },
      "inference": { "linear": \(linear) },
      """
  }
}
