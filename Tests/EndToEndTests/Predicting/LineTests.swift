import SeqTestSupport
import Testing

/// `tag`: any line, among any others.
struct LineTests {
  /// Lines of many lengths, some of them alike.
  private static let lines: [String] = (0..<700).map { i in
    let words = ["the", "train", "is", "lovely", "broken", "unheard-of", "好的", "😀"]
    return (0..<(i * 7 % 13)).map { words[(i + $0 * $0) % words.count] }.joined(separator: " ")
  }

  @Test(arguments: [false, true]) func aRecordDoesNotDependOnItsNeighbours(isTagging: Bool) throws {
    let workspace = try isTagging ? Fitted.tagger() : Fitted.classifier()
    func records(_ lines: [String], threads: Int) throws -> [Substring] {
      let input = lines.map { $0 + "\n" }.joined()
      return try workspace.seqtool("tag", "--format", "jsonl", "-p", "--threads", "\(threads)", stdin: input).stdout
        .split(separator: "\n")
    }
    let together = try records(Self.lines, threads: 2)
    #expect(together.count == Self.lines.count)
    #expect(try records(Self.lines.reversed(), threads: 3) == together.reversed())
    for i in [0, 1, 12, 340, 699] { #expect(try records([Self.lines[i]], threads: 1) == [together[i]]) }
  }

  @Test func aTaggerReadsLinesOfAnyLength() throws {
    let line = String(repeating: "fly to oslo ", count: 10_000)
    let result = try Fitted.tagger().seqtool("tag", "--format", "inline", stdin: "to paris\n\(line)\nto paris\n")
    #expect(result.status == 0 && result.complaints == [])
    let records = result.stdout.split(separator: "\n")
    #expect(records.count == 3 && records[0] == records[2])
    let tokens = records[1].split(separator: " ")
    #expect(tokens.count == 30_000)
    #expect(tokens.count { $0 == "oslo/B-city" } > 9_900)
  }

  @Test func aClassifierReadsTheStartOfAVeryLongLineAndSaysSo() throws {
    let line = String(repeating: "lovely ", count: 30_000)
    let result = try Fitted.classifier().seqtool("tag", stdin: "\(line)\nmy bag was awful\n")
    #expect(result.status == 0)
    #expect(result.complaints == ["warning: standard input:1: only the first 10000 tokens of this text were read"])
    #expect(result.stdout == "positive\nnegative\n")
  }

  @Test func linesThatEndWithReturnsAloneAreRecords() throws {
    let workspace = try Fitted.classifier()
    let result = try workspace.seqtool("tag", stdin: "my bag was awful\rour guide was great\r")
    #expect(result.stdout == "negative\npositive\n")
    #expect(
      result.complaints == ["warning: standard input: lines end with carriage returns only, as on old Macs"],
      "\(result.stderr)")
  }

  @Test func aByteOrderMarkAndControlCharactersDoNoHarm() throws {
    let workspace = try Fitted.tagger()
    let marked = try workspace.seqtool("tag", "--format", "jsonl", stdin: "\u{FEFF}to oslo\nto oslo\n")
    let records = marked.stdout.split(separator: "\n")
    #expect(records.count == 2 && records[0] == records[1])
    let odd = try workspace.seqtool("tag", "--format", "jsonl", stdin: "a\u{2028}b\u{0B}c\u{0}\rd\n")
    #expect(try objects(odd.stdout).map { $0["text"] as? String } == ["a\u{2028}b\u{0B}c\u{0}\rd"])
  }

  @Test func aLabelWithATabOrALineEndStaysOneFieldOfOneRecord() throws {
    let workspace = try Workspace.classification()
    try workspace.write("text,label\na b,\"x\ny\"\nc d,\"t\tu\"\na,\"x\ny\"\nc,\"t\tu\"\n", to: "train.csv")
    try workspace.write(workspace.text("train.csv"), to: "dev.csv")
    try workspace.write(workspace.text("train.csv"), to: "test.csv")
    #expect(try workspace.seqtool("fit", "-q", "config.json").status == 0)
    let result = try workspace.seqtool("tag", "--top", "2", stdin: "a b\n")
    let fields = result.stdout.dropLast().split(separator: "\t").map(String.init)
    #expect(fields.count == 4 && Set([fields[0], fields[2]]) == [#"x\ny"#, #"t\tu"#])
    let scores = try object(workspace.seqtool("eval", "--json").stdout)
    #expect(scores["labels"] as? [String] == ["t\tu", "x\ny"])
  }

  @Test func aLineThatIsNotUTF8IsNamedIfThatIsStrict() throws {
    let workspace = try Workspace.classification()
    try workspace.seqtool("fit", "-q", "config.json")
    try workspace.write("fine\ncaf".utf8 + [0xE9, 0x0A], to: "latin1.txt")
    let result = try workspace.seqtool("tag", "--strict", "latin1.txt")
    #expect(result.status == 65)
    #expect(
      result.complaints == ["error: latin1.txt:2: is not UTF-8 (convert it, for example with iconv -t UTF-8)"])
    #expect(
      try workspace.shell("\"$seqtool\" tag --strict < latin1.txt").stderr.hasPrefix("error: standard input:2: is not"))
  }
}
