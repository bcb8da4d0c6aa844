import SeqRecipes
import SequenceToolkit

extension StarterTask {
  /// Many-to-many of equal length: a tag for each token.
  static let tagging = StarterTask(
    .tagging, suffix: "conll", format: #""format": "columns", "columns": { "token": 0, "tag": -1 }"#,
    usage: taggingUsage,
    dataPage:
      "One token and its tag per line, separated by a tab, and an empty line after each sentence. Tag spans with "
      + "`B-TYPE` for the first token, `I-TYPE` for the following ones and `O` outside.", samples: sentences
  ) { profile in
    let recipe = profile.map(TaggerRecipe.init) ?? TaggerRecipe()
    return Config(body: recipe.body, baseline: "true", reasons: recipe.reasons, data: recipe.data)
  }

  private static let sentences = [
    columns([
      "wake/O me/O at/O seven/B-time", "wake/O me/O at/O half/B-time past/I-time six/I-time",
      "play/O some/O jazz/B-genre", "play/O quiet/B-genre piano/I-genre music/I-genre",
      "set/O an/O alarm/O for/O noon/B-time", "put/O on/O jazz/B-genre at/O eight/B-time",
      "no/O music/O before/O seven/B-time", "play/O soul/B-genre until/O midnight/B-time",
    ]),
    columns(["play/O jazz/B-genre at/O noon/B-time", "wake/O me/O at/O six/B-time"]),
    columns(["play/O some/O soul/B-genre", "set/O an/O alarm/O for/O half/B-time past/I-time seven/I-time"]),
  ]

  /// `token/TAG token/TAG` sentences as CoNLL columns.
  private static func columns(_ sentences: [String]) -> String {
    sentences.map { sentence in
      sentence.split(separator: " ").map { $0.replacing("/", with: "\t") + "\n" }.joined() + "\n"
    }.joined()
  }
}
