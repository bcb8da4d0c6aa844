import Foundation
import SeqTestSupport
import Testing

/// A fit that is stopped and taken up again gives the bytes of one that was not.
@Suite(.timeLimit(.minutes(30)))
struct InterruptionTests {
  private static let parts = ["model.safetensors", "metrics.json", "history.csv", "README.md", "config.json"]

  /// Arguments of a fit long enough to be interrupted, with everything that has a state: dropout, moments, a schedule
  /// and batches in random order.
  private static let fit =
    [
      "fit", "config.json", "--set", "training.epochs=40", "--set", "training.patience=0", "--set",
      "model.dropout=0.4", "--set", "training.batch={\"sequences\": 4}",
    ]
    + ["--set", "training.schedule={\"kind\": \"cosine\", \"warmup\": 1.5}"]

  private func files(_ workspace: Workspace) throws -> [[UInt8]] {
    try Self.parts.map { try workspace.bytes("model/" + $0) }
  }

  /// Lets a fit come into an epoch and then sends it a signal.
  private func interrupt(
    _ workspace: Workspace, _ extra: [String] = [], inEpoch epoch: Int, with number: Int32, after delay: UInt32 = 0
  ) throws -> CommandResult {
    let command = try workspace.start(Self.fit + extra)
    try command.wait("epoch \(epoch)") { command in
      command.errorsSoFar.split(separator: "\n").contains { line in
        line.hasPrefix("epoch ") && (Int(line.dropFirst(6).prefix { $0 != "/" }.filter(\.isNumber)) ?? 0) >= epoch - 1
      }
    }
    usleep(delay)
    command.signal(number)
    return try command.finish()
  }

  private func finishedFit() throws -> (workspace: Workspace, files: [[UInt8]]) {
    let workspace = try Workspace.classification(texts: 200)
    let result = try workspace.start(Self.fit).finish()
    #expect(result.status == 0, "\(result.stderr)")
    return (workspace, try files(workspace))
  }

  @Test func interruptedTwiceItEndsTheSame() throws {
    let (reference, expected) = try finishedFit()
    let workspace = try Workspace.classification(texts: 200)
    let first = try interrupt(workspace, inEpoch: 2, with: SIGINT, after: 1_500)
    #expect(first.status == 130)
    let overrides = Self.fit.dropFirst(2).filter { $0 != "--set" }.map { override in
      override.contains("\"") ? " --set '\(override)'" : " --set \(override)"
    }.joined()
    let advice = "stopped; a checkpoint is in model. Continue with: seqtool fit config.json\(overrides) --resume"
    #expect(first.complaints.last == advice)
    #expect(first.stdout == "")
    #expect(workspace.exists("model/checkpoint/tensors.safetensors"))
    let half = try workspace.seqtool("tag", "--model", "model")
    #expect(
      half.status == 66
        && half.stderr.contains(
          "its fit has not finished (continue it with seqtool fit --resume)")
    )

    let second = try interrupt(workspace, ["--resume"], inEpoch: 12, with: SIGTERM, after: 700)
    #expect(second.status == 143)
    #expect(second.stderr.contains("; continuing after epoch "))

