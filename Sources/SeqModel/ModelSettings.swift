package import SeqConfig
import SeqLayers

/// The shape of a network.
public struct ModelSettings: Sendable, Equatable {
  /// Features of a token.
  public var embedding = 64
  /// Standard deviation of the embeddings at the start; those of a bag start at 0.
  public var embeddingDeviation = 0.1
  /// Several views of a token, in the place of one embedding; empty for that.
  public var inputs: [InputSettings] = []
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
  public var joint: JointSettings?
  /// What writes sequences, where sequences are to be written.
  public var decoder = DecoderSettings()

  /// The defaults of a classifier.
  public init() {}

  /// The most tokens of a text: longer ones are cut, or refused where each token counts.
  package static let longestText = 10_000
}

extension ModelSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .inputs(
      "inputs", \.inputs, when: [.task("classification", "tagging", else: "goes with classification and tagging only")],
      "Several features of a token in the place of one embedding; one must be of the kind `word`"
    ).see("reference/token-features.md"),
    .int(
      "embedding", \.embedding, in: 1...65_536,
      when: [.absent(".inputs", "has no effect with inputs: the size of a word input says it")],
      "Numbers that stand for a token"
    ).alias("embedding_dim", "embedding_size", "embed_dim", "emb_dim", "embeddings"),
    .double(
      "embeddingDeviation", \.embeddingDeviation, in: .closed(0...100),
      when: [
        .task(not: "one-to-one", else: "has no effect: the embeddings of a bag start at 0"),
        .absent(".inputs", "has no effect with inputs"),
      ],
      "Standard deviation of the embeddings at the start; 1 is PyTorch's. On names_split (characters, 3 seeds) 1 gives an "
        + "accuracy of 0.837 and 0.1 one of 0.831"),
    .int(
      "ngrams", \.ngrams, in: 1...16, default: .except(["character": 5], of: "tokenizer.kind"),
      when: [.task("one-to-one", else: "goes with one-to-one only")],
      "Tokens of the longest n-gram that has an embedding; 1 for tokens alone"
    ).alias("word_ngrams", "ngram_range"),
    .int(
      "buckets", \.buckets, in: 1...100_000_000,
      when: [
        .task("one-to-one", else: "goes with one-to-one only"),
        Condition("with n-grams") { root, _ in root.ngrams > 1 ? nil : "has no effect with ngrams 1" },
      ], "Embeddings that the n-grams share, by a hash"),
    .value("cell", \.cell, .cell, when: [recurrent], "The recurrence").see("explanation/theory.md")
      .alias("cell_type", "rnn_type", "rnn", "architecture"),
    .choice(
      "activation", \.activation,
      when: [
        hiddenLayers,
        Condition("only `elman`, and hidden layers of `one-to-one`") { root, facts in
          facts.text("task") == "one-to-one" || root.cell == .elman
            ? nil : "goes with the elman cell only; the \(root.cell.rawValue)'s is fixed"
        },
      ], "The activation of an Elman cell, or of hidden layers"
    ).tellingAllDefaults.alias("nonlinearity"),
    .double(
      "forgetBias", \.forgetBias, in: .closed(-100...100),
      when: [
        recurrent,
        .cell(CellKind.allCases.filter(\.hasForgetBias), note: "only cells with a forget gate") {
          "goes with cells that have a forget gate; \($0) has none with a bias"
        },
      ], "Added to the bias of the forget gate at the start"
    ).see("reference/config.md#cells").alias("unit_forget_bias"),
    .choice(
      "feedback", \.feedback, when: [recurrent, .cell([.jordan]) { _ in "goes with the jordan cell only" }],
      "Whether probabilities or scores are fed back"),
    .bool(
      "teacherForcing", \.isTeacherForced,
      when: [
        recurrent, .cell([.jordan]) { _ in "goes with the jordan cell only: no other is fed its output" },
        Condition("only `tagging`") { _, facts in
          switch facts.text("task") {
          case "tagging": nil
          case "generation": "goes with tagging only; a generator always reads the true token before"
          default: "goes with tagging only: a classifier would be told the label it should find"
          }
        },
      ], "Whether the true tag of the step before is fed back in training"
    ).alias("teacher_forcing"),
    .int(
      "hidden", \.hidden, in: 1...65_536, when: [hiddenLayers], "Units of one direction of one layer"
    ).alias("hidden_size", "hidden_dim", "hidden_units", "units", "lstm_size", "rnn_size", "hidden_layer_size"),
    .value(
      "layers", \.layers, layerCount, "Layers on top of each other; hidden layers of `one-to-one`, from 0 on"
    ).alias("num_layers", "n_layers", "depth"),
    .choice("connections", \.connections, when: [recurrent], "What leads past the layers from the second one on")
      .see("reference/config.md#connections"),
    .bool(
      "bidirectional", \.isBidirectional, when: [recurrent], "Whether each layer reads the sequence in both directions"),
    .either(
      "dropout", \.dropout, short: .number(DropoutSettings.range),
      "Share of features dropped in training: one number for `input`, `between` and `output`, or an object",
      expand: { reader, _ in reader.optionalDouble("dropout", in: DropoutSettings.range).map { DropoutSettings($0) } },
      contract: { $0.uniform.map(ConfigNode.real) }
    ).see("how-to/train-well.md#dropout").alias("dropout_rate", "drop_rate", "locked_dropout"),
    .int(
      "chunk", optional: \.chunk, in: 1...longestText,
      when: [.task("classification", else: "goes with classification only")],
      "Tokens of the chunks of a text that are read one by one, each pooled, and then weighed by attention"
    ).see("how-to/long-texts.md"),
    .choice(
      "pooling", \.pooling,
      when: [
        .task(not: "one-to-one", else: "goes with classification only; a bag is always the mean of its tokens"),
        .task("classification", else: "goes with classification only; this task predicts at every token"),
      ], "How the states of a sequence become one vector"),
    .choice(
      "outputs", \.outputs,
      when: [
        .task(not: "one-to-one", else: "goes with classification only; a bag has no steps"),
        .task("classification", else: "goes with classification only; this task has an output at every token"),
      ],
      "Whether a classifier learns from its output at the last step or at each; `each` needs pooling `last` and one "
        + "direction"),
    .choice(
      "head", \.head,
      "What turns features into predictions: each label for itself or, for tagging, a conditional random field"
    ).see("reference/tagging.md#crf").alias("use_crf", "crf"),
    .section(
      "joint", optional: \.joint, start: JointSettings.init,
      when: [.task("tagging", else: "goes with tagging only: it adds a label of the whole text to the tags")],
      "A label of the whole text, learned beside its tags"
    ).see("reference/tagging.md#tags-and-a-label"),
    .section(
      "decoder", \.decoder, when: [.task("transduction", else: "goes with transduction only")],
      "What writes the targets"
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
    if let word = inputs.compactMap(\.word).first { embedding = word.size }
  }
}
