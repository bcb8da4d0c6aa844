import SeqTestSupport
import Testing

/// What `fit` says of a config that is wrong.
struct ConfigMistakeTests {
  private let cells =
    "elman, lstm, lstm-peephole, lstm-nig, lstm-nfg, lstm-nog, lstm-niaf, lstm-noaf, lstm-cifg, lstm-np, lstm-fgr, "
    + "lstm-layer-norm, gru, gru-reset-before, mgu, mut1, mut2, mut3, sru, jordan"

  private func fit(_ config: String, as name: String = "config.json", _ overrides: String...) throws -> CommandResult {
    let workspace = try Workspace.classification()
    try workspace.write(config, to: name)
    let result = try workspace.start(["fit", name] + overrides.flatMap { ["--set", $0] }).finish()
    #expect(!workspace.exists("model"))
    return result
  }

  private func overridden(_ overrides: String...) throws -> CommandResult {
    let workspace = try Workspace.classification()
    return try workspace.start(["fit", "config.json"] + overrides.flatMap { ["--set", $0] }).finish()
  }

  @Test func everyMistakeIsToldAtOnceWithItsPlace() throws {
    let config = """
      {
        "task": "classification",
        "data": { "train": "train.csv", "trane": 1 },
        "model": { "cell": "lstn", "hidden": "many", "layers": 0, "dropuot": 0.1 },
        "training": { "epochs": 2.5, "optimizer": { "kind": "adam", "learningRate": -1 } }
      }
      """
    expectErrors(
      try fit(config), 65,
      [
        "config.json:3:35: data.trane: unknown key — did you mean \"train\"?",
        "config.json:4:22: model.cell: expected one of \(cells); found \"lstn\" — did you mean \"lstm\"?",
        "config.json:4:40: model.hidden: expected an integer from 1 to 65536, found \"many\"",
        "config.json:4:58: model.layers: expected an integer from 1 to 64, found 0",
        "config.json:4:61: model.dropuot: unknown key — did you mean \"dropout\"?",
        "config.json:5:27: training.epochs: expected an integer from 1 to 1000000, found 2.5",
        "config.json:5:79: training.optimizer.learningRate: expected a number above 0, found -1",
      ])
  }

  @Test func whatHasNoEffectWithACellOrOneLayerIsRefused() throws {
    expectErrors(
      try overridden("model.cell=lstm-peephol", "model.connections=residuals"), 65,
      [
        "--set model.cell=lstm-peephol: model.cell: expected one of \(cells); found \"lstm-peephol\" — did you mean "
          + "\"lstm-peephole\"?",
        "--set model.connections=residuals: model.connections: expected one of none, residual, highway; found "
          + "\"residuals\" — did you mean \"residual\"?",
      ])
    expectErrors(
      try overridden("model.cell=lstm-nfg", "model.forgetBias=1", "model.connections=highway"), 65,
      [
        "--set model.forgetBias=1: model.forgetBias: only applies to cells that have a forget gate; lstm-nfg has none "
          + "with a bias (leave it out)",
        "--set model.connections=highway: model.connections: highway connections only apply from the second layer on, "
          + "and there is one layer (set model.layers to 2 or more, or leave it out)",
      ])
  }

  @Test func aConfigMustExist() throws {
    let workspace = try Workspace.classification()
    expectErrors(
      try workspace.seqtool("fit", "conf.json"), 66, ["conf.json: no such file — did you mean \"config.json\"?"])
    expectErrors(
      try workspace.seqtool("fit", "."), 66, [".: expected a config file, found a folder (give ./config.json)"])
  }

  @Test(arguments: [
    ("{ \"task\": \"classification\", }", ":1:27: expected another key after \",\", found \"}\" (remove the comma)"),
    ("{\n  \"task\": 1\n", ":3:1: expected \",\" or \"}\", found the end of the text (close the \"{\" of line 1)"),
    ("", ": expected a JSON value, found an empty text"), ("[]", ":1:1: "), ("{\"a\": 1, \"a\": 2}", ":1:10: "),
  ])
  func brokenJSONIsRefusedAtItsPlace(config: String, start: String) throws {
    let result = try fit(config)
    #expect(result.status == 65)
    #expect(result.complaints.count >= 1)
    #expect(result.complaints.first?.hasPrefix("error: config.json" + start) == true, "\(result.stderr)")
  }

  @Test func onlyJSONAndPropertyListsAreRead() throws {
    expectErrors(
      try fit("task: classification\n", as: "config.yaml"), 65,
      ["config.yaml: YAML is not read; write JSON or a property list"])
    #expect(try fit("<plist><dict></plist>", as: "config.plist").status == 65)
  }

  @Test func mistakesInOverridesNameThem() throws {
    expectErrors(
      try overridden("model.hiden=3"), 65, ["--set model.hiden=3: model.hiden: unknown key — did you mean \"hidden\"?"])
    expectErrors(
      try overridden("model.hidden=0"), 65,
      ["--set model.hidden=0: model.hidden: expected an integer from 1 to 65536, found 0"])
    expectErrors(
      try overridden("model.hidden"), 64,
      ["--set model.hidden: expected key=value, found no \"=\" (write --set model.hidden=VALUE)"])
    expectErrors(try overridden("output="), 65, ["--set output=: output: expected a folder's name, found \"\""])
  }

