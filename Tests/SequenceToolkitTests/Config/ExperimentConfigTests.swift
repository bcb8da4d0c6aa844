import SeqConfig
import SeqTestSupport
import SequenceToolkit
import Testing

/// Reading a config.
struct ExperimentConfigTests {
  private func read(_ json: String, _ overrides: String...) throws -> ExperimentConfig {
    let workspace = try Workspace()
    try workspace.write(json, to: "c.json")
    return try ExperimentConfig(contentsOf: workspace.path + "/c.json", overrides: overrides)
  }

  @Test func whatIsLeftOutHasADefault() throws {
    let config = try read(#"{"task": "classification", "data": {"train": "t.csv"}}"#)
    #expect(config.model == ModelSettings())
    #expect(config.training == TrainingSettings())
    #expect(config.vocabulary == VocabularySettings())
    #expect(config.inference == InferenceSettings() && config.inference.precision == .float32)
    #expect(config.tokenizer.kind == .word)
    #expect(config.data.reading.format == .csv)
    #expect(config.data.split == SplitSettings())
    #expect(config.data.train.hasSuffix("/t.csv") && config.data.train.hasPrefix("/"))
    #expect(config.output.hasSuffix("/model"))
    #expect(config.metric == nil)
  }

  @Test func aTaggersDefaultsAreItsOwn() throws {
    let config = try read(#"{"task": "tagging", "data": {"train": "t.conll", "dev": "/d.conll"}}"#)
    #expect(config.tokenizer.kind == .whitespace)
    #expect(config.data.reading.format == .columns)
    #expect(config.data.split == nil && config.data.dev == "/d.conll" && config.data.test == nil)
  }

  /// Texts are made up from labels where the format has any, whether it is named or told by the file's name.
  @Test(arguments: [("t.csv", true), ("t.txt", false), (#"t.txt", "format": "jsonl"#, true)])
  func aGeneratorHasTheLabelsOfItsFormat(train: String, hasLabels: Bool) throws {
    let config = try read(#"{"task": "generation", "data": {"train": "\#(train)"}}"#)
    #expect(config.data.wanted == (hasLabels ? .label : .text))
    #expect(config.value(at: "data.labels").node == .bool(hasLabels))
  }

  @Test func everyKeyIsRead() throws {
    let config = try read(
      """
      {
        "task": "classification",
        "data": {
          "train": "t.tsv", "split": { "dev": 0.2, "test": 0.3, "seed": 5 }, "format": "csv", "encoding": "latin-1",
          "header": false, "quoting": false, "columns": { "text": -1, "label": "l" }
        },
        "tokenizer": { "kind": "character", "normalization": "none", "lowercase": true, "foldDigits": true },
        "vocabulary": { "minimumCount": 2, "maximumSize": 30 },
        "model": {
          "embedding": 3, "cell": "elman", "activation": "relu", "hidden": 4, "layers": 2, "bidirectional": false,
          "dropout": { "input": 0.1, "between": 0.2, "output": 0 }, "pooling": "attention", "head": "softmax"
        },
        "training": {
          "epochs": 7, "batch": { "tokens": 99 }, "clip": 0, "patience": 0, "labelSmoothing": 0.1,
          "optimizer": {
            "kind": "sgd", "learningRate": 0.5, "momentum": 0.9, "nesterov": true, "weightDecay": 0.01, "lazy": true
          },
          "schedule": { "kind": "step", "every": 3, "factor": 0.3, "warmup": 0.5, "minimumRate": 1e-4 },
          "classWeights": { "b": 2, "a": 0.5 }, "seed": 12, "threads": 3, "metric": "macroF1",
          "precision": "bfloat16x3"
        },
        "inference": { "precision": "auto" },
        "output": "out"
      }
      """)
    #expect(config.data.split?.dev == 0.2 && config.data.split?.test == 0.3 && config.data.split?.seed == 5)
    #expect(config.data.reading.encoding == .latin1 && !config.data.reading.header && !config.data.reading.quoting)
    #expect(config.data.reading.columns.text == .index(-1) && config.data.reading.columns.label == .name("l"))
    #expect(config.tokenizer.lowercase && config.tokenizer.foldDigits && config.tokenizer.kind == .character)
    #expect(config.model.cell == .elman && config.model.activation == .relu && config.model.pooling == .attention)
    #expect(config.model.dropout == DropoutSettings(input: 0.1, between: 0.2, output: 0))
    #expect(!config.model.isBidirectional && config.model.layers == 2)
    #expect(config.training.batch == .tokens(99) && config.training.optimizer.isNesterov)
    #expect(config.training.optimizer.isLazy)
    #expect(config.training.schedule.kind == .step && config.training.schedule.every == 3)
    #expect(config.training.classWeights == ["a": 0.5, "b": 2])
    #expect(config.training.precision == .bfloat16x3 && config.inference.precision == .auto)
    #expect(config.training.seed == 12 && config.training.threads == 3 && config.metric == "macroF1")
  }

  @Test(arguments: [
    "model.embedding=0", "model.hidden=65537", "model.layers=-1", "model.dropout=1", "model.dropout.input=-0.1",
    "model.bidirectional=1", "model.pooling=sum", "model.head=crf", "model.forgetBias=inf",
    "model.embeddingDeviation=-1", "model.connections=skip",
    "training.epochs=0", "training.batch.sequences=0",
    "training.batch.tokens=0", "training.clip=-1", "training.patience=-1", "training.labelSmoothing=1",
    "training.seed=-1", "training.threads=0", "training.precision=float64", "inference.precision=int8",
    "training.optimizer.kind=adm",
    "training.optimizer.learningRate=0", "training.optimizer.beta1=1", "training.optimizer.epsilon=0",
    "training.schedule.kind=cosin", "training.schedule.warmup=-1", "training.classWeights.a=-1",
    "vocabulary.minimumCount=0", "vocabulary.maximumSize=0", "tokenizer.kind=words", "tokenizer.normalization=nfq",
    "data.encoding=utf-32", "data.format=xlsx", "data.split.dev=1", "data.split.test=-0.1", "data.columns.text=1.5",
  ])
  func aValueThatCannotBeIsRefusedWithItsPath(override: String) throws {
    let path = String(override.prefix { $0 != "=" })
    let error = #expect(throws: SeqError.self) {
      try read(#"{"task": "classification", "data": {"train": "t.csv"}}"#, override)
    }
    #expect(error?.kind == .data)
    #expect(error?.diagnostics.contains { $0.place?.path == path } == true, "\(String(describing: error))")
  }

  @Test func whatIsNeededIsMissed() throws {
    let error = #expect(throws: SeqError.self) { try read("{}") }
    #expect(error?.diagnostics.compactMap(\.place?.path).contains("task") == true)
    #expect(error?.description.contains("train") == true)
  }

  static let variants: [[String]] = [
    [],
    ["model.cell=elman", "model.activation=sigmoid", "model.pooling=attention"],
    ["model.cell=gru", "model.dropout={\"input\": 0.1, \"output\": 0.2}", "training.batch={\"tokens\": 64}"],
    ["model.cell=lstm-fgr", "model.forgetBias=-0.5", "model.layers=3", "model.connections=highway"],
    ["model.cell=mut1", "model.embeddingDeviation=0.5", "model.layers=2", "model.connections=residual"],
    ["training.optimizer={\"kind\": \"sgd\", \"momentum\": 0.9}", "training.schedule={\"kind\": \"plateau\"}"],
    ["training.optimizer={\"kind\": \"nadam\"}", "training.schedule={\"kind\": \"exponential\", \"warmup\": 0.5}"],
    ["training.optimizer={\"kind\": \"rmsprop\"}", "training.schedule={\"kind\": \"step\", \"every\": 1}"],
    ["training.optimizer={\"kind\": \"adadelta\"}", "training.classWeights={\"positive\": 2}"],
    ["training.optimizer={\"kind\": \"adagrad\"}"],
    ["training.optimizer={\"kind\": \"adagrad\", \"weightDecay\": 0.01, \"lazy\": true}"],
    ["training.optimizer={\"lazy\": true}"],
    ["tokenizer={\"kind\": \"byte\"}", "vocabulary.maximumSize=9", "training.metric=loss", "training.clip=0"],
  ]

  /// The config that a model keeps has every default in it, and reading it changes nothing.
  @Test(arguments: variants) func theEffectiveConfigReadsBackToItself(overrides: [String]) throws {
    let workspace = try Workspace.classification(texts: 40)
    let short = ["training.epochs=1", "output=" + workspace.path + "/model"]
    try Fixture.fit(workspace, "config.json", overrides + short)
    let saved = try workspace.text("model/config.json")
    let original = try ExperimentConfig(contentsOf: workspace.path + "/config.json", overrides: overrides + short)
    let back = try ExperimentConfig(contentsOf: workspace.path + "/model/config.json")
    #expect(back.model == original.model && back.tokenizer == original.tokenizer)
    #expect(back.data.reading == original.data.reading && back.data.split == original.data.split)
    var training = original.training
    training.metric = back.training.metric
    #expect(back.training == training)
    let weights = try workspace.bytes("model/model.safetensors")
    try Fixture.fit(workspace, "model/config.json")
    #expect(try workspace.text("model/config.json") == saved)
    #expect(try workspace.bytes("model/model.safetensors") == weights)
  }
}
