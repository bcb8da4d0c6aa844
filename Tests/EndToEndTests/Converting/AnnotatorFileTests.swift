import SeqTestSupport
import Testing

/// The commands on what annotation tools export.
struct AnnotatorFileTests {
  private static let doccano = """
    {"id": 1, "text": "EU bans Ann Lee.", "label": [[0, 2, "ORG"], [8, 15, "PER"]]}
    {"id": 2, "text": "Bob", "label": [[0, 3, "PER"]]}
    {"id": 3, "text": "none here", "label": []}

    """

  @Test func aNamedRoleWinsInConvert() throws {
    let workspace = try Workspace()
    try workspace.write("{\"text\": \"EU bans it\", \"label\": [[0, 2, \"ORG\"]]}\n", to: "d.jsonl")
    let result = try workspace.seqtool("convert", "d.jsonl", "-", "--to", "columns", "--columns", "spans=label")
    #expect(result.status == 0 && result.stdout == "EU\tB-ORG\nbans\tO\nit\tO\n\n", "\(result.stderr)")
  }

  @Test func theRemediesForSpansHelp() throws {
    let workspace = try Workspace()
    try workspace.write("{\"text\": \"a (1988) b\", \"spans\": [[3, 7, \"YEAR\"]]}\n", to: "s.jsonl")
    let refused = try workspace.seqtool("convert", "s.jsonl", "-", "--to", "inline")
    #expect(refused.status == 65)
    #expect(
      refused.complaints == [
        "error: s.jsonl:1: the span 3..<7 (YEAR) does not begin and end with a token: \"(1988)\" is at 2..<8 "
          + "(--tokenizer word cuts there; --misaligned widen takes whole tokens, --misaligned skip leaves the span out)"
      ])
    func converted(_ flags: String...) throws -> CommandResult {
      try workspace.seqtool(["convert", "s.jsonl", "-", "--to", "inline"] + flags)
    }
    #expect(try converted("--tokenizer", "word").stdout == "a/O (/O 1988/B-YEAR )/O b/O\n")
    #expect(try converted("--misaligned", "widen").stdout == "a/O (1988)/B-YEAR b/O\n")
    let skipped = try converted("--misaligned", "skip")
    #expect(skipped.stdout == "a/O (1988)/O b/O\n")
    #expect(
      skipped.complaints.first
        == "warning: s.jsonl:1: a span that does not begin and end with a token was left out")
  }

  @Test func fitReadsThemAsTheyAre() throws {
    let workspace = try Workspace()
    try workspace.write(Self.doccano, to: "d.jsonl")
    try workspace.write(
      """
      {"task": "tagging", "data": {"train": "d.jsonl", "misaligned": "widen", "split": {"dev": 0, "test": 0}},
       "tokenizer": {"kind": "word"}, "model": {"embedding": 4, "hidden": 4}, "training": {"epochs": 1, "threads": 1},
       "output": "m"}
      """, to: "c.json")
    let fitted = try workspace.seqtool("fit", "c.json")
    #expect(fitted.status == 0, "\(fitted.stderr)")
    #expect(try workspace.text("m/vocabulary/labels.txt").contains("B-ORG"))
    let wrong = try workspace.seqtool("fit", "c.json", "--set", "data.misaligned=widne")
    #expect(wrong.status == 65 && wrong.stderr.contains("did you mean \"widen\"?"), "\(wrong.stderr)")
  }

  @Test func anArrayIsCheckedDescribedAndSplit() throws {
    let workspace = try Workspace()
    let objects = (1...10).map { "{\"text\": \"text \($0) here\", \"label\": \"\($0 % 2 == 0 ? "even" : "odd")\"}" }
    try workspace.write("[\n" + objects.joined(separator: ",\n") + "\n]\n", to: "train.json")
    #expect(try workspace.seqtool("data", "describe", "train.json").stdout.contains("10"))
    let split = try workspace.seqtool("data", "split", "train.json", "--to", "parts", "--dev", "0.2", "--test", "0.2")
    #expect(split.status == 0, "\(split.stderr)")
    let parts = try ["train", "dev", "test"].map { try workspace.text("parts/\($0).json") }.joined()
    #expect(parts.split(separator: "\n").sorted() == objects.map { $0[...] }.sorted())
    // On one line, records have no place of their own.
    try workspace.write("[" + (objects + objects).joined(separator: ", ") + "]", to: "line.json")
    let check = try workspace.seqtool("data", "check", "line.json")
    #expect(check.status == 0 && check.stdout.contains("line.json:1:"), "\(check.stdout) \(check.stderr)")
    let fix = try workspace.seqtool("data", "check", "line.json", "--fix", "mended")
    #expect(fix.status == 65 && fix.stderr.contains("seqtool convert line.json line.json.jsonl"), "\(fix.stderr)")
    #expect(try workspace.seqtool("convert", "line.json", "line.json.jsonl").status == 0)
    #expect(try workspace.seqtool("data", "check", "line.json.jsonl", "--fix", "mended").status != 65)
  }

  @Test func rejectedExamplesStayInASplit() throws {
    let workspace = try Workspace()
    let lines = (1...6).map {
      "{\"text\":\"text \($0)\",\"label\":\"x\",\"answer\":\"\($0 % 3 == 0 ? "reject" : "accept")\"}"
    }
    try workspace.write(lines.joined(separator: "\n") + "\n", to: "p.jsonl")
    let split = try workspace.seqtool("data", "split", "p.jsonl", "--to", "parts", "--dev", "0.5", "--test", "0")
    #expect(split.status == 0, "\(split.stderr)")
    let parts = try ["train", "dev"].map { try workspace.text("parts/\($0).jsonl") }.joined()
    #expect(parts.split(separator: "\n").sorted() == lines.map { $0[...] }.sorted())
  }

  @Test func bratIsReadAndNotWritten() throws {
    let workspace = try Workspace()
    try workspace.write("Alice flew to New York.\n", to: "d/x.txt")
    try workspace.write("T1\tPER 0 5\tAlice\nT2\tLOC 14 22\tNew York\n", to: "d/x.ann")
    let result = try workspace.seqtool("convert", "d", "-", "--to", "inline", "--tokenizer", "word")
    #expect(result.stdout == "Alice/B-PER flew/O to/O New/B-LOC York/I-LOC ./O\n", "\(result.stderr)")
    let written = try workspace.seqtool("convert", "d", "-", "--to", "brat")
    #expect(written.status == 64 && written.stderr.contains("--to jsonl keeps the spans"))
    let split = try workspace.seqtool("data", "split", "d", "--to", "parts")
    #expect(split.status == 65 && split.stderr.contains("seqtool convert d spans.jsonl"), "\(split.stderr)")
    #expect(!workspace.files().contains { $0.hasPrefix("parts") })
  }

  @Test func tagsWithoutATypeComeBack() throws {
    let workspace = try Workspace()
    let columns = "the\tO\nred\tB\ncar\tI\n\nblue\tB\nsky\tI\n\n"
    try workspace.write(columns, to: "a.conll")
    #expect(try workspace.seqtool("convert", "a.conll", "s.jsonl", "--spans").status == 0)
    #expect(try workspace.seqtool("convert", "s.jsonl", "b.conll").status == 0)
    #expect(try workspace.text("b.conll") == columns)
  }

  @Test func illFormedTagsAreOfTheSchemeOfTheirPrefixes() throws {
    let workspace = try Workspace()
    try workspace.write("a\tI-X\nb\tL-X\n\nc\tU-X\n\nd\tB-X\n\n", to: "a.conll")
    let result = try workspace.seqtool("convert", "a.conll", "b.conll", "--scheme", "bilou")
    #expect(result.stderr.contains("tags that are ill-formed in bilou ("), "\(result.stderr)")
  }

  @Test func blanksThatFastTextLosesAreGone() throws {
    let workspace = try Workspace()
    try workspace.write("x  \nx  a \n", to: "a.txt")
    let refused = try workspace.seqtool("convert", "a.txt", "a.ft", "--from", "labelled")
    #expect(
      refused.status == 65
        && refused.stderr.contains(
          "fasttext cannot express white space at the ends of a text")
    )
    #expect(try workspace.seqtool("convert", "a.txt", "a.ft", "--from", "labelled", "--lossy").status == 0)
    #expect(try workspace.text("a.ft") == "__label__x \n__label__x a\n")
    let tabs = try workspace.seqtool(
      "convert", "-", "-", "--from", "jsonl", "--to", "pairs", "--lossy", stdin: #"{"text":"a\tb","target":"c"}"#)
    #expect(
      tabs.complaints.first?.hasSuffix("pairs cannot express tabs in a text (spaces written instead)") == true)
  }
}
