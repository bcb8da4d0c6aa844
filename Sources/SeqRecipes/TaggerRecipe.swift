import SeqTags
import SeqText

/// The config of a tagger, except for its data: the recipe of docs/how-to/choose-a-config.md, adapted to the data.
package struct TaggerRecipe: Sendable {
  private var tokenizer = #""raw": "auto""#
  private var vocabulary = #""lowercase": true, "foldDigits": true, "singletonDropout": 0.5"#
  private var features = """
    { "kind": "word", "size": 100 }, { "kind": "character-lstm", "hidden": 50 },
        { "kind": "suffix" }, { "kind": "shape" }
    """
  private var head = "crf", epochs = 30, decay = "0.99", metric = ""
  /// Members of `data`: the scheme in which tags are learned.
  package private(set) var data: [String] = []
  /// The reasons for its values.
  package private(set) var reasons: [String] = []

  /// The recipe for a few thousand sentences with spans.
  package init() {}

  /// The recipe for some data.
  package init(_ profile: DataProfile) {
    if let kind = profile.spanTokenizer {
      tokenizer = "\"kind\": \"\(kind.rawValue)\""
      reasons.append("`tokenizer.kind` is `\(kind.rawValue)`: all spans begin and end with its tokens.")
    } else {
      reasons.append(
        "`tokenizer.raw` is `auto`: the data comes as tokens, and the fit finds the tokenizer that splits raw text the "
          + "same way.")
    }
    if profile.isChinese {
      features = #"{ "kind": "word", "size": 100 }"#
      reasons.append("The only feature is the token itself: Han characters have no case and no endings.")
    }
    suitTags(profile)
    suit(size: profile.records)
  }

  private mutating func suitTags(_ profile: DataProfile) {
    guard let scheme = profile.scheme else {
      (head, metric) = ("softmax", #" "metric": "accuracy","#)
      reasons.append("`model.head` is `softmax`: the tags mark no spans, so each token is tagged on its own.")
      return
    }
    reasons.append("`model.head` is `crf`: the tags mark spans (\(scheme.rawValue)).")
    if scheme == .iob1 || scheme == .iob2 {
      data = [#""scheme": "bioes""#]
      reasons.append(
        "`data.scheme` is `bioes`, which models learn a little better; `tag` writes the scheme of the file.")
    }
  }

  private mutating func suit(size: Int) {
    switch size {
    case ..<1_000: (epochs, decay) = (50, "0.95")
    case ..<8_000: (epochs, decay) = (30, "0.99")
    case ..<30_000: (epochs, decay) = (15, "0.995")
    default: (epochs, decay) = (8, "0.998")
    }
    reasons.append("`epochs` is \(epochs) and the `decay` of the `averaging` is \(decay): there are \(size) sentences.")
  }

  /// The sections as lines of JSON.
  package var body: String {
    """
    "tokenizer": { \(tokenizer) },
    "vocabulary": { \(vocabulary) },
    "model": {
      "features": [
        \(features)
      ],
      "cell": "lstm", "hidden": 200, "layers": 1, "bidirectional": true, "dropout": 0.5, "head": "\(head)"
    },
    "training": {
      "epochs": \(epochs), "batch": { "sequences": 32 },\(metric)
      "optimizer": { "kind": "adam", "learningRate": 0.004 },
      "schedule": { "kind": "linear" }, "averaging": { "kind": "ema", "decay": \(decay) },
      "clip": 5, "patience": 8, "seed": 1
    },
    "inference": { "linear": 1 },
    """
  }
}
