import SeqTestSupport
import Testing

/// `data check`, as a user runs it.
struct DataCheckCommandTests {
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("text,label\nfine words,a\nmore words,b\nother words,a\nlast words,b\n", to: "train.csv")
    try workspace.write("text,label\nnew words,a\nfine words,a\n", to: "test.csv")
    return workspace
  }

  @Test func warningsAreNoFailureUnlessAskedFor() throws {
    let workspace = try workspace()
    let result = try workspace.seqtool("data", "check", "train.csv", "test.csv")
    #expect(result.status == 0 && result.stderr == "")
    #expect(
      result.stdout == """
        test.csv:3:1: warning: "fine words" is also in train, train.csv:2 (try --fix with --drop leaks) [leak]

        part   records  tokens  longest  labels  majority  best possible  unknown
        train        4       8        2       2    50.0 %        100.0 %        –
        test         2       4        2       1   100.0 %        100.0 %   25.0 %

        no errors, 1 warning

        """)
    #expect(try workspace.seqtool("data", "check", "train.csv", "test.csv", "--strict").status == 1)
    #expect(try workspace.seqtool("data", "check", "train.csv", "--strict").status == 0)
  }

  @Test func errorsExitWithOne() throws {
    let workspace = try workspace()
    try workspace.write("text,label\nx\ny,a\n", to: "bad.csv")
    let result = try workspace.seqtool("data", "check", "bad.csv")
    #expect(result.status == 1)
    #expect(result.stdout.hasPrefix("bad.csv:2:2: error: 1 column, expected 2 (text, label) [unreadable]\n"))
  }

  @Test func aConfigTellsItsFiles() throws {
    let workspace = try workspace()
    try workspace.write(
      #"{"task": "classification", "data": {"train": "train.csv", "test": "test.csv"}}"#, to: "config.json")
    let result = try workspace.seqtool("data", "check", "config.json", "--json")
    #expect(result.status == 0)
    let report = try object(result.stdout)
    #expect((report["parts"] as? [[String: Any]])?.map { $0["name"] as? String } == ["train", "test"])
    #expect((report["counts"] as? [String: Int]) == ["leak": 1])
    let finding = (report["findings"] as? [[String: Any]])?.first
    #expect(finding?["line"] as? Int == 3 && finding?["column"] as? Int == 1)
  }

  @Test func theMendedCopyHasNoErrorsLeft() throws {
    let workspace = try workspace()
    try workspace.write(Array("text,label\n".utf8) + [0xE9] + Array(",a\nx,y,z\nfine,a\n".utf8), to: "bad.csv")
    let result = try workspace.seqtool("data", "check", "bad.csv", "--fix", "mended", "--drop", "duplicates")
    #expect(result.status == 1)
    #expect(
      result.complaints == [
        "bad.csv → mended/bad.csv: 1 wrong byte read as Windows-1252; "
          + "1 record that cannot be read left out (line 3)"
      ])
    #expect(try workspace.text("mended/bad.csv") == "text,label\né,a\nfine,a\n")
    #expect(try workspace.seqtool("data", "check", "mended/bad.csv").status == 0)
  }

  @Test func mistakesInTheCommandLineAreTold() throws {
    let workspace = try workspace()
    #expect(try workspace.seqtool("data", "check").status == 64)
    #expect(try workspace.seqtool("data", "check", "train.csv", "--drop", "leaks").status == 64)
    #expect(try workspace.seqtool("data", "check", "train.csv", "--near", "2").status == 64)
    let missing = try workspace.seqtool("data", "check", "trian.csv")
    #expect(missing.status == 66 && missing.stderr.contains("did you mean \"train.csv\"?"))
    let column = try workspace.seqtool("data", "check", "train.csv", "--text", "txt")
    #expect(column.status == 1 && column.stdout.contains("no column \"txt\""))
  }

  @Test func vectorsThatAFitRefusesAreErrors() throws {
    let workspace = try Workspace()
    try workspace.write("text,label\ngood soup,pos\nbad fish,neg\n", to: "train.csv")
    try workspace.write("good 1 2\nbad nan 1\nsoup inf 1\nfish 1e400 1\nother nan 1\n", to: "nan.txt")
    let result = try workspace.seqtool("data", "check", "train.csv", "--vectors", "nan.txt")
    #expect(result.status == 1)
    for (line, word) in [(2, "bad"), (3, "soup"), (4, "fish")] {
      let finding =
        "nan.txt:\(line): error: number 1 of \"\(word)\" is not a finite number (make or fetch the file again) "
        + "[vector-number]"
      #expect(result.stdout.contains(finding), "\(result.stdout)")
    }
    #expect(result.stdout.contains("3 errors"))
    try workspace.write(
      """
      {"task": "classification", "data": {"train": "train.csv", "split": {"dev": 0, "test": 0}},
       "model": {"features": [{"kind": "word", "vectors": "nan.txt"}]}}
      """, to: "config.json")
    let configured = try workspace.seqtool("data", "check", "config.json")
    #expect(
      configured.status == 1 && configured.stdout.contains("3 errors"), "\(configured.stdout)\(configured.stderr)")
  }

  @Test func whatCannotBeReadAtAllIsNotDescribed() throws {
    let workspace = try Workspace()
    try workspace.write("a,b\nx,y\n", to: "data.csv")
    let result = try workspace.seqtool("data", "describe", "data.csv")
    expectErrors(
      result, 65,
      [
        "data.csv:1: no column \"text\", found \"a\", \"b\" (say which column is the text: --text …)",
        "data.csv:1: no column \"label\", found \"a\", \"b\" (say which column is the label: --label …)",
      ])
    let check = try workspace.seqtool("data", "check", "data.csv")
    #expect(
      check.status == 1 && check.stdout.contains("no column \"text\"") && check.stdout.contains("no column \"label\""))
  }
}
