import SeqTestSupport
import Testing

/// Places that cannot be written to.
struct OutputFailureTests {
  @Test func aModelCannotLieUnderAFile() throws {
    let workspace = try Workspace.classification()
    let under = try workspace.seqtool("fit", "-q", "config.json", "--set", "output=train.csv/model")
    #expect(under.status == 74 && under.complaints.count == 1)
    #expect(under.stderr.hasPrefix("error: train.csv"))
    let onto = try workspace.seqtool("fit", "-q", "config.json", "--set", "output=train.csv")
    expectErrors(onto, 74, ["train.csv: is a file, expected a folder (name another folder as output)"])
    #expect(try workspace.seqtool("fit", "-q", "config.json").status == 0, "the file was left alone")
  }

  #if os(Linux)
    @Test(arguments: [["tag"], ["eval"], ["eval", "--json"], ["fit", "-q", "config.json"]])
    func aFullDeviceIsReported(arguments: [String]) throws {
      let workspace = try Workspace.classification()
      try workspace.seqtool("fit", "-q", "config.json")
      let result = try workspace.start(arguments, stdout: "/dev/full").finish(sending: "my bag\n")
      #expect(result.status == 74)
      #expect(result.complaints == ["error: writing to standard output failed: no space left on device"])
    }
  #endif

  @Test(arguments: ["tag", "eval"]) func aClosedStandardOutputIsReported(command: String) throws {
    let workspace = try Fitted.classifier()
    let result = try workspace.shell("echo my bag | \"$seqtool\" \(command) >&-")
    #expect(result.status == 74)
    #expect(result.complaints == ["error: writing to standard output failed: bad file descriptor"])
  }

  @Test func aLimitOfFileSizesIsReported() throws {
    let workspace = try Workspace.classification()
    let result = try workspace.shell("ulimit -f 4; \"$seqtool\" fit -q config.json")
    #expect(result.status == 74 && result.complaints.count == 1, "\(result.stderr)")
    #expect(result.stderr.contains(": writing failed: file too large (is the disk full"))
  }

  @Test func aStateThatCannotBeWrittenIsAWarningOnly() throws {
    let workspace = try Workspace.classification()
    let environment = ["SEQTOOL_STATE": workspace.path + "/train.csv/state"]
    let result = try workspace.seqtool("fit", "-q", "config.json", environment: environment)
    #expect(result.status == 0 && workspace.exists("model/config.json"))
    #expect(result.complaints.count == 1 && result.stderr.hasPrefix("warning: "))
  }
}
