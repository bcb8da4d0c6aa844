package import SeqConfig
import SeqCore
import SeqModel
package import SeqText

/// How raw text is cut, where the training data comes as tokens.
public struct RawTextSettings: Sendable, Equatable {
  /// What cuts raw text.
  public enum Choice: String, CaseIterable, Sendable {
    /// What gives back the tokens of the training data; the fit finds out and writes it into the model. In a model: the
    /// kind of `tokenizer`.
    case automatic = "auto"
    /// A kind of tokenizer: see `TokenizerSettings.Kind`.
    case character, whitespace, word, penn, chinese

    /// The kind of tokenizer; nil for `automatic`.
    package var kind: TokenizerSettings.Kind? { TokenizerSettings.Kind(rawValue: rawValue) }
  }

  /// What cuts raw text.
  public var choice = Choice.automatic
  /// The file of corrections that a fit has learned.
  public var file: String?
  /// Those corrections, before they are in a file.
  package var cuts: LearnedCuts?

  /// Left to the training data.
  public init() {}
}

extension RawTextSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .choice(
      "raw", optional: \.named, default: .computed("`\"auto\"`") { root, _ in root.named }, when: [labelled],
      "What splits raw text if the training data comes as tokens. `auto`: the tokenizer that reproduces them; the fit "
        + "saves its choice in the model's config"
    ).see("reference/tokenizers.md#raw-text-for-a-model-that-learned-from-tokens"),
    .value(
      "rawCuts", optional: \.file, .path(), default: .computed("set by the fit") { root, _ in root.file },
      when: [labelled],
      "Corrections of that tokenizer, learned from the data; with `raw` `word`, `penn`, `chinese` or `whitespace`"),
  ]

  private static let labelled: Condition<Self> = .task(
    "tagging", "classification", "one-to-one", else: "only applies to tagging and classification")

  /// The choice, if it is more than to leave it to the data.
  private var named: Choice? {
    get { choice == .automatic ? nil : choice }
    set { choice = newValue ?? .automatic }
  }

  package func check(_ reader: ConfigReader) {
    if file != nil, choice.kind?.takesCuts != true {
      reader.problem(
        "rawCuts", "only applies to the raw tokenizers whitespace, word, penn and chinese", remedy: "leave it out")
    }
  }
}
