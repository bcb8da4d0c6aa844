import Foundation
import SeqTestSupport
import Testing

/// Where a fit may put its model: told before the data is read, and never at another fit's cost.
@Suite(.timeLimit(.minutes(30)))
struct OutputPlaceTests {
  @Test func aSecondFitIsRefusedAndTheFirstGoesOn() throws {
    let workspace = try Workspace.classification(texts: 200)
    let long = ["--set", "training.epochs=40", "--set", "training.patience=0"]
    let first = try workspace.start(["fit", "config.json"] + long)
    try first.wait("an epoch") { $0.errorsSoFar.contains("epoch  1/40") }
    let number = first.processIdentifier
    for name in ["model", "./model/", "data/../model"] {
      let second = try workspace.seqtool("fit", "-q", "config.json", "--set", "output=\(name)")
      #expect(second.status == 74)
      let remedy = "(wait until it has ended, or name another folder as output)"
      #expect(second.stderr.hasSuffix("model: another fit writes to it (process \(number)) \(remedy)\n"))
      #expect(second.complaints.count == 1)
    }
    let seeds = try workspace.seqtool("fit", "-q", "config.json", "--seeds", "2")
    #expect(seeds.status == 74)
    let result = try first.finish()
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try workspace.seqtool("eval").status == 0)
    #expect(workspace.files().filter { $0.contains("seqtool-") } == [])
  }

  @Test func aKilledFitKeepsNoLock() throws {
    let workspace = try Workspace.classification(texts: 200)
    let first = try workspace.start(["fit", "config.json", "--set", "training.epochs=40"])
    try first.wait("an epoch") { $0.errorsSoFar.contains("epoch  1/40") }
    #expect(try first.end(by: SIGKILL).status == 137)
    #expect(try workspace.seqtool("fit", "-q", "config.json").status == 0)
    #expect(workspace.files().filter { $0.contains("seqtool-") } == [])
  }

  @Test func aLinkToAModelStaysALink() throws {
    let workspace = try Workspace.classification()
    try workspace.write("", to: "store/keep")
    #expect(try workspace.seqtool("fit", "-q", "config.json", "--set", "output=store/m").status == 0)
    #expect(symlink("store/m", workspace.path + "/model") == 0)
    for flag in [["--overwrite"], [], ["--seeds", "2"]] {
      let fit = try workspace.seqtool(["fit", "-q", "config.json"] + flag)
      #expect(fit.status == 0, "\(fit.stderr)")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: workspace.path + "/model") == "store/m")
    }
    #expect(FileManager.default.fileExists(atPath: workspace.path + "/store/m/model.safetensors"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path + "/store").sorted() == ["keep", "m"])
  }

  @Test func aWayThroughTheFolderItselfIsNoTrap() throws {
    let workspace = try Workspace.classification()
    for _ in 0..<2 {
      let fit = try workspace.seqtool("fit", "-q", "config.json", "--set", "output=model/../model")
      #expect(fit.status == 0, "\(fit.stderr)")
      #expect(workspace.exists("model/model.safetensors"))
    }
    #expect(workspace.files().filter { $0.contains("seqtool-") } == [])
  }

  /// The data would be refused, too: what is told shows that the place was looked at first.
  @Test func aPlaceThatCannotBeWrittenToShowsBeforeTheDataIsRead() throws {
    let workspace = try Workspace.classification()
    try workspace.write("text,label\n", to: "train.csv")
    try workspace.write("x", to: "file")
    #expect(symlink("nowhere", workspace.path + "/dangling") == 0)
    func fit(_ output: String) throws -> String {
      let result = try workspace.seqtool("fit", "-q", "config.json", "--set", "output=\(output)")
      #expect(result.status == 74)
      return result.stderr
    }
    #expect(try fit("file") == "error: file: is a file, expected a folder (name another folder as output)\n")
    #expect(try fit("dangling") == "error: dangling: is a broken link (name another folder as output)\n")
    #expect(try fit("file/model").hasPrefix("error: file: the folder cannot be made: "))
    guard getuid() != 0 else { return }
    try workspace.write("x", to: "closed/x")
    #expect(chmod(workspace.path + "/closed", 0o500) == 0)
    defer { chmod(workspace.path + "/closed", 0o700) }
    #expect(
      try fit("closed/model")
        == "error: closed: nothing can be written here: permission denied (name a place that you can write to)\n")
  }

  @Test func aModelOfAnotherConfigIsReplacedOnlyIfAskedFor() throws {
    let workspace = try Workspace.classification()
    func fit(_ arguments: String...) throws -> CommandResult {
      try workspace.seqtool(["fit", "-q", "config.json"] + arguments)
    }
    #expect(try fit().status == 0)
    #expect(try fit().status == 0, "the same config")
    #expect(try fit("--set", "training.threads=1", "--set", "data.storage=memory").status == 0, "the same model")
    let digest = try workspace.bytes("model/model.safetensors")
    let other = try fit("--set", "model.hidden=9", "--set", "training.epochs=3")
    #expect(other.status == 65)
    #expect(
      other.complaints == [
        "error: model: holds a model of another config: model.hidden differs "
          + "(--overwrite replaces it; or name another folder as output)"
      ])
    #expect(try fit("--seeds", "2", "--set", "model.hidden=9").status == 65)
    #expect(try workspace.bytes("model/model.safetensors") == digest)
    #expect(try fit("--set", "model.hidden=9", "--overwrite").status == 0)
    #expect(try fit("--set", "model.hidden=9").status == 0)
    #expect(try fit("--set", "model.hidden=9", "--seeds", "2").status == 0)
    #expect(try fit("--set", "model.hidden=9", "--seeds", "3").status == 0, "whichever seed was kept")
    try workspace.write("{", to: "model/config.json")
    let unreadable = try fit()
    #expect(unreadable.status == 65 && unreadable.stderr.contains("holds a model whose config cannot be read"))
  }

  @Test(arguments: [false, true]) func aTaggerOfTheSameConfigIsFittedAgain(isOnDisk: Bool) throws {
    let workspace = try Workspace.tagging()
    for _ in 0..<2 {
      let fit = try workspace.seqtool(
        ["fit", "-q", "config.json"] + (isOnDisk ? ["--set", "data.storage=disk"] : []))
      #expect(fit.status == 0, "\(fit.stderr)")
    }
  }

  /// What a kill leaves between two renames, where the system cannot exchange two folders in one.
  @Test func aFitThatWasMovedAsideIsGoneOnWith() throws {
    let workspace = try Workspace.classification(texts: 200)
    let arguments = ["fit", "config.json", "--set", "training.epochs=40", "--set", "training.patience=0"]
    let command = try workspace.start(arguments)
    try command.wait("an epoch") { $0.errorsSoFar.contains("epoch  2/40") }
    #expect(try command.end(by: SIGINT).status == 130)
    func move(_ name: String, _ other: String) throws {
      try FileManager.default.moveItem(atPath: workspace.path + "/" + name, toPath: workspace.path + "/" + other)
    }
    try move("model", "model.seqtool-old")
    let end = try workspace.start(arguments + ["-q", "--resume"]).finish()
    #expect(end.status == 0, "\(end.stderr)")
    #expect(workspace.exists("model/model.safetensors") && !workspace.exists("model.seqtool-old"))

    try move("model", "model.seqtool-old")
    let lock = open(workspace.path + "/.model.seqtool-lock", O_RDWR | O_CREAT, 0o644)
    #expect(flock(lock, LOCK_EX) == 0)
    #expect(try workspace.seqtool("tag", "--model", "model", stdin: "a\n").status == 0, "it is read where it is")
    #expect(workspace.exists("model.seqtool-old"), "another process may be at work on it")
    close(lock)
    #expect(try workspace.seqtool("tag", "--model", "model", stdin: "a\n").status == 0)
    #expect(workspace.exists("model/model.safetensors") && !workspace.exists("model.seqtool-old"), "it is put back")
    let finished = try workspace.start(arguments + ["--resume"]).finish()
    #expect(finished.status == 66 && finished.stderr.contains("the fit is finished"))

    try workspace.write("half", to: "model.4194305-12ab.seqtool-new/config.json")
    #expect(try workspace.start(arguments + ["-q"]).finish().status == 0)
    #expect(workspace.files().filter { $0.contains("seqtool-") } == [])
  }
}