  @Test(arguments: [
    (
      "task=translator",
      "task: expected one of classification, tagging, generation, one-to-one, transduction; found \"translator\""
    ),
    (
      "task=translation",
      "task: there is no \"translation\" — it is \"transduction\" here (write --set task=transduction)"
    ),
    ("training.focus=2", "training.focus: is now called focalGamma (write --set training.focalGamma=2)"),
    (
      "model.inputs=[{\"kind\": \"word\"}]",
      "model.inputs: is now called features (write --set model.features=[{\"kind\":\"word\"}])"
    ),
    ("model.joint={}", "model.joint: is now called sentenceLabel (write --set model.sentenceLabel={})"),
    (
      "training.optimizer=adam",
      "training.optimizer: expected an object, found \"adam\" (write --set training.optimizer.kind=adam)"
    ),
    ("epochs=5", "epochs: unknown key here — it is training.epochs (write --set training.epochs=5)"),
    (
      "lr=0.01",
      "lr: unknown key — it is training.optimizer.learningRate here (write --set training.optimizer.learningRate=0.01)"
    ),
    ("training.learning_rate=1", "training.learning_rate: unknown key — it is training.optimizer.learningRate here"),
    ("training.batch_size=8", "training.batch_size: unknown key — it is training.batch.sequences here"),
    ("model.hidden_size=8", "model.hidden_size: unknown key — it is model.hidden here (write --set model.hidden=8)"),
    ("model.num_layers=2", "model.num_layers: unknown key — it is model.layers here (write --set model.layers=2)"),
    ("training.early_stopping=true", "it is training.patience here (write --set training.patience=5)"),
    ("weight_decay=0.1", "it is training.optimizer.weightDecay here (write --set training.optimizer.weightDecay=0.1)"),
    ("model.activation=relu", "model.activation: only applies to the elman cell; the lstm's is fixed (leave it out)"),
    (
      "training.optimizer.momentum=0.9",
      "training.optimizer.momentum: has no effect with adam; it only applies to sgd, rmsprop (leave it out)"
    ),
    (
      "training.optimizer={\"kind\": \"sgd\", \"lazy\": true}",
      "training.optimizer.lazy: has no effect: without momentum and weightDecay, sgd never changes tokens that do not "
        + "occur (leave it out)"
    ),
    (
      "training.optimizer={\"kind\": \"adagrad\", \"lazy\": true}",
      "training.optimizer.lazy: has no effect: without weightDecay, adagrad never changes tokens that do not occur "
        + "(leave it out)"
    ),
    (
      "training.batch={\"tokens\": 9, \"sequences\": 3}",
      "training.batch.sequences: a batch is limited by sequences or by tokens, not by both (leave it out)"
    ),
    (
      "data.split={}",
      "data.split: only applies if data.train is the only file (leave out data.dev and data.test, or data.split)"
    ),
    ("data.format=conllu", "data.format: conllu files hold no label"),
  ])
  func whatContradictsItselfIsRefused(override: String, message: String) throws {
    let result = try overridden(override)
    #expect(result.status == 65)
    #expect(result.complaints.contains { $0.contains(message) }, "\(result.stderr)")
  }

  @Test func inAFileAnotherToolsNamesAreAnsweredWithALineToWrite() throws {
    let config = """
      {
        "task": "ner",
        "data": { "train": "train.csv", "format": "inline" },
        "training": { "learning_rate": 0.01, "optimizer": "adam", "focus": 2 }
      }
      """
    expectErrors(
      try fit(config), 65,
      [
        "config.json:2:11: task: there is no \"ner\" — it is \"tagging\" here (write \"task\": \"tagging\")",
        "config.json:4:17: training.learning_rate: unknown key — it is training.optimizer.learningRate here (write "
          + "\"training\": { \"optimizer\": { \"learningRate\": 0.01 } })",
        "config.json:4:53: training.optimizer: expected an object, found \"adam\" (write \"optimizer\": { \"kind\": "
          + "\"adam\" })",
        "config.json:4:61: training.focus: is now called focalGamma (write \"training\": { \"focalGamma\": 2 })",
      ])
  }

  /// What is meant by another tool's name is known, so that the rest is checked as it will be.
  @Test func behindAnotherToolsTaskTheRestIsCheckedForTheTaskThatIsMeant() throws {
    let complaints = try fit(#"{ "task": "ner", "data": { "train": "train.csv" } }"#).complaints
    #expect(complaints.count == 2 && complaints[1].contains("csv files hold no tags"), "\(complaints)")
  }

  @Test func theMetricMustBeOneOfTheTask() throws {
    let unknown = try overridden("training.metric=acuracy")
    #expect(unknown.status == 65)
    #expect(
      unknown.stderr.contains(
        "training.metric: expected the name of a score, found \"acuracy\" — did you mean \"accuracy\"? (one of accuracy, "
      )
    )
    let other = try overridden("training.metric=strictF1")
    #expect(other.status == 65)
    #expect(other.stderr.contains("training.metric: this task and data give no score \"strictF1\""))
  }

  @Test func aWeightForALabelThatIsNotThereIsRefused() throws {
    expectErrors(
      try overridden("training.classWeights.positiv=2"), 65,
      [
        "--set training.classWeights.positiv=2: training.classWeights.positiv: no training example has the label "
          + "\"positiv\" — did you mean \"positive\"?"
      ])
  }

  @Test func aFitThatDivergesSaysSoAndWhatToDo() throws {
    let result = try overridden(
      "training.optimizer={\"kind\": \"sgd\", \"learningRate\": 1e30}", "training.clip=0", "training.epochs=20",
      "training.patience=0")
    #expect(result.status == 65)
    let message = try #require(result.complaints.last)
    #expect(message.hasPrefix("error: --set training.optimizer={"))
    #expect(message.contains(": training.optimizer.learningRate: the fit diverged in epoch "))
    #expect(message.contains("(lower it (now 1e+30; try 0.1)"))
  }
}
