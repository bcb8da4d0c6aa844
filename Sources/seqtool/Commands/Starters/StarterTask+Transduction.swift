import SeqRecipes
import SequenceToolkit

extension StarterTask {
  /// Many-to-many of unequal length: a target text for each text.
  static let transduction = StarterTask(
    .transduction, suffix: "pairs", format: #""format": "pairs""#, usage: "seqtool transduce < lines.txt  # use it",
    dataPage:
      "One text and its target per line, separated by a tab. A text with several targets has a line for each.",
    samples: pairs
  ) { _ in Config(body: OtherRecipes.transducer) }

  /// Words and the names of their letters.
  private static let pairs = [
    spelled(["cab", "bed", "ace", "fade", "bead", "deaf", "cafe", "face", "dab", "feed", "beef", "added"]),
    spelled(["fed", "decade", "cede"]), spelled(["bad", "facade", "dead"]),
  ]

  private static func spelled(_ words: [String]) -> String {
    let names: [Character: String] = ["a": "ay", "b": "bee", "c": "cee", "d": "dee", "e": "ee", "f": "eff"]
    return words.map { word in word + "\t" + word.compactMap { names[$0] }.joined(separator: " ") + "\n" }.joined()
  }
}