    let end = try workspace.start(Self.fit + ["--resume", "--set", "training.threads=1"]).finish()
    #expect(end.status == 0, "\(end.stderr)")
    let threads = try workspace.text("model/config.json").replacing("\"threads\": 1", with: "\"threads\": 2")
    #expect(try threads == reference.text("model/config.json"))
    #expect(try files(workspace).dropLast() == expected.dropLast())
    #expect(!workspace.exists("model/checkpoint"))
    #expect(workspace.files("model") == reference.files("model"))
  }

  @Test func killedItGoesOnFromTheLastEpoch() throws {
    let (_, expected) = try finishedFit()
    let workspace = try Workspace.classification(texts: 200)
    let killed = try interrupt(workspace, inEpoch: 3, with: SIGKILL)
    #expect(killed.status == 137)
    #expect(workspace.exists("model/checkpoint") || workspace.exists("model/checkpoint.old"))
    let end = try workspace.start(Self.fit + ["--resume", "-q"]).finish()
    #expect(end.status == 0, "\(end.stderr)")
    #expect(try files(workspace) == expected)
  }

  @Test func theModelThatWasThereStaysUntilTheNewOneIsDone() throws {
    let workspace = try Workspace.classification(texts: 200)
    try workspace.seqtool("fit", "-q", "config.json")
    let old = try workspace.bytes("model/model.safetensors")
    #expect(try interrupt(workspace, ["--overwrite"], inEpoch: 2, with: SIGINT).status == 130)
    #expect(try workspace.bytes("model/model.safetensors") == old)
    #expect(try workspace.seqtool("tag", stdin: "my bag\n").status == 0)
    let anew = try workspace.seqtool("fit", "-q", "config.json")
    #expect(
      anew.complaints == ["warning: an interrupted fit in model is discarded; --resume would have continued it"])
    #expect(!workspace.exists("model/checkpoint"))
  }

  @Test func thereMustBeSomethingToResume() throws {
    let workspace = try Workspace.classification()
    let never = try workspace.seqtool("fit", "config.json", "--resume")
    #expect(never.status == 66)
    #expect(never.complaints == ["error: model: there is no interrupted fit to resume (start it without --resume)"])
    #expect(!workspace.exists("model"))
    try workspace.seqtool("fit", "-q", "config.json")
    func resumed(_ set: String...) throws -> [String] {
      let result = try workspace.seqtool(["fit", "config.json", "--resume"] + set.flatMap { ["--set", $0] })
      #expect(result.status == 66)
      return result.complaints
    }
    #expect(
      try resumed("training.threads=1") == [
        "error: model: the fit is finished, so there is nothing to resume (score the model with seqtool eval --model model)"
      ])
    #expect(
      try resumed("training.epochs=9") == [
        "error: model: the fit is finished, and its checkpoint, which more epochs would need, was removed "
          + "(fit anew with training.epochs=9 and --overwrite, without --resume)"
      ])
    #expect(
      try resumed("model.hidden=9") == [
        "error: model: there is no interrupted fit to resume, but a finished model of another config "
          + "(fit this config without --resume and with --overwrite, or name another folder as output)"
      ])
  }

  /// A plain schedule: more epochs than were asked for at first.
  @Test(arguments: ["{\"kind\": \"constant\"}", "{\"kind\": \"step\", \"every\": 3}"])
  func moreEpochsMayBeAskedFor(schedule: String) throws {
    let more = ["--set", "training.schedule=\(schedule)", "--set", "training.epochs=45"]
    let reference = try Workspace.classification(texts: 200)
    #expect(try reference.start(Self.fit + more).finish().status == 0)
    let workspace = try Workspace.classification(texts: 200)
    #expect(
      try interrupt(workspace, ["--set", "training.schedule=\(schedule)"], inEpoch: 5, with: SIGINT).status == 130)
    let end = try workspace.start(Self.fit + more + ["--resume"]).finish()
    #expect(end.status == 0, "\(end.stderr)")
    #expect(try files(workspace) == files(reference))
  }

  @Test func aScheduleThatDependsOnTheEpochsIsNotGivenOthers() throws {
    let workspace = try Workspace.classification(texts: 200)
    #expect(try interrupt(workspace, inEpoch: 3, with: SIGINT).status == 130)
    let more = try workspace.start(Self.fit + ["--resume", "--set", "training.epochs=45"]).finish()
    #expect(more.status == 65)
    #expect(
      more.complaints == [
        "error: --set training.epochs=45: training.epochs: the fit was begun with 40, and the learning rates of the "
          + "schedule cosine depend on that (give 40 as before, or start anew without --resume)"
      ])
  }

  @Test func fewerEpochsThanAreDoneAreRefused() throws {
    let workspace = try Workspace.classification(texts: 200)
    let constant = ["--set", "training.schedule={\"kind\": \"constant\"}"]
    #expect(try interrupt(workspace, constant, inEpoch: 4, with: SIGINT).status == 130)
    let fewer = try workspace.start(Self.fit + constant + ["--resume", "--set", "training.epochs=2"]).finish()
    #expect(fewer.status == 65)
    let message = "error: --set training.epochs=2: training.epochs: the interrupted fit is already past epoch 2: "
    #expect(fewer.stderr.hasPrefix(message))
  }

  @Test func aChangedConfigOrChangedDataIsNotResumed() throws {
    let workspace = try Workspace.classification(texts: 200)
    #expect(try interrupt(workspace, inEpoch: 2, with: SIGINT).status == 130)
    let changed = try workspace.start(Self.fit + ["--resume", "--set", "model.hidden=9"]).finish()
    #expect(changed.status == 65)
    #expect(
      changed.complaints == [
        "error: --set model.hidden=9: model.hidden: differs from the interrupted fit's config (give the same value, or start anew without --resume)"
      ])
    try workspace.write(workspace.text("train.csv") + "one more,positive\n", to: "train.csv")
    let data = try workspace.start(Self.fit + ["--resume"]).finish()
    #expect(data.status == 65)
    #expect(data.complaints.last?.contains("the data has changed since the fit was interrupted") == true)
  }

  @Test func impossibleNumbersOfACheckpointAreNamed() throws {
    let workspace = try Workspace.classification(texts: 200)
    #expect(try interrupt(workspace, inEpoch: 2, with: SIGINT).status == 130)
    let file = "model/checkpoint/state.json"
    let state = try workspace.text(file)
    for (key, number) in [
      ("epoch", "-9223372036854775808"), ("epoch", "7"), ("batch", "100000"), ("batch", "-1"), ("steps", "-1"),
      ("steps", "9223372036854775807"), ("lossSum", "\"NaN\""), ("plateaus", "-3"), ("bestEpoch", "99"),
      ("history", "[]"), ("normSum", "null"),
    ] {
      let pattern = try Regex("\"\(key)\": (\\[[^\\]]*\\]|[-0-9.e+]+)")
      let changed = state.replacing(pattern, with: "\"\(key)\": \(number)", maxReplacements: 1)
      #expect(changed != state)
      try workspace.write(changed, to: file)
      let result = try workspace.start(Self.fit + ["--resume"]).finish()
      #expect(result.status == 65, "\(key) \(number): \(result.stderr)")
      let named = key == "epoch" && number == "7" ? "history" : key
      #expect(result.stderr.hasPrefix("error: \(file):") && result.stderr.contains(": \(named): "), "\(result.stderr)")
      let advice = "error: model/checkpoint: the checkpoint is damaged (start the fit anew without --resume)"
      #expect(result.complaints.last == advice)
    }
    // A number that could be, and is not what was written.
    try workspace.write(state.replacing(try Regex("\"steps\": [0-9]+"), with: "\"steps\": 3"), to: file)
    let quiet = try workspace.start(Self.fit + ["--resume"]).finish()
    #expect(quiet.status == 65 && quiet.stderr.contains("\(file): "))
    try workspace.write(state, to: file)
    #expect(try workspace.start(Self.fit + ["--resume"]).finish().status == 0)
  }

  @Test func aFlippedBitOfACheckpointIsFound() throws {
    let workspace = try Workspace.classification(texts: 200)
    #expect(try interrupt(workspace, inEpoch: 2, with: SIGINT).status == 130)
    for name in ["tensors.safetensors", "config.json", "checksums.txt"] {
      let file = "model/checkpoint/" + name
      let bytes = try workspace.bytes(file)
      try workspace.write(bytes.enumerated().map { $0 == bytes.count - 3 ? $1 ^ 1 : $1 }, to: file)
      let result = try workspace.start(Self.fit + ["--resume"]).finish()
      #expect(result.status == 65 && result.stderr.contains("the checkpoint is damaged"), "\(result.stderr)")
      try workspace.write(bytes, to: file)
    }
  }

  @Test func aDamagedCheckpointIsNotResumed() throws {
    let workspace = try Workspace.classification(texts: 200)
    #expect(try interrupt(workspace, inEpoch: 2, with: SIGINT).status == 130)
    let tensors = try workspace.bytes("model/checkpoint/tensors.safetensors")
    try workspace.write(tensors.dropLast(100), to: "model/checkpoint/tensors.safetensors")
    let cut = try workspace.start(Self.fit + ["--resume"]).finish()
    #expect(cut.status == 65 && cut.stderr.contains("tensors.safetensors"))
    try workspace.write("{}", to: "model/checkpoint/state.json")
    #expect(try workspace.start(Self.fit + ["--resume"]).finish().status == 65)
    try workspace.remove("model/checkpoint/state.json")
    #expect(try workspace.start(Self.fit + ["--resume"]).finish().status == 66)
  }
}
