package import SeqConfig
import SeqLayers

/// The shape of a network.
public struct ModelSettings: Sendable, Equatable {
  /// Features of a token.
  public var embedding = 64
  /// Standard deviation of the embeddings at the start; those of a bag start at 0.
  public var embeddingDeviation = 0.1
  /// Several features of a token instead of one embedding; empty for the embedding.
  public var features: [FeatureSettings] = []
  /// The recurrence.
  public var cell = CellKind.lstm
  /// Of an Elman cell, other cells have theirs fixed; of the hidden layers over a bag.
  public var activation = ActivationKind.tanh
  /// Is added to where the forget gate's bias starts, in cells that have one: see `CellKind.hasForgetBias`.
  public var forgetBias = 1.0
  /// What a Jordan network feeds back.
  public var feedback = FeedbackKind.softmax
  /// Whether a Jordan tagger is fed the true tag of the step before, in training.
  public var isTeacherForced = false
  /// At which steps a classifier learns. What it predicts is its output at the last step in either case.
  public var outputs = OutputSteps.last
  /// Units of one direction of one layer.
  public var hidden = 128
  /// Recurrent layers on top of each other.
  public var layers = 1
  /// Past the layers from the second one.
  public var connections = ConnectionKind.none
  /// Whether a second direction reads each sequence from its end.
  public var isBidirectional = true
  /// Rates of dropout.
  public var dropout = DropoutSettings(0.3)
  /// The longest sequence of tokens that has an embedding of its own in a bag; 1 for tokens alone.
  public var ngrams = 1
  /// Embeddings that the longer sequences of tokens share, by a hash.
  public var buckets = 1 << 16
  /// Tokens of the chunks of a text that a classifier reads one by one and then weighs; nil for whole texts.
  public var chunk: Int?
  /// Of a classifier.
  public var pooling = PoolingKind.last
  /// What turns features into predictions.
  public var head = HeadKind.softmax
  /// A label beside the tags; nil for tags alone.
  public var sentenceLabel: SentenceLabelSettings?
  /// What writes sequences, where sequences are to be written.
  public var decoder = DecoderSettings()

  /// The defaults of a classifier.
  public init() {}

  /// The most tokens of a text: longer ones are cut, or refused where each token counts.
  package static let longestText = 10_000
}

