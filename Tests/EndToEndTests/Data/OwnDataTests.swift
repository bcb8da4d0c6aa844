import SeqTestSupport
import Testing

/// Data as people have it, with what spreadsheets, corpora and old machines make of it, through all commands.
struct OwnDataTests {
  private static let rows = [("good soup", "pos"), ("bad fish", "neg"), ("fine, cake", "pos"), ("dull tea", "neg")]

  private func table(_ delimiter: String, repeated count: Int = 5) -> String {
    let rows = (0..<count).map { number in
      Self.rows.map { "\"\($0) \(number)\"\(delimiter)\($1)\n" }.joined()
    }
    return "text\(delimiter)label\n" + rows.joined()
  }

  private func workspace(_ data: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(
      """
      {"task": "classification", "data": {"train": "train.csv", "split": {"dev": 0, "test": 0}\(data)},
       "model": {"embedding": 4, "hidden": 4}, "training": {"epochs": 1, "threads": 1}, "output": "model"}
      """, to: "config.json")
    return workspace
  }

  @Test func aTableOfSemicolonsNamesItsDelimiterAndIsRead() throws {
    let workspace = try workspace("")
    try workspace.write(table(";"), to: "train.csv")
    let fit = try workspace.seqtool("fit", "-q", "config.json")
    #expect(fit.status == 65)
    #expect(
      fit.complaints == [
        "error: train.csv:1: no column \"text\": the header has one column \"text;label\", which looks separated by "
          + "semicolons (set \"delimiter\": \";\")"
      ])
    let check = try workspace.seqtool("data", "check", "train.csv")
    #expect(check.stdout.contains("separated by semicolons (try: use --delimiter ';')"), "\(check.stdout)")
    #expect(try workspace.seqtool("fit", "-q", "config.json", "--set", "data.delimiter=;").status == 0)
    #expect(try workspace.text("model/config.json").contains("\"delimiter\": \";\""))
    #expect(try workspace.seqtool("data", "check", "train.csv", "--delimiter", ";").status == 0)
    let back = try workspace.seqtool(
      "convert", "train.csv", "-", "--to", "tsv", "--delimiter", ";", "--write-delimiter", "|")
    #expect(back.status == 0 && back.stdout.hasPrefix("text|label\ngood soup 0|pos\n"), "\(back.stderr)")
    for wrong in ["ab", "x", ""] {
      #expect(try workspace.seqtool("data", "check", "train.csv", "--delimiter", wrong).status == 64)
    }
    let key = try workspace.seqtool("fit", "-q", "config.json", "--set", "data.delimiter=ab")
    #expect(key.status == 65 && key.stderr.contains("expected one character as the delimiter, found \"ab\""))
  }

  @Test func excelsFirstLineIsObeyedByEveryCommand() throws {
    let workspace = try workspace("")
    try workspace.write("sep=;\r\n" + table(";").replacing("\n", with: "\r\n"), to: "train.csv")
    #expect(try workspace.seqtool("fit", "-q", "config.json").status == 0)
    #expect(try workspace.seqtool("data", "check", "train.csv").status == 0)
    let split = try workspace.seqtool("data", "split", "train.csv", "--to", "parts", "--dev", "0.2", "--test", "0.2")
    #expect(split.status == 0, "\(split.stderr)")
    #expect(try workspace.text("parts/dev.csv").hasPrefix("sep=;\r\ntext;label\r\n\""))
    #expect(try workspace.seqtool("data", "check", "parts/train.csv", "--fix", "mended").status == 0)
  }

  @Test func columnsWithoutNamesAreNoMistake() throws {
    let workspace = try workspace(", \"encoding\": \"latin-1\", \"columns\": {\"text\": \"v2\", \"label\": \"v1\"}")
    let rows = (0..<6).map { "ham,see you at \($0),,,\nspam,\"now, call \($0)\",\" so, I\",,\n" }.joined()
    try workspace.write(
      Array("v1,v2,,,\n".utf8) + Array(rows.utf8) + Array("spam,".utf8) + [0xA3] + Array("5,,,\n".utf8), to: "train.csv"
    )
    #expect(try workspace.seqtool("fit", "-q", "config.json").status == 0)
    try workspace.write("text,text,label\ngood,x,pos\nbad,y,neg\n", to: "dup.csv")
    let first = try workspace.seqtool("convert", "dup.csv", "-", "--to", "jsonl")
    #expect(first.stdout.hasPrefix("{\"text\":\"good\",\"label\":\"pos\",\"text_1\":\"x\"}\n"), "\(first.stdout)")
    #expect(
      first.complaints == [
        "warning: dup.csv:1:6: the header names \"text\" twice, as columns 0 and 1; the first one is read "
          + "(--text 1 reads the other)", "2 records",
      ])
    let other = try workspace.seqtool("convert", "dup.csv", "-", "--to", "jsonl", "--text", "1")
    #expect(other.stdout.hasPrefix("{\"text\":\"x\",\"label\":\"pos\",\"text_0\":\"good\"}\n"), "\(other.stdout)")
    #expect(other.complaints == ["2 records"])
  }

  @Test func aStrayQuoteMarkIsToldByEveryCommand() throws {
    let workspace = try Workspace()
    try workspace.write(
      "text\tlabel\ngood soup\tpos\n\"Fine, he said\tneg\nbad fish\tneg\na screen of 5 inch\"\tpos\nfine cake\tpos\n",
      to: "inch.tsv")
    let warning =
      "warning: inch.tsv:3:1: this quoted field runs over 3 lines that look like rows (close the quote mark, or use "
      + "--no-quoting)"
    let check = try workspace.seqtool("data", "check", "inch.tsv")
    #expect(check.complaints == [warning], "\(check.stderr)")
    let converted = try workspace.seqtool("convert", "inch.tsv", "-", "--to", "jsonl")
    #expect(converted.complaints == [warning, "3 records"])
    let literal = try workspace.seqtool("convert", "inch.tsv", "-", "--to", "jsonl", "--no-quoting")
    #expect(literal.complaints == ["5 records"])
    try workspace.write("text\tlabel\na\tx\n\"oops\tx\n\"ok\"\ty\n", to: "reclosed.tsv")
    let reclosed = try workspace.seqtool("convert", "reclosed.tsv", "-", "--to", "jsonl")
    #expect(reclosed.status == 65 && reclosed.stderr.contains("or use --no-quoting)"), "\(reclosed.stderr)")
  }

  @Test func windows1252IsNamedAndRead() throws {
    let workspace = try workspace("")
    try workspace.write(
      Array(table(",").utf8) + Array("it".utf8) + [0x92] + Array("s ".utf8) + [0x80] + Array(" good,pos\n".utf8),
      to: "train.csv")
    let check = try workspace.seqtool("data", "check", "train.csv")
    #expect(check.stdout.contains("in Windows-1252 it is \"\u{2019}\" (try --encoding windows-1252, or --fix)"))
    #expect(try workspace.seqtool("data", "check", "train.csv", "--encoding", "windows-1252").status == 0)
    let converted = try workspace.seqtool("convert", "train.csv", "-", "--to", "jsonl", "--encoding", "windows-1252")
    #expect(converted.stdout.contains("it\u{2019}s \u{20AC} good"))
    let fit = try workspace.seqtool("fit", "-q", "config.json")
    #expect(fit.status == 65 && fit.stderr.contains("say so: \"encoding\": \"windows-1252\""), "\(fit.stderr)")
    #expect(try workspace.seqtool("fit", "-q", "config.json", "--set", "data.encoding=windows-1252").status == 0)
    let replaced = try workspace.seqtool(
      "fit", "-q", "config.json", "--set", "output=model2", "--set", "data.invalidBytes=replace")
    #expect(
      replaced.stderr.contains("train.csv:22:3: a byte that is not UTF-8 was read as U+FFFD, and 1 more like it"),
      "\(replaced.stderr)")
  }

  @Test func aLabelInTwoFormsIsOneLabelEverywhere() throws {
    let workspace = try Workspace()
    let rows = (0..<6).map { "good one \($0),caf\u{E9}\nbad two \($0),the\n" }.joined()
    try workspace.write("text,label\n" + rows, to: "train.csv")
    try workspace.write("text,label\ngood one,cafe\u{301}\nbad two,the\n", to: "test.csv")
    try workspace.write(
      """
      {"task": "classification", "data": {"train": "train.csv", "dev": "train.csv", "test": "test.csv"},
       "tokenizer": {"normalization": "none"}, "model": {"embedding": 8, "hidden": 8},
       "training": {"epochs": 20, "threads": 1, "optimizer": {"kind": "adam", "learningRate": 0.03}}, "output": "model"}
      """, to: "config.json")
    #expect(try workspace.seqtool("fit", "-q", "config.json").status == 0)
    let eval = try workspace.seqtool("eval", "--json", "--model", "model")
    #expect(eval.stdout.contains("\"accuracy\": 1"), "\(eval.stdout) \(eval.stderr)")
    let check = try workspace.seqtool("data", "check", "config.json")
    #expect(!check.stdout.contains("never occurs") && check.stdout.contains("[decomposed]"), "\(check.stdout)")
  }

  @Test func aTaggerPassesOverCommentsAndTokensWithoutTags() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      {"task": "tagging", "data": {"train": "train.conll", "split": {"dev": 0, "test": 0}},
       "model": {"embedding": 4, "hidden": 4}, "training": {"epochs": 1, "threads": 1}, "output": "model"}
      """, to: "config.json")
    try workspace.write((1...4).map { "# \($0)\nAda B-PER\nruns O\n\n" }.joined(), to: "train.conll")
    let fit = try workspace.seqtool("fit", "config.json")
    #expect(fit.status == 0 && fit.stderr.contains("these lines are read as comments"), "\(fit.stderr)")
    #expect(try workspace.text("model/vocabulary/labels.txt") == "B-PER\nO\n")
    let word = { (number: Int, form: String, tag: String) in "\(number)\t\(form)\t_\t\(tag)\t_\t_\t0\troot\t_\t_\n" }
    let full = word(1, "They", "PRON") + word(2, "buy", "VERB") + "\n"
    try workspace.write(full + word(1, "They", "PRON") + word(2, "books", "_") + "\n" + full, to: "train.conllu")
    let missing = try workspace.seqtool(
      "fit", "config.json", "--set", "output=model3", "--set", "data.train=train.conllu")
    #expect(missing.status == 0, "\(missing.stderr)")
    #expect(missing.stderr.contains("1 of 3 sentences is left out because it lacks tags"), "\(missing.stderr)")
    #expect(try workspace.text("model3/vocabulary/labels.txt") == "PRON\nVERB\n")
    let split = try workspace.seqtool("data", "split", "train.conllu", "--to", "parts", "--dev", "0", "--test", "0.4")
    #expect(split.status == 0, "\(split.stderr)")
    try workspace.write("# global.columns = ID FORM UPOS\n1\tThey\tPRON\n2\tbuy\tVERB\n\n", to: "plus.conllup")
    let plus = try workspace.seqtool(
      "fit", "-q", "config.json", "--set", "output=model4", "--set", "data.train=plus.conllup")
    #expect(plus.status == 0, "\(plus.stderr)")
  }

  @Test func aGivenTagInAnotherFormIsTheTag() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      {"task": "tagging", "data": {"train": "train.conll", "split": {"dev": 0, "test": 0}},
       "model": {"embedding": 4, "hidden": 4}, "training": {"epochs": 1, "threads": 1}, "output": "model"}
      """, to: "config.json")
    try workspace.write(String(repeating: "Ada\tcaf\u{E9}\nruns\tO\n\n", count: 4), to: "train.conll")
    #expect(try workspace.seqtool("fit", "-q", "config.json").status == 0)
    let result = try workspace.seqtool("tag", "--force", "--format", "inline", stdin: "Ada/cafe\u{301} runs/O\n")
    #expect(result.status == 0, "\(result.stderr)")
    #expect(Array(result.stdout.utf8) == Array("Ada/caf\u{E9} runs/O\n".utf8))
  }
}
