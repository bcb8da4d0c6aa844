import Foundation
import SeqTestSupport
import Testing

/// A command that a signal ends leaves nothing half-made.
@Suite(.timeLimit(.minutes(30)))
struct InterruptedWritingTests {
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func aConversionLeavesNoPart(number: Int32) throws {
    let workspace = try Workspace()
    try workspace.write("old\n", to: "out.txt")
    let command = try workspace.start(["convert", "-", "out.txt", "--from", "lines", "--to", "lines"])
    try command.send(String(repeating: "a line\n", count: 40_000))
    try command.wait("a part") { _ in
      workspace.files().contains { $0.hasPrefix("out.txt.") && $0.hasSuffix(".partial") }
    }
    let result = try command.end(by: number)
    #expect(result.status == 128 + number && result.stderr == "")
    #expect(workspace.files() == ["out.txt"])
    #expect(try workspace.text("out.txt") == "old\n")
  }

  @Test func aSplitLeavesNoFolder() throws {
    let workspace = try Workspace()
    try workspace.write(TinyData.csv(3_000, seed: 1), to: "data.csv")
    let command = try workspace.start(["data", "split", "data.csv", "--to", "cv", "--folds", "300"])
    try command.wait("a folder") { _ in
      workspace.files().contains { $0.hasPrefix("cv.") && $0.contains(".seqtool-new/fold-2/") }
    }
    #expect(try command.end(by: SIGTERM).status == 143)
    #expect(workspace.files() == ["data.csv"])
    #expect(!workspace.exists("cv"))
  }

  @Test func learningSubwordsStopsAtOnce() throws {
    let workspace = try Workspace()
    let command = try workspace.start(["tokenizer", "train", "-", "--output", "pieces.bpe"])
    try command.send("some text to learn from\n")
    usleep(300_000)
    #expect(try command.end(by: SIGINT).status == 130)
    #expect(workspace.files() == [])
  }

  @Test func anIgnoredSignalIsIgnored() throws {
    let workspace = try Workspace()
    let result = try workspace.shell(
      """
      trap '' HUP
      { printf 'a\\n'; sleep 1; printf 'b\\n'; } | "$seqtool" convert - out.txt --from lines --to lines &
      sleep 0.5; kill -HUP $!; wait
      """)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try workspace.text("out.txt") == "a\nb\n")
  }
}