extension ModelSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .features(
      "features", \.features,
      when: [.task("classification", "tagging", else: "only applies to classification and tagging")],
      "Several features of a token instead of one embedding; one must be of the kind `word`"
    ).see("reference/token-features.md").renamed(from: "inputs"),
    .int(
      "embedding", \.embedding, in: 1...65_536,
      when: [.absent(".features", "has no effect with features: the size of the word feature sets it")],
      "Size of a token's embedding"
    ).alias("embedding_dim", "embedding_size", "embed_dim", "emb_dim", "embeddings"),
    .double(
      "embeddingDeviation", \.embeddingDeviation, in: .closed(0...100),
      when: [
        .task(not: "one-to-one", else: "has no effect: the embeddings of a bag start at 0"),
        .absent(".features", "has no effect with features"),
      ],
      "Standard deviation of the initial embeddings; 1 is PyTorch's. On names_split (characters, 3 seeds) 1 gives an "
        + "accuracy of 0.837 and 0.1 one of 0.831"),
    .int(
      "ngrams", \.ngrams, in: 1...16, default: .except(["character": 5], of: "tokenizer.kind"),
      when: [.task("one-to-one", else: "only applies to one-to-one")],
      "Length of the longest n-gram that has an embedding, in tokens; 1 for single tokens"
    ).alias("word_ngrams", "ngram_range"),
    .int(
      "buckets", \.buckets, in: 1...100_000_000,
      when: [
        .task("one-to-one", else: "only applies to one-to-one"),
        Condition("with n-grams") { root, _ in root.ngrams > 1 ? nil : "has no effect if model.ngrams is 1" },
      ], "Number of embeddings; a hash assigns the n-grams to them"),
    .value("cell", \.cell, .cell, when: [recurrent], "The recurrent cell").see("explanation/theory.md")
      .alias("cell_type", "rnn_type", "rnn", "architecture"),
    .choice(
      "activation", \.activation,
      when: [
        hiddenLayers,
        Condition("only `elman`, and hidden layers of `one-to-one`") { root, facts in
          facts.text("task") == "one-to-one" || root.cell == .elman
            ? nil : "only applies to the elman cell; the \(root.cell.rawValue)'s is fixed"
        },
      ], "The activation of an Elman cell, or of hidden layers"
    ).tellingAllDefaults.alias("nonlinearity"),
    .double(
      "forgetBias", \.forgetBias, in: .closed(-100...100),
      when: [
        recurrent,
        .cell(CellKind.allCases.filter(\.hasForgetBias), note: "only cells with a forget gate") {
          "only applies to cells that have a forget gate; \($0) has none with a bias"
        },
      ], "Added to the initial bias of the forget gate"
    ).see("reference/config.md#cells").alias("unit_forget_bias"),
    .choice(
      "feedback", \.feedback, when: [recurrent, .cell([.jordan]) { _ in "only applies to the jordan cell" }],
      "What the jordan cell reads of the previous output: probabilities or scores"),
    .bool(
      "teacherForcing", \.isTeacherForced,
      when: [
        recurrent, .cell([.jordan]) { _ in "only applies to the jordan cell: no other cell reads its own output" },
        Condition("only `tagging`") { _, facts in
          switch facts.text("task") {
          case "tagging": nil
          case "generation": "only applies to tagging; a generator always reads the true previous token"
          default: "only applies to tagging: a classifier would read the label that it should find"
          }
        },
      ], "Whether training feeds back the true previous tag instead of the network's own output"
    ).alias("teacher_forcing"),
    .int(
      "hidden", \.hidden, in: 1...65_536, when: [hiddenLayers], "Units of each direction of a layer"
    ).alias("hidden_size", "hidden_dim", "hidden_units", "units", "lstm_size", "rnn_size", "hidden_layer_size"),
    .value(
      "layers", \.layers, layerCount,
      "Number of stacked layers; for `one-to-one` the number of hidden layers, from 0 on"
    ).alias("num_layers", "n_layers", "depth"),
    .choice(
      "connections", \.connections, when: [recurrent],
      "The connections that skip a layer, from the second layer on"
    ).see("reference/config.md#connections"),
    .bool(
      "bidirectional", \.isBidirectional, when: [recurrent], "Whether each layer reads the sequence in both directions"),
    .either(
      "dropout", \.dropout, short: .number(DropoutSettings.range),
      "Share of values that training sets to 0: one number for `input`, `between` and `output`, or an object",
      expand: { reader, _ in reader.optionalDouble("dropout", in: DropoutSettings.range).map { DropoutSettings($0) } },
      contract: { $0.uniform.map(ConfigNode.real) }
    ).see("how-to/train-well.md#dropout").alias("dropout_rate", "drop_rate", "locked_dropout"),
    .int(
      "chunk", optional: \.chunk, in: 1...longestText,
      when: [.task("classification", else: "only applies to classification")],
      "Length of the chunks of a text, in tokens; each is read and pooled on its own, and attention weighs them"
    ).see("how-to/long-texts.md"),
    .choice(
      "pooling", \.pooling,
      when: [
        .task(not: "one-to-one", else: "only applies to classification; a bag is always the mean of its tokens"),
        .task("classification", else: "only applies to classification; this task predicts at every token"),
      ], "How the states of a sequence become one vector"),
    .choice(
      "outputs", \.outputs,
      when: [
        .task(not: "one-to-one", else: "only applies to classification; a bag has no steps"),
        .task("classification", else: "only applies to classification; this task has an output at every token"),
      ],
      "Whether a classifier learns from its output at the last step or at each; `each` needs pooling `last` and one "
        + "direction"),
    .choice(
      "head", \.head,
      "What turns states into predictions: a softmax for each label on its own or, for tagging, a conditional random "
        + "field"
    ).see("reference/tagging.md#crf").alias("use_crf", "crf"),
    .section(
      "sentenceLabel", optional: \.sentenceLabel, start: SentenceLabelSettings.init,
      when: [.task("tagging", else: "only applies to tagging: it adds a label of the whole text to the tags")],
      "A label of the whole text, learned together with its tags"
    ).see("reference/tagging.md#tags-and-a-label").renamed(from: "joint"),
    .section(
      "decoder", \.decoder, when: [.task("transduction", else: "only applies to transduction")],
      "The decoder, which writes the targets"
    ).see("how-to/transduce-text.md#the-network"),
  ]

  /// A bag may do without.
  private static let layerCount = Codec<Int>(
    .integer(0...64),
    read: { reader, key in
      reader.optionalInt(key, in: reader.facts.text("task") == "one-to-one" ? 0...64 : 1...64)
    }, write: { value, _ in .integer(value) })

  /// Where there are states from step to step.
  private static let recurrent: Condition<Self> = .task(
    not: "one-to-one", else: "has no effect: one-to-one has no recurrence")

  /// Where there are hidden layers.
  private static let hiddenLayers = Condition<Self>("") { root, facts in
    facts.text("task") == "one-to-one" && facts.integer("model.layers") == 0
      ? "has no effect without hidden layers" : nil
  }

  package mutating func settle(_ facts: Facts) {
    if let word = features.compactMap(\.word).first { embedding = word.size }
  }
}
