import SeqTestSupport
import Testing

/// `seqtool convert` as a person and as a pipe use it.
struct ConvertTests {
  @Test func aTableBecomesJSONLinesAndComesBack() throws {
    let workspace = try Workspace()
    let table = "review,stars\n\"fine, really\",5\n\"two\nlines\",1\n"
    try workspace.write(table, to: "in.csv")
    let there = try workspace.seqtool("convert", "in.csv", "out.jsonl", "--columns", "text=review,label=stars")
    #expect(there.status == 0 && there.stdout.isEmpty && there.stderr == "2 records\n", "\(there.stderr)")
    #expect(
      try workspace.text("out.jsonl")
        == "{\"text\":\"fine, really\",\"label\":\"5\"}\n{\"text\":\"two\\nlines\",\"label\":\"1\"}\n")
    let back = try workspace.seqtool("convert", "out.jsonl", "-", "--to", "csv")
    #expect(back.stdout == "text,label\n\"fine, really\",5\n\"two\nlines\",1\n")
  }

  @Test func itIsAFilter() throws {
    let workspace = try Workspace()
    let result = try workspace.seqtool(
      "convert", "-", "-", "--from", "columns", "--to", "inline", "--scheme", "bioes", stdin: "a O\nb B-x\nc I-x\n")
    #expect(result.status == 0 && result.stdout == "a/O b/B-x c/E-x\n", "\(result.stderr)")
    #expect(
      try workspace.shell("printf 'x a b\\n' | gzip | \"$seqtool\" convert - - --from labelled --to fasttext").stdout
        == "__label__x a b\n")
  }

  @Test func aLossIsRefusedUnlessItIsAllowed() throws {
    let workspace = try Workspace()
    try workspace.write("text,label,date\na,x,1\nb,y,2\n", to: "in.csv")
    try workspace.write("old\n", to: "out.txt")
    let refused = try workspace.seqtool("convert", "in.csv", "out.txt", "--to", "labelled")
    #expect(refused.status == 65)
    #expect(
      refused.complaints
        == ["error: in.csv:2: labelled cannot express the column \"date\" (--lossy leaves it out)"])
    #expect(try workspace.text("out.txt") == "old\n")
    #expect(workspace.files().sorted() == ["in.csv", "out.txt"])
    let lossy = try workspace.seqtool("convert", "in.csv", "out.txt", "--to", "labelled", "--lossy")
    #expect(lossy.status == 0)
    #expect(
      lossy.complaints
        == [
          "warning: in.csv:2: 2 records: labelled cannot express the column \"date\" (left out)", "2 records",
        ])
    #expect(try workspace.text("out.txt") == "x a\ny b\n")
  }

  @Test func mistakesAreToldWithTheirPlaces() throws {
    let workspace = try Workspace()
    try workspace.write("text,label\ncaf".utf8 + [0xE9] + ",x\n".utf8, to: "in.csv")
    let latin = try workspace.seqtool("convert", "in.csv", "out.jsonl")
    #expect(latin.status == 65 && latin.stderr.hasPrefix("error: in.csv:2:4: byte 0xE9 is not UTF-8"))
    #expect(try workspace.seqtool("convert", "in.csv", "out.jsonl", "--encoding", "latin-1").status == 0)
    #expect(try workspace.seqtool("convert", "no.csv", "out.jsonl").status == 66)
    #expect(try workspace.seqtool("convert", "in.csv", "out").status == 64)
    #expect(try workspace.seqtool("convert", "in.csv", "no/out.jsonl", "--encoding", "latin-1").status == 74)
    let column = try workspace.seqtool("convert", "in.csv", "out.jsonl", "--columns", "txt=a")
    #expect(column.status == 64 && column.stderr.contains("did you mean \"text\"?"))
    let limit = try workspace.seqtool("convert", "in.csv", "out.jsonl", "--maximum-line-bytes", "5")
    #expect(limit.status == 65 && limit.stderr.contains("a line longer than the limit of 5 bytes"))
  }

  @Test func illFormedTagsAreTold() throws {
    let workspace = try Workspace()
    try workspace.write("a B-x\nb I-x\n\nc O\nd I-y\n\ne B-x\nf I-x\n", to: "in.conll")
    let result = try workspace.seqtool("convert", "in.conll", "out.conll", "--scheme", "bio")
    #expect(
      result.complaints.first
        == "warning: in.conll:4: 1 sentence has tags that are ill-formed in iob2 (I-y after O); "
        + "they were read as the CoNLL evaluation script does")
    #expect(try workspace.text("out.conll") == "a B-x\nb I-x\n\nc O\nd B-y\n\ne B-x\nf I-x\n\n")
  }
}
