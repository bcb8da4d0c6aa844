import Foundation
import SeqTestSupport
import Testing

/// `tag` as a filter in a pipe.
struct StreamTests {
  @Test(.timeLimit(.minutes(30))) func aLinesAnswerComesBeforeTheNextLineIsSent() throws {
    let command = try Fitted.classifier().start(["tag"])
    let answers = [("my bag smells bad", "negative\n"), ("", "\n"), ("our guide was great", "positive\n")]
    var expected = ""
    for (line, answer) in answers {
      try command.send(line + "\n")
      expected += answer
      try command.wait("the answer to \"\(line)\"") { $0.outputSoFar == expected }
    }
    try command.send("half a ")
    try command.send("line\nthe door")
    try command.wait("a line sent in parts") { $0.outputSoFar.split(separator: "\n").count == 3 }
    let result = try command.finish()
    #expect(result.status == 0 && result.stdout.hasPrefix(expected))
    #expect(result.stdout.split(separator: "\n", omittingEmptySubsequences: false).count == 6)
  }

  @Test(.timeLimit(.minutes(30))) func aRecordsAnswerComesBeforeTheNextRecordIsSent() throws {
    let command = try Fitted.classifier().start(["tag", "--from", "csv", "--threads", "2"])
    try command.send("id,text\n")
    var expected = "id,text,label\n"
    for (row, label) in [("1,my bag smells bad", "negative"), ("2,our guide was great", "positive")] {
      try command.send(row + "\n")
      expected += "\(row),\(label)\n"
      try command.wait("the answer to \"\(row)\"") { $0.outputSoFar == expected }
    }
    #expect(try command.finish().status == 0)
  }

  @Test func aReaderThatLeavesEndsItWithoutAWord() throws {
    let workspace = try Fitted.classifier()
    let result = try workspace.shell("yes the door looks poor | head -n 50000 | \"$seqtool\" tag | head -n 1")
    #expect(result.stdout == "negative\n" && result.stderr == "")
  }

  #if os(Linux)
    @Test(.timeLimit(.minutes(30))) func memoryDoesNotGrowWithTheNumberOfLines() throws {
      let few = try peakMemory(lines: 10_000)
      let many = try peakMemory(lines: 100_000)
      #expect(many < few + 4_096, "\(few) kB for 10,000 lines, \(many) kB for 100,000")
    }

    /// The most memory that `tag` held until it had answered so many lines, in kB.
    private func peakMemory(lines: Int) throws -> Int {
      let command = try Fitted.classifier().start(["tag"])
      let block = String(repeating: "the coffee was great and the door looks poor\n", count: 1_000)
      for _ in 0..<lines / 1_000 { try command.send(block) }
      try command.wait("\(lines) answers") { $0.outputSoFar.utf8.count == lines * "positive\n".utf8.count }
      let status = try String(contentsOfFile: "/proc/\(command.processIdentifier)/status", encoding: .utf8)
      #expect(try command.finish().status == 0)
      let field = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
      return try #require(field.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
    }
  #endif
}
