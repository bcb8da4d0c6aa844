import SeqTestSupport
import Testing

/// `config`: keys explained, configs compared, and a schema for editors.
struct ConfigCommandTests {
  @Test func aKeyIsExplained() throws {
    let result = try Workspace().seqtool("config", "explain", "training.optimizer.learningRate")
    #expect(result.status == 0 && result.stderr == "")
    #expect(
      result.stdout == """
        training.optimizer.learningRate
          The learning rate, before the schedule.

          type      number
          range     above 0
          default   0.001; 0.1 for sgd; 0.01 for adagrad; 1 for adadelta; 0.0001 for lion
          example   "training": { "optimizer": { "learningRate": 0.001 } }
                    --set training.optimizer.learningRate=0.001
          elsewhere lr, learning_rate, eta, initial_lr, base_lr, max_lr

        """)
  }

  @Test func withAConfigItsValueAndWhereItIsFromAreTold() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      {
        "task": "tagging",
        "data": { "train": "t.conll" },
        "model": { "hidden": 64, "features": [{ "kind": "word", "size": 50 }] }
      }
      """, to: "config.json")
    func here(_ key: String, _ options: String...) throws -> String {
      let result = try workspace.start(["config", "explain", key, "--in", "config.json"] + options).finish()
      #expect(result.status == 0, "\(result.stderr)")
      return String(result.stdout.split(separator: "\n").first { $0.hasPrefix("  here") } ?? "")
    }
    #expect(try here("model.hidden") == "  here      64, from config.json:4:24")
    #expect(try here("model.layers") == "  here      1, the default")
    #expect(try here("model.layers", "--set", "model.layers=2") == "  here      2, from --set model.layers=2")
    #expect(try here("model.features[0].size") == "  here      50, from config.json:4:67")
    #expect(try here("tokenizer.kind") == "  here      \"whitespace\", the default")
    #expect(try here("model.dropout.input") == "  here      0.3, the default")
  }

  @Test func allKeysAndThoseOfASectionAreListed() throws {
    let all = try Workspace().seqtool("config", "explain").stdout.split(separator: "\n")
    #expect(all.count > 120 && all.contains { $0.hasPrefix("model.features[].minimumCount ") })
    #expect(all.contains { $0.hasPrefix("training.epochs                     20  ") })
    let section = try Workspace().seqtool("config", "explain", "training.schedule").stdout
    #expect(section.contains("\n  training.schedule.minimumRate ") && !section.contains("training.epochs"))
  }

  @Test(arguments: [
    ("model.hiden", "model.hidden"), ("lr", "training.optimizer.learningRate"), ("hidden", "model.hidden"),
    ("training.focus", "training.focalGamma"), ("model.inputs", "model.features"),
    ("model.joint", "model.sentenceLabel"), ("batch_size", "training.batch.sequences"),
  ])
  func aKeyThatIsNotThereIsRefusedWithTheOneMeant(key: String, meant: String) throws {
    let result = try Workspace().seqtool("config", "explain", key)
    expectErrors(
      result, 64, ["there is no key \"\(key)\" — did you mean \"\(meant)\"? (seqtool config explain lists all keys)"])
  }

  @Test func configsAndModelsAreCompared() throws {
    let workspace = try Workspace.classification(texts: 40)
    let config = try workspace.text("config.json")
    try workspace.write(config.replacing("\"hidden\": 8", with: "\"hidden\": 9"), to: "other.json")
    let same = try workspace.seqtool("config", "diff", "config.json", "config.json")
    #expect(same.status == 0 && same.stdout == "" && same.stderr == "")
    let other = try workspace.seqtool("config", "diff", "config.json", "other.json")
    #expect(other.status == 1 && other.stdout.contains(/model\.hidden +8 +9/), "\(other.stdout)\(other.stderr)")
    #expect(other.stdout.split(separator: "\n").count { $0.contains(".") && !$0.contains(".json") } == 1)
    for (name, cell) in [("a", "gru"), ("b", "lstm")] {
      let fit = try workspace.seqtool(
        "fit", "-q", "config.json", "--set", "training.epochs=1", "--set", "model.cell=\(cell)", "--set",
        "output=\(name)")
      #expect(fit.status == 0, "\(fit.stderr)")
    }
    let models = try workspace.seqtool("config", "diff", "a", "b")
    #expect(models.status == 1 && models.stdout.contains(/model\.cell +gru +lstm/), "\(models.stdout)")
    #expect(models.stdout.contains(/model\.forgetBias +– +1/) && !models.stdout.contains("output"))
    let missing = try workspace.seqtool("config", "diff", "a", "nothing.json")
    #expect(missing.status == 66)
  }

  @Test func aNewProjectHasASchemaForEditors() throws {
    let workspace = try Workspace()
    try workspace.seqtool("init", "mine")
    let schema = try workspace.seqtool("config", "schema")
    #expect(schema.status == 0)
    #expect(try workspace.text("mine/config.schema.json") == schema.stdout)
    #expect(try object(workspace.text("mine/config.json"))["$schema"] as? String == "./config.schema.json")
  }
}
