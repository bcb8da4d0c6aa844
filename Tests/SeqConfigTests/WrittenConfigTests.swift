import SeqConfig
import SeqCore
import Testing

private enum SequenceTask: String, CaseIterable { case classification, tagging }
private enum Cell: String, CaseIterable { case elman, lstm, gru }

/// A small config of every kind of key, declared as the toolkit declares its own.
private struct Sample: ConfigSection {
  var task = SequenceTask.classification
  var data = Data()
  var model = Model()
  var training = Training()
  var output = "models/x"

  static let keys: [Key<Self>] = [
    .value("task", \.task, .choice, isRequired: true, "the task"),
    .section("data", \.data, "the data"), .section("model", \.model, "the network"),
    .section("training", \.training, "the training"), .ignored("notes", .text(), "notes"),
    .value("output", \.output, .text(), "the folder"),
  ]

  struct Data: ConfigSection {
    var train = ""
    var dev: String?
    var columns = Columns()

    static let keys: [Key<Self>] = [
      .value("train", \.train, .text(mayBeEmpty: false), isRequired: true, "the file"),
      .text("dev", optional: \.dev, "the other file"), .section("columns", \.columns, "the columns"),
    ]
  }

  struct Columns: ConfigSection {
    var text = ColumnReference.index(0)
    var label: ColumnReference?

    static let keys: [Key<Self>] = [
      .value("text", \.text, .column, "the text"), .value("label", optional: \.label, .column, "the label"),
    ]
  }

  struct Model: ConfigSection {
    var cell = Cell.lstm
    var hidden = 128
    var dropout = 0.1
    var isBidirectional = false

    static let keys: [Key<Self>] = [
      .choice("cell", \.cell, "the cell"), .int("hidden", \.hidden, in: 1...65_536, "the units"),
      .double("dropout", \.dropout, in: .from(0, below: 1), "the dropout"),
      .bool(
        "bidirectional", \.isBidirectional, when: [.fact("task", in: ["tagging"], "goes with tagging")], "both ways"),
    ]
  }

  struct Training: ConfigSection {
    var optimizer = Optimizer()
    var patience: Int?
    var clip: Double?
    var metrics = ["accuracy"]
    var schedule: Schedule?

    static let keys: [Key<Self>] = [
      .section("optimizer", \.optimizer, shorthand: "kind", "the rule"),
      .int("patience", optional: \.patience, in: 0...1_000, "the patience"),
      .value("clip", optional: \.clip, .number(.above(0)), "the norm"),
      .value("metrics", \.metrics, .texts, "the scores"),
      .section("schedule", optional: \.schedule, start: { Schedule() }, "the schedule"),
    ]
  }

  struct Optimizer: ConfigSection {
    var kind = Cell.gru
    var learningRate = 0.002

    init(_ kind: Cell = .gru) {
      self.kind = kind
      if kind == .elman { learningRate = 0.1 }
    }

    static let keys: [Key<Self>] = [
      .kind("kind", \.kind, start: { Optimizer($0) }, "the kind"),
      .double("learningRate", \.learningRate, in: .above(0), "the rate").alias("lr"),
    ]
  }

  struct Schedule: ConfigSection {
    var warmup = 0

    static let keys: [Key<Self>] = [.int("warmup", \.warmup, in: 0...1_000, "the epochs")]
  }
}

private func readSample(_ node: ConfigNode) throws(SeqError) -> ConfigNode {
  try Sample.reading(node, onto: Sample(), folder: "").node()
}

