import SeqTestSupport
import Testing

/// What `fit` says while it runs, and where.
struct ProgressTests {
  @Test func resultsGoToStandardOutputAndProgressToStandardError() throws {
    let workspace = try Workspace.classification()
    let result = try workspace.seqtool("fit", "config.json")
    #expect(result.stdout.hasPrefix("test\naccuracy "))
    #expect(result.stdout.hasSuffix("16\n"), "a text ends with a line feed")
    let lines = result.complaints
    #expect(lines.first?.hasPrefix("fitting ") == true)
    #expect(lines.filter { $0.hasPrefix("epoch ") && $0.contains("dev accuracy") }.count == 2)
    #expect(lines.last == "the model is in model")
  }

  @Test(arguments: [[:], ["NO_COLOR": "1"], ["TERM": "xterm-256color"]])
  func thereAreNoEscapeCodesWithoutATerminal(environment: [String: String]) throws {
    let workspace = try Workspace.classification()
    let fit = try workspace.seqtool("fit", "config.json", environment: environment)
    let mistake = try workspace.seqtool("fit", "missing.json", environment: environment)
    #expect(!(fit.stdout + fit.stderr + mistake.stderr).contains("\u{1B}"))
  }

  @Test func quietLeavesTheScoresAlone() throws {
    let workspace = try Workspace.classification()
    let loud = try workspace.seqtool("fit", "config.json")
    let quiet = try workspace.seqtool("fit", "config.json", "--quiet")
    #expect(quiet.stderr == "")
    #expect(quiet.stdout == loud.stdout)
  }
}
