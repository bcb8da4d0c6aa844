package import SeqConfig
import SeqModel
package import SeqTags

/// How a model reads texts and tags: the keys of `data` that it keeps after the fit.
package struct TextSettings: Sendable, Equatable {
  /// What a classifier reads of long texts.
  package var longTexts = LongTexts()
  /// The scheme that tags are learned in; nil for that of the files.
  package var scheme: TagScheme?
  /// Whether each file is one long text, for a language model, rather than a list of texts.
  package var isStream = false

  /// The defaults.
  package init() {}
}

extension TextSettings: ConfigSection {
  package static let keys: [Key<Self>] = [streamKey] + tokenKeys

  /// The key that makes a long text of each file.
  package static let streamKey: Key<Self> = .bool(
    "stream", \.isStream, when: [.task("generation", else: "only applies to generation")],
    "Whether each file is one long text"
  ).see("how-to/generate-text.md#one-long-text")

  /// Which tokens and tags of a text count.
  package static let tokenKeys: [Key<Self>] = [
    .int(
      "maximumTokens", \.longTexts.maximumTokens, in: 1...ModelSettings.longestText, when: [classification],
      "Most tokens to read of a text"
    ).alias("max_length", "max_seq_length", "max_len", "maxlen", "max_tokens_per_text", "truncation"),
    .choice(
      "keep", \.longTexts.keep, when: [classification],
      "Which tokens of a longer text to read: the first, the last, or half of each"
    ).see("how-to/long-texts.md"),
    .choice(
      "scheme", optional: \.scheme, default: .computed("as the files have it") { root, _ in root.scheme },
      when: [.task("tagging", else: "only applies to tagging")],
      "The scheme in which span tags are learned, whatever their form in the files, such as `B_PER`; `tag` writes tags "
        + "in the form of the training file"
    ).see("reference/tagging.md#schemes").alias("tag_scheme", "tagging_scheme", "encoding_scheme"),
  ]

  private static let classification: Condition<Self> = .task(
    "classification", "one-to-one", else: "only applies to classification: other tasks need every token")
}