/// What a config comes to, written from the structs that it fills.
struct WrittenConfigTests {
  @Test func defaultsAreExplicitInReadingOrder() throws {
    let node = try ConfigNode(
      json: #"{"output": "o", "data": {"columns": {"label": "y"}, "train": "t.csv"}, "task": "tagging", "notes": null}"#
    )
    #expect(
      try readSample(node).json() == """
        {
          "task": "tagging",
          "data": {
            "train": "t.csv",
            "columns": {
              "text": 0,
              "label": "y"
            }
          },
          "model": {
            "cell": "lstm",
            "hidden": 128,
            "dropout": 0.1,
            "bidirectional": false
          },
          "training": {
            "optimizer": {
              "kind": "gru",
              "learningRate": 0.002
            },
            "metrics": ["accuracy"]
          },
          "output": "o"
        }
        """)
  }

  /// A config that `readSample` accepts, with every key there or not by the toss of a coin.
  private func randomConfig(_ generator: inout SplitMix64) -> ConfigNode {
    func maybe(_ key: String, _ node: ConfigNode) -> [(String, ConfigNode)] {
      switch generator.index(below: 5) {
      case 0: [(key, .null)]
      case 1, 2: []
      default: [(key, node)]
      }
    }
    let number = generator.uniform() + 0x1p-60
    let columns: ConfigNode = .object(maybe("label", "y") + maybe("text", .integer(generator.index(below: 3))))
    let optimizer: ConfigNode = .object(maybe("learningRate", .real(number)) + maybe("kind", "elman"))
    let training: ConfigNode = .object(
      maybe("clip", 5) + maybe("optimizer", optimizer) + maybe("metrics", ["f1", "accuracy"]) + maybe("patience", 3.0)
        + maybe("schedule", .object(maybe("warmup", 10))))
    let model: ConfigNode = .object(
      maybe("dropout", .real(number / 2)) + maybe("hidden", .real(64)) + maybe("bidirectional", true)
        + maybe("cell", "gru"))
    return .object(
      [("data", .object([("train", "t.csv")] + maybe("columns", columns)))] + maybe("model", model)
        + maybe("training", training) + [("task", "tagging")] + maybe("notes", "n"))
  }

  @Test func readingItAgainGivesTheSame() throws {
    var generator = Seed(6).generator
    for _ in 0..<500 {
      let effective = try readSample(randomConfig(&generator))
      let text = try effective.json()
      let again = try readSample(ConfigNode(json: text))
      #expect(again == effective)
      #expect(try again.json() == text)
    }
  }

  @Test func allMistakesComeAtOnceInTheOrderOfTheFile() throws {
    let text = """
      {
        "model": {
          "cell": "lstn",
          "hiden": 64,
          "dropout": 1
        },
        "training": {
          "optimizer": {"learningRate": -1, "kind": "x"},
          "clip": "five",
          "metrics": ["a", 1]
        },
        "task": "tag",
        "layerz": {}
      }
      """
    var node = try ConfigNode(json: text, file: "config.json")
    try node.apply(overrides: ["training.patience=-1"])
    #expect(
      message { _ = try readSample(node) } == """
        config.json:1:1: data.train: missing — expected a string
        config.json:3:13: model.cell: expected one of elman, lstm, gru; found "lstn" — did you mean "lstm"?
        config.json:4:5: model.hiden: unknown key — did you mean "hidden"?
        config.json:5:16: model.dropout: expected a number of at least 0 and below 1, found 1
        config.json:8:35: training.optimizer.learningRate: expected a number above 0, found -1
        config.json:8:47: training.optimizer.kind: expected one of elman, lstm, gru; found "x"
        config.json:9:13: training.clip: expected a number above 0, found "five"
        config.json:10:22: training.metrics[1]: expected a string, found 1
        config.json:12:11: task: expected one of classification, tagging; found "tag"
        config.json:13:3: layerz: unknown key (known here: task, data, model, training, notes, output)
        --set training.patience=-1: training.patience: expected an integer from 0 to 1000, found -1
        """)
  }

  @Test func errorIsOfKindData() {
    #expect { try readSample([:]) } throws: {
      ($0 as? SeqError)?.kind == .data && ($0 as? SeqError)?.diagnostics.count == 2
    }
  }

  /// A value that is set in code is what is written, and what reads back.
  @Test func whatIsSetInCodeIsWritten() throws {
    var sample = try Sample.reading(["task": "tagging", "data": ["train": "t.csv"]], onto: Sample(), folder: "")
    sample.model.hidden = 64
    #expect(sample.node()["model"]?["hidden"] == 64)
    #expect(try Sample.reading(sample.node(), onto: Sample(), folder: "").model.hidden == 64)
  }

  @Test func whatDoesNotApplyIsRefusedAndNotWritten() throws {
    let node: ConfigNode = ["task": "classification", "data": ["train": "t.csv"], "model": ["bidirectional": true]]
    #expect(message { _ = try readSample(node) } == "model.bidirectional: goes with tagging (leave it out)")
    #expect(try readSample(["task": "classification", "data": ["train": "t.csv"]])["model"]?["bidirectional"] == nil)
  }

  @Test func aKindGivesTheOthersTheirDefaults() throws {
    let node: ConfigNode = [
      "task": "tagging", "data": ["train": "t.csv"], "training": ["optimizer": ["kind": "elman"]],
    ]
    #expect(try readSample(node)["training"]?["optimizer"]?["learningRate"] == 0.1)
    let key = try #require(Sample.allKeys(of: Sample()).first { $0.path == "training.optimizer.learningRate" })
    #expect(key.defaultText == "`0.002`; `0.1` for `elman`" && key.rangeText == "above 0")
  }

  @Test func aTextInThePlaceOfAnObjectIsTheValueOfItsKind() {
    let node: ConfigNode = ["task": "tagging", "data": ["train": "t.csv"], "training": ["optimizer": "lstm"]]
    #expect(
      message { _ = try readSample(node) }
        == "training.optimizer: expected an object, found \"lstm\" (write \"optimizer\": { \"kind\": \"lstm\" })")
  }
}
