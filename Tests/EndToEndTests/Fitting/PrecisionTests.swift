import Foundation
import SeqTestSupport
import Testing

/// Fits and models whose products are computed from bf16, which is emulated here.
struct PrecisionTests {
  private static let emulated = ["SEQTOOL_CPU": "amx-emulated"]
  private static let without = ["SEQTOOL_CPU": "generic"]

  private func fit(
    _ workspace: Workspace, _ overrides: String..., environment: [String: String]
  ) throws -> CommandResult {
    let arguments = ["fit", "config.json", "--overwrite"] + overrides.flatMap { ["--set", $0] }
    return try workspace.start(arguments, environment: environment).finish()
  }

  @Test(arguments: [false, true]) func theNumberOfThreadsChangesNothing(isTagging: Bool) throws {
    let workspace = try isTagging ? Workspace.tagging() : Workspace.classification()
    var models: Set<[UInt8]> = []
    for threads in 1...3 {
      let result = try fit(
        workspace, "training.precision=bfloat16x3", "training.threads=\(threads)", "training.batch={\"sequences\": 48}",
        "model.layers=2", environment: Self.emulated)
      #expect(result.status == 0, "\(result.stderr)")
      models.insert(try workspace.bytes("model/model.safetensors"))
    }
    #expect(models.count == 1)
  }

  @Test func thePrecisionIsToldAndKept() throws {
    let workspace = try Workspace.classification()
    var models: Set<[UInt8]> = []
    for (choice, precision) in [("float32", "float32"), ("bfloat16", "bfloat16"), ("auto", "bfloat16x3")] {
      let result = try fit(workspace, "training.precision=\(choice)", environment: Self.emulated)
      #expect(result.complaints.first?.hasSuffix(", \(precision)") == true)
      #expect(result.complaints.first?.contains("amx-emulated") == (precision != "float32"))
      let model = try workspace.bytes("model/model.safetensors")
      models.insert(model)
      #expect(String(decoding: model.prefix(300), as: UTF8.self).contains("\"precision\":\"\(precision)\""))
      #expect(try workspace.text("model/README.md").contains("| precision | \(precision) |"))
      #expect(try workspace.text("model/config.json").contains("\"precision\": \"\(choice)\""))
    }
    #expect(models.count == 3)
  }

  @Test func autoIsSinglePrecisionWhereTheCPUHasNoOther() throws {
    let workspace = try Workspace.classification()
    _ = try fit(workspace, environment: Self.without)
    let model = try workspace.bytes("model/model.safetensors")
    let result = try fit(workspace, "training.precision=auto", "inference.precision=auto", environment: Self.without)
    #expect(result.complaints.first?.hasSuffix(", generic, float32") == true)
    #expect(try workspace.bytes("model/model.safetensors") == model)
  }

  @Test func aPrecisionTheCPULacksIsRefusedBeforeAnythingIsRead() throws {
    let workspace = try Workspace.classification()
    try workspace.remove("train.csv")
    let result = try fit(
      workspace, "training.precision=bfloat16x3", "inference.precision=bfloat16", environment: Self.without)
    expectErrors(
      result, 65,
      [
        "--set training.precision=bfloat16x3: training.precision: bfloat16x3 needs a CPU of level amx, this one is generic "
          + "(use float32 or auto)",
        "--set inference.precision=bfloat16: inference.precision: bfloat16 needs a CPU of level amx, this one is generic "
          + "(use float32 or auto)",
      ])
  }

  @Test func aModelTrainedInBFloat16IsOfUseEverywhere() throws {
    let workspace = try Workspace.classification()
    _ = try fit(workspace, "training.precision=bfloat16", environment: Self.emulated)
    let scores = try workspace.text("model/metrics.json")
    let evaluation = try object(workspace.seqtool("eval", "--json", environment: Self.without).stdout)
    let test = try #require(try object(scores)["test"] as? [String: Any])
    #expect(abs((evaluation["loss"] as? Double ?? 0) - (test["loss"] as? Double ?? 1)) < 1e-5)
    #expect(try workspace.seqtool("tag", stdin: "my bag\n", environment: Self.without).status == 0)
  }

  @Test func aModelThatAsksForBFloat16IsRefusedWhereThereIsNone() throws {
    let workspace = try Workspace.classification()
    _ = try fit(workspace, "inference.precision=bfloat16", environment: Self.emulated)
    #expect(try workspace.seqtool("tag", stdin: "my bag\n", environment: Self.emulated).status == 0)
    let logits = try workspace.seqtool("tag", "--logits", stdin: "my bag\n", environment: Self.emulated).stdout
    for command in ["tag", "eval"] {
      let refused = try workspace.seqtool(command, "--model", "model", environment: Self.without)
      expectErrors(
        refused, 65,
        [
          "model/config.json: inference.precision: bfloat16 needs a CPU of level amx, this one is generic "
            + "(use float32 or auto)"
        ])
    }
    let config = try workspace.text("model/config.json").replacing("\"bfloat16\"", with: "\"auto\"")
    try workspace.write(config, to: "model/config.json")
    let single = try workspace.seqtool("tag", "--logits", stdin: "my bag\n", environment: Self.without)
    #expect(single.status == 0 && single.stdout != logits)
  }

  @Test func anotherPrecisionIsToldWhenAFitIsResumed() throws {
    let workspace = try Workspace.classification(texts: 200)
    let list = ["training.precision=auto", "training.epochs=40", "training.patience=0"].flatMap { ["--set", $0] }
    let command = try workspace.start(["fit", "config.json"] + list, environment: Self.emulated)
    try command.wait("epoch 2") { $0.errorsSoFar.contains("epoch  1/40") }
    command.signal(SIGINT)
    #expect(try command.finish().status == 130)
    let resumed = try workspace.start(["fit", "config.json", "--resume"] + list, environment: Self.without).finish()
    #expect(resumed.status == 0)
    #expect(
      resumed.complaints.first
        == "warning: the fit was interrupted with precision bfloat16x3, here it is float32: the model will differ")
  }
}
