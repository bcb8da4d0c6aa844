import Foundation
import SeqTestSupport
import Testing

/// `tag` and `eval` on files of records: one out for each in, as it came.
struct RecordTests {
  /// A workspace of its own with the classifier's model.
  private func classifier(_ files: [String: String]) throws -> Workspace { try copy(Fitted.classifier(), files) }
  private func tagger(_ files: [String: String]) throws -> Workspace { try copy(Fitted.tagger(), files) }

  private func copy(_ fitted: Workspace, _ files: [String: String]) throws -> Workspace {
    let workspace = try Workspace()
    for (name, text) in files { try workspace.write(text, to: name) }
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path + "/model", withDestinationPath: fitted.path + "/model")
    return workspace
  }

  private static let csv = "id,text\n7,\"my bag, \"\"mine\"\",\nwas awful\"\n8,\n9,our guide was great\n"

  @Test func aTableKeepsItsColumnsAndGetsALabel() throws {
    let workspace = try classifier(["a.csv": Self.csv])
    let result = try workspace.seqtool("tag", "-m", "model", "a.csv")
    #expect(result.status == 0 && result.complaints == [], "\(result.stderr)")
    #expect(result.account == "model model, 3 records of a.csv")
    #expect(
      result.stdout
        == "id,text,label\n7,\"my bag, \"\"mine\"\",\nwas awful\",negative\n8,,\n9,our guide was great,positive\n")
    let packed = try workspace.shell("gzip -k a.csv && \"$seqtool\" tag -q -m model a.csv.gz")
    #expect(packed.stdout == result.stdout && packed.stderr == "")
    let piped = try workspace.shell("\"$seqtool\" tag -m model --from csv < a.csv")
    #expect(piped.stdout == result.stdout)
  }

  @Test func aTableKeepsItsDelimiter() throws {
    let workspace = try classifier(["a.csv": "id;text\n7;\"my; bag, was awful\"\n8;our guide was great\n"])
    let result = try workspace.seqtool("tag", "-m", "model", "a.csv", "--delimiter", ";")
    #expect(
      result.stdout == "id;text;label\n7;\"my; bag, was awful\";negative\n8;our guide was great;positive\n",
      "\(result.stderr)")
    let table = try workspace.seqtool("tag", "-m", "model", "a.csv", "--delimiter", ";", "--to", "tsv")
    #expect(table.stdout.hasPrefix("id\ttext\tlabel\n7\tmy; bag, was awful\tnegative\n"), "\(table.stdout)")
  }

  /// One batch, and several, of which one is read while another is answered.
  @Test(arguments: [2, 3_000], ["1", "2"]) func whatStandsBeforeAMistakeIsAnswered(count: Int, threads: String) throws {
    let rows = (0..<count).map { "\($0),my bag was awful\n" }.joined()
    let workspace = try classifier(["a.csv": "id,text\n\(rows)9,\"a\"b\n"])
    let result = try workspace.seqtool("tag", "-m", "model", "a.csv", "--threads", threads)
    let answers = (0..<count).map { "\($0),my bag was awful,negative\n" }.joined()
    #expect(result.status == 65 && result.stdout == "id,text,label\n" + answers, "\(result.stdout.suffix(200))")
    #expect(result.complaints.first?.hasPrefix("error: a.csv:\(count + 2):6: text after the closing quote") == true)
  }

  /// A name that tells no format is not that of training data whose name tells none either.
  @Test func standardInputIsLinesWhateverTheTrainingDataIs() throws {
    let workspace = try Workspace()
    for part in ["seq.in", "seq.out"] {
      try workspace.write(part == "seq.in" ? "fly to oslo\nto bern\n" : "O O B-city\nO B-city\n", to: "train/" + part)
    }
    try workspace.write("fly\tO\nto\tO\noslo\tB-city\n\n", to: "plain")
    try workspace.write("to oslo\nfly\n", to: "questions")
    for (train, format) in [("train", "parallel"), ("plain", "columns")] {
      try workspace.write(
        """
        {"task": "tagging", "data": {"train": "\(train)", "format": "\(format)", "split": {"dev": 0, "test": 0}},
         "model": {"embedding": 4, "hidden": 4}, "training": {"epochs": 1}, "output": "m-\(format)"}
        """, to: "config.json")
      #expect(try workspace.seqtool("fit", "-q", "config.json").status == 0)
      for command in [
        ["tag", "-m", "m-\(format)", "--to", "inline"], ["tag", "-m", "m-\(format)", "--to", "inline", "questions"],
      ] {
        let result = try workspace.seqtool(command, stdin: "to oslo\nfly\n")
        #expect(result.status == 0 && result.stdout.split(separator: "\n").count == 2, "\(result.stderr)")
        #expect(result.stdout.hasPrefix("to/"), "\(result.stdout)")
      }
    }
  }

  @Test func whatAFileHasAlreadyIsKept() throws {
    let workspace = try classifier(["a.csv": "label,text\nmine,our guide was great\n,my bag was awful\n"])
    let plain = try workspace.seqtool("tag", "-m", "model", "a.csv", "--top", "2").stdout.split(separator: "\n")
    #expect(plain[0] == "label,text,predicted,probability,predicted_2,probability_2")
    #expect(plain[1].hasPrefix("mine,our guide was great,positive,0."))
    #expect(plain[2].hasPrefix(",my bag was awful,negative,0."))
  }

  @Test func columnsAreNamedByFlagsOrAsTheModelsOwnDataHasThem() throws {
    let workspace = try classifier(["a.csv": "body,n\nour guide was great,1\n", "b.csv": "1,my bag was awful\n"])
    let named = try workspace.seqtool("tag", "-m", "model", "a.csv", "--columns", "text=body")
    #expect(named.stdout == "body,n,label\nour guide was great,1,positive\n")
    let placed = try workspace.seqtool("tag", "-m", "model", "b.csv", "--no-header", "--text", "1")
    #expect(placed.stdout == "1,my bag was awful,negative\n")
    let unnamed = try workspace.seqtool("tag", "-m", "model", "a.csv")
    #expect(unnamed.status == 65 && unnamed.stderr.contains("say which column is the text: --text …"))

    let other = try Workspace.classification()
    for part in ["train", "dev", "test"] {
      let text = try other.text(part + ".csv").replacing("text,label", with: "v2,v1")
      try other.write(text, to: part + ".csv")
    }
    let config = TinyData.classifier.replacing(
      #""test": "test.csv""#, with: #""test": "test.csv", "columns": { "text": "v2", "label": "v1" }"#)
    try other.write(config, to: "config.json")
    #expect(try other.seqtool("fit", "-q", "config.json").status == 0)
    let own = try other.seqtool("tag", "test.csv")
    #expect(own.status == 0 && own.stdout.hasPrefix("v2,v1,label\n"), "\(own.stderr)")
    #expect(own.stdout.split(separator: "\n").count == 17)
    try other.write("{\"body\": \"my bag was awful\", \"gold\": \"negative\"}\n", to: "a.jsonl")
    let scored = try other.seqtool("eval", "--json", "a.jsonl", "--text", "body", "--label", "gold")
    #expect(scored.status == 0 && scored.account == "model model, 1 record of a.jsonl", "\(scored.stderr)")
    #expect(try object(scored.stdout)["sequences"] as? Int == 1)
  }

  @Test func anObjectKeepsItsMembers() throws {
    let workspace = try classifier([
      "a.jsonl":
        "{\"id\":7,\"text\":\"my bag was awful\",\"label\":{\"odd\":[1]}}\n{\"text\":\"our guide was great\"}\n"
    ])
    let result = try workspace.seqtool("tag", "-m", "model", "a.jsonl")
    #expect(
      result.stdout
        == "{\"id\":7,\"text\":\"my bag was awful\",\"label\":{\"odd\":[1]},\"predicted\":\"negative\"}\n"
        + "{\"text\":\"our guide was great\",\"label\":\"positive\"}\n", "\(result.stderr)")
    let table = try workspace.seqtool("tag", "-m", "model", "a.jsonl", "--to", "csv")
    #expect(table.stdout.hasPrefix("id,text,label,predicted\n7,my bag was awful,\"{\"\"odd\"\":[1]}\",negative\n"))
  }

  @Test func columnsGetOneMoreAndCoNLLUIsFilled() throws {
    let word = { (id: Int, form: String) in "\(id)\t\(form)\t_\tX\t_\t_\t0\tr\t_\t_\n" }
    let workspace = try tagger([
      "a.conll": "-DOCSTART- X\n\nto a\noslo b\n\nto c\nparis d\n",
      "a.conllu": "# text = to oslo\n1-2\ttooslo" + String(repeating: "\t_", count: 8) + "\n" + word(1, "to")
        + word(2, "oslo") + "\n",
    ])
    let columns = try workspace.seqtool("tag", "-m", "model", "a.conll")
    #expect(
      columns.stdout == "-DOCSTART- X\n\nto a O\noslo b B-city\n\nto c O\nparis d B-city\n\n", "\(columns.stderr)")
    let conllu = try workspace.seqtool("tag", "-m", "model", "a.conllu")
    let filled = try workspace.text("a.conllu").replacing("to\t_\tX", with: "to\t_\tO")
      .replacing("oslo\t_\tX", with: "oslo\t_\tB-city")
    #expect(conllu.stdout == filled, "\(conllu.stderr)")
    #expect(try workspace.seqtool("tag", "-m", "model", "a.conllu", "--offsets", "utf8").status == 64)
    let inline = try workspace.seqtool("tag", "-m", "model", "a.conll", "--to", "inline")
    #expect(inline.stdout == "to/O oslo/B-city\nto/O paris/B-city\n")
  }

  @Test func tokensThatAreGivenAreNotCutAgain() throws {
    let workspace = try tagger([
      "a.jsonl": "{\"text\":\"to  oslo\",\"tokens\":[\"to\",\"oslo\"]}\n{\"tokens\":[\"a b\"]}\n"
    ])
    let records = try objects(workspace.seqtool("tag", "-m", "model", "a.jsonl", "--spans").stdout)
    #expect(records[0]["tags"] as? [String] == ["O", "B-city"])
    let span = try #require((records[0]["spans"] as? [[String: Any]])?.first)
    #expect(span["start"] as? Int == 4 && span["end"] as? Int == 8)
    #expect((records[1]["tags"] as? [String])?.count == 1)
  }

  @Test func everyFormatGivesARecordForARecord() throws {
    let workspace = try classifier([
      "a.ft": "__label__x my bag was awful\n__label__y __label__z our guide was great\n",
      "a.pairs": "my bag was awful\tgold\nour guide was great\tgold\n", "c/neg/1.txt": "my bag was awful\n",
      "c/pos/2.txt": "our guide was great", "p/seq.in": "my bag was awful\nour guide was great\n",
      "a.txt": "my bag was awful\nour guide was great\n", "a.dat": "x my bag was awful\ny our guide was great\n",
    ])
    func output(_ arguments: String...) throws -> String {
      let result = try workspace.seqtool(["tag", "-q", "-m", "model"] + arguments)
      #expect(result.status == 0 && result.stderr == "", "\(result.stderr)")
      return result.stdout
    }
    for input in ["a.ft", "p", "a.txt"] { #expect(try output(input) == "negative\npositive\n") }
    #expect(try output("a.dat", "--from", "labelled") == "negative\npositive\n")
    #expect(try output("a.pairs") == "my bag was awful\tgold\tnegative\nour guide was great\tgold\tpositive\n")
    #expect(
      try output("c") == "file,line,label,predicted\nc/neg/1.txt,1,neg,negative\nc/pos/2.txt,1,pos,positive\n")
  }

  @Test func aFileNamedAsTheTrainingDataIsLaidOutAsItIs() throws {
    let workspace = try Workspace.tagging()
    for part in ["train", "dev", "test"] { try workspace.copy(part + ".conll", to: part + ".tsv") }
    let config = TinyData.tagger.replacing(".conll", with: ".tsv")
      .replacing("\"test\": \"test.tsv\"", with: "\"test\": \"test.tsv\", \"format\": \"columns\"")
    try workspace.write(config, to: "config.json")
    #expect(try workspace.seqtool("fit", "-q", "config.json").status == 0)
    let tagged = try workspace.seqtool("tag", "test.tsv")
    #expect(tagged.status == 0 && tagged.stdout.hasPrefix("fly\tO\tO\n"), "\(tagged.stderr)")
    #expect(try workspace.seqtool("eval", "test.tsv").account == "model model, 8 records of test.tsv")
  }

  @Test func bytesThatAreNotOfTheEncodingAreCountedAndStopNothing() throws {
    let workspace = try classifier([:])
    let line = Array("the coffee was ".utf8) + [0xE9, 0x0A]
    try workspace.write(
      (0..<5_000).flatMap { $0 % 1_000 == 999 ? line : Array("my bag was awful\n".utf8) }, to: "a.txt")
    try workspace.write(Array("text\n".utf8) + line + line, to: "a.csv")
    let lines = try workspace.seqtool("tag", "-m", "model", "a.txt")
    #expect(lines.status == 0 && lines.stdout.utf8.count { $0 == 0x0A } == 5_000)
    #expect(
      lines.complaints == ["warning: a.txt:1000:16: a byte that is not UTF-8 was read as U+FFFD, and 4 more like it"])
    let table = try workspace.seqtool("tag", "-m", "model", "a.csv")
    #expect(table.status == 0 && table.stdout.split(separator: "\n").count == 3)
    #expect(
      table.complaints == ["warning: a.csv:2:16: a byte that is not UTF-8 was read as U+FFFD, and 1 more like it"])
    #expect(try workspace.seqtool("tag", "-m", "model", "--strict", "a.csv").status == 65)
  }

  @Test(arguments: [
    ("id,text\n1,fine\n", "csv"), ("{\"text\": \"fine\"}\n", "jsonl"), ("to\tO\noslo\tB-city\n\nto\tO\n", "columns"),
  ])
  func linesThatLookLikeRecordsAreWarnedOf(text: String, format: String) throws {
    let workspace = try classifier(["a.txt": text])
    let input = try workspace.seqtool("tag", "-m", "model", stdin: text)
    #expect(input.complaints.count == 1, "\(input.stderr)")
    #expect(
      input.stderr.contains(
        "looks like \(format) but is read as plain lines (to change that: seqtool tag --from \(format); "))
    let file = try workspace.seqtool("tag", "-m", "model", "a.txt")
    #expect(file.stderr.contains("(to change that: seqtool tag --from \(format) a.txt;"))
    #expect(try workspace.seqtool("tag", "-m", "model", "--from", "lines", "a.txt").complaints == [])
  }

  @Test func ordinaryLinesAreNot() throws {
    let text = "Friendly staff, nice soup.\nA label, a text, and more\n\n\"Well,\" she said, \"no.\"\na\tb\n"
    #expect(try Fitted.classifier().seqtool("tag", stdin: text).complaints == [])
  }

  @Test(.timeLimit(.minutes(30))) func anObjectsAnswerComesBeforeTheNextIsSent() throws {
    let command = try Fitted.classifier().start(["tag", "--from", "jsonl"])
    for number in 1...3 {
      try command.send("{\"text\":\"my bag was awful\"}\n")
      try command.wait("answer \(number)") { $0.outputSoFar.split(separator: "\n").count == number }
    }
    #expect(try command.finish().status == 0)
  }

  @Test func manyRecordsWithLineBreaksKeepTheirOrder() throws {
    let rows = (0..<3_000).map { "\($0),\"my bag\nwas \($0 % 2 == 0 ? "awful" : "great")\"\n" }
    let workspace = try classifier(["a.csv": "id,text\n" + rows.joined()])
    let result = try workspace.seqtool("tag", "-m", "model", "a.csv")
    let records = result.stdout.components(separatedBy: "\n").filter { $0.first?.isNumber == true }
    #expect(records.map { Int($0.prefix { $0 != "," }) } == Array(0..<3_000))
    #expect(result.account == "model model, 3000 records of a.csv")
  }

  @Test func quietSaysNothing() throws {
    let result = try Fitted.classifier().seqtool("eval", "-q")
    #expect(result.status == 0 && result.stderr == "")
    #expect(try Fitted.classifier().seqtool("eval").account == "model model, 16 records of test.csv")
  }
}
