import SeqConfig
import SeqCore
import Testing

private enum SequenceTask: String, CaseIterable { case classification, tagging }
private enum Cell: String, CaseIterable { case elman, lstm, gru }

/// Reads a small config of every kind of key, as the toolkit reads its own.
private func readSample(_ node: ConfigNode) throws(SeqError) -> ConfigNode {
  let config = ConfigReader(root: node)
  _ = config.requiredChoice("task", as: SequenceTask.self)
  let data = config.object("data")
  _ = data.requiredString("train")
  _ = data.optionalString("dev")
  let columns = data.object("columns")
  _ = columns.indexOrName("text", default: .index(0))
  _ = columns.optionalIndexOrName("label")
  let model = config.object("model")
  _ = model.choice("cell", default: Cell.lstm)
  _ = model.int("hidden", default: 128, in: 1...65_536)
  _ = model.double("dropout", default: 0.1, in: .from(0, below: 1))
  _ = model.bool("bidirectional", default: false)
  let training = config.object("training")
  let optimizer = training.object("optimizer")
  _ = optimizer.double("learningRate", default: 0.002, in: .above(0))
  _ = optimizer.doubles("betas", default: [0.9, 0.999])
  _ = training.optionalInt("patience", in: 0...1_000)
  _ = training.optionalDouble("clip", in: .above(0))
  _ = training.strings("metrics", default: ["accuracy"])
  _ = training.numbersByName("classWeights", in: .above(0))
  if let schedule = training.optionalObject("schedule") { _ = schedule.int("warmup", default: 0, in: 0...1_000) }
  _ = config.node("notes")
  _ = config.string("output", default: "models/x")
  config.finish()
  try config.throwIfProblems()
  return config.effective
}

@Suite("The effective config")
struct EffectiveConfigTests {
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
              "learningRate": 0.002,
              "betas": [0.9, 0.999]
            },
            "metrics": ["accuracy"],
            "classWeights": {}
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
    let optimizer: ConfigNode = .object(maybe("learningRate", .real(number)) + maybe("betas", [0.5, .real(number)]))
    let training: ConfigNode = .object(
      maybe("clip", 5) + maybe("optimizer", optimizer) + maybe("metrics", ["f1", "accuracy"]) + maybe("patience", 3.0)
        + maybe("classWeights", ["O": 0.5, ".": .real(number)]) + maybe("schedule", .object(maybe("warmup", 10))))
    let model: ConfigNode = .object(
      maybe("dropout", .real(number / 2)) + maybe("hidden", .real(64)) + maybe("bidirectional", true)
        + maybe("cell", "gru"))
    return .object(
      [("data", .object([("train", "t.csv")] + maybe("columns", columns)))] + maybe("model", model)
        + maybe("training", training) + [("task", "tagging")] + maybe("notes", randomNode(&generator)))
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
          "optimizer": {"learningRate": -1, "betas": [0.9, "x"]},
          "clip": "five"
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
        config.json:8:54: training.optimizer.betas[1]: expected a number, found "x"
        config.json:9:13: training.clip: expected a number above 0, found "five"
        config.json:11:11: task: expected one of classification, tagging; found "tag"
        config.json:12:3: layerz: unknown key (known here: task, data, model, training, notes, output)
        --set training.patience=-1: training.patience: expected an integer from 0 to 1000, found -1
        """)
  }

  @Test func errorIsOfKindData() {
    #expect { try readSample([:]) } throws: {
      ($0 as? SeqError)?.kind == .data && ($0 as? SeqError)?.diagnostics.count == 2
    }
  }
}
