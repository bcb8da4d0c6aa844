/// The names of scores that configs, `eval --json` and `scores()` use.
///
/// `f1`, `precision` and `recall` are the task's usual figures: macro averages over classes for classification, micro
/// averages over spans in conlleval's sense for tagging with spans. `strict…` are the same over well-formed spans only.
/// `topKAccuracy` stands for any k, as in `top2Accuracy`.
public enum MetricName {
  private static let higher = [
    "accuracy", "f1", "precision", "recall", "strictF1", "strictPrecision", "strictRecall",
    "macroF1", "macroPrecision", "macroRecall", "microF1", "microPrecision", "microRecall",
    "weightedF1", "weightedPrecision", "weightedRecall", "balancedAccuracy", "matthews", "kappa",
    "top2Accuracy", "top3Accuracy", "top5Accuracy", "sequenceAccuracy",
    "exactMatch", "labelAccuracy", "jointAccuracy",
  ]
  private static let lower = [
    "loss", "logLoss", "calibrationError", "perplexity", "bitsPerToken", "bitsPerCharacter", "wordErrorRate",
    "symbolErrorRate",
  ]

  /// Every name, in the order in which help lists them; of the top-k accuracies those for 2, 3 and 5.
  public static let allNames = higher + lower

  /// Whether more of this score is better; `nil` for a name that is not known.
  public static func higherIsBetter(_ name: String) -> Bool? {
    if higher.contains(name) || topK(name) != nil { return true }
    return lower.contains(name) ? false : nil
  }

  /// The k of a name such as `top2Accuracy`, without leading zeros and from 1 on; `nil` for any other name.
  public static func topK(_ name: String) -> Int? {
    guard name.hasPrefix("top"), name.hasSuffix("Accuracy") else { return nil }
    let digits = name.dropFirst("top".count).dropLast("Accuracy".count)
    guard let k = Int(digits), k > 0, String(k) == digits else { return nil }
    return k
  }
}
