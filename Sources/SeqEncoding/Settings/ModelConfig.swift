package import SeqConfig
package import SeqCore
package import SeqLayers
package import SeqModel
package import SeqText

/// What a fitted model keeps of the config of its fit: all that predictions depend on.
///
/// An `ExperimentConfig` has the same keys, and more: how data is read from files and how a network is trained.
package struct ModelConfig: Sendable {
  /// What a sequence is turned into.
  package var task: SequenceTask
  /// How texts and tags are read.
  package var texts = TextSettings()
  /// How texts are cut into tokens.
  package var tokenizer: TokenizerSettings
  /// How raw text is cut, if that differs because the training data comes as tokens.
  package var rawText = RawTextSettings()
  /// Which tokens the model knows.
  package var vocabulary = VocabularySettings()
  /// How targets are cut into tokens, if texts are to be turned into others.
  package var targetTokenizer = TokenizerSettings()
  /// Which tokens the model writes.
  package var targetVocabulary = VocabularySettings()
  /// The shape of the network.
  package var model: ModelSettings
  /// How it is used.
  package var inference = InferenceSettings()
  /// The config that this was read from, whole, and what relative paths in it are meant from; nil if it was made in code.
  package private(set) var source: (node: ConfigNode, folder: String)?

  /// The defaults of a task.
  package init(task: SequenceTask) {
    self.task = task
    tokenizer = TokenizerSettings(kind: task.definition.usualTokenizer)
    model = task.definition.usualModel
    if task.rewritesTexts { targetTokenizer.kind = tokenizer.kind }
  }
}

extension ModelConfig: ConfigSection {
  package static let keys: [Key<Self>] =
    [taskKey(\.task) { ModelConfig(task: $0) }, .more("data", \.texts)] + tokenKeys + networkKeys + inferenceKeys

  /// The key of the task, in a config that starts from the defaults of one.
  package static func taskKey<Root>(
    _ place: KeyPlace<Root, SequenceTask>, start: @escaping @Sendable (SequenceTask) -> Root
  ) -> Key<Root> {
    .kind(
      "task", place, start: start, isRequired: true,
      "What the model learns to predict: a label for a text, a tag for each token, new texts, a label for a bag of "
        + "n-grams, or another text"
    ).values(SequenceTask.otherNames)
  }

  /// How texts become ids.
  package static let tokenKeys: [Key<Self>] = [
    .section("tokenizer", \.tokenizer, shorthand: "kind", "How to split text into tokens"),
    .more("tokenizer", \.rawText),
    .section("vocabulary", \.vocabulary, "Which tokens the model knows").alias("vocab"),
    .section(
      "targetTokenizer", \.targetTokenizer, prepare: { $0.targetTokenizer.kind = $0.tokenizer.kind }, shorthand: "kind",
      when: transduction, "How to split targets into tokens, with the keys of `tokenizer`; by default the same kind"),
    .section(
      "targetVocabulary", \.targetVocabulary, when: transduction,
      "Which tokens the model can write, with the keys of `vocabulary`"),
  ]

  /// What the network is.
  package static let networkKeys: [Key<Self>] = [
    .section("model", \.model, "The network").alias("network", "net")
  ]

  /// How it is used.
  package static let inferenceKeys: [Key<Self>] = [
    .section("inference", \.inference, "How the network is used once it is trained").alias("decoding", "predict")
  ]

  private static let transduction: [Condition<Self>] = [.task("transduction", else: "only applies to transduction")]
}

extension ModelConfig {
  /// Reads the config of a model, whose own files are looked for by whoever reads the model. Keys may have the names that
  /// they had when it was fitted; those of the fit alone are left unread.
  /// - Parameter cells: those of a client's that it may name.
  /// - Throws: `.missingInput` if there is none, `.data` with every mistake at once.
  package init(contentsOf path: String, cells: [any CustomCell] = []) throws(SeqError) {
    let (node, folder) = (try ConfigNode(contentsOf: path), FileSystem.folder(of: path))
    self = try .reading(
      node, onto: ModelConfig(task: .classification), folder: folder, withFormerNames: true,
      given: cells,
      except: ["data", "training", "baseline", "output", "$schema"])
    source = (node, folder)
  }

  /// The tokenizer of the model: it cuts raw text, and normalises tokens that are given.
  /// - Throws: what reading the files of a tokenizer throws.
  package func makeTokenizer() throws(SeqError) -> Tokenizer {
    var settings = tokenizer
    guard let kind = rawText.choice.kind else { return try Tokenizer(settings) }
    (settings.kind, settings.pattern, settings.file) = (kind, nil, nil)
    var cuts = rawText.cuts
    if cuts == nil, let file = rawText.file { cuts = try LearnedCuts(parsing: FileSystem.readText(file), file: file) }
    return try Tokenizer(settings, cuts: cuts)
  }
}
