import SeqTestSupport
import Testing

/// `data` on formats of folders, lines and other encodings, as a user runs it.
struct DataFormatTests {
  private func reviews() throws -> Workspace {
    let workspace = try Workspace()
    for part in ["train", "test"] {
      for (label, words) in [("pos", "fine"), ("neg", "dull")] {
        for number in 0..<5 {
          try workspace.write("\(words) \(part) \(number)", to: "set/\(part)/\(label)/\(number).txt")
        }
      }
    }
    try workspace.write("fine train 3", to: "set/test/pos/7.txt")
    return workspace
  }

  @Test func aFolderOfClassesIsCheckedAsItIs() throws {
    let workspace = try reviews()
    let result = try workspace.seqtool("data", "check", "--train", "set/train", "--test", "set/test")
    #expect(result.status == 0 && result.stderr == "", "\(result.stderr)")
    #expect(
      result.stdout.contains(
        "set/test/pos/7.txt:1:1: warning: \"fine train 3\" is also in train, set/train/pos/3.txt:1"
          + " (try --fix with --drop leaks) [leak]\n"))
    let mended = try workspace.seqtool(
      "data", "check", "set/train", "set/test", "--fix", "mended", "--drop", "leaks", "--limit", "1")
    #expect(mended.status == 0 && workspace.exists("mended/test/pos/7.txt"), "\(mended.stderr)")
    #expect(!workspace.exists("mended/train/pos/3.txt") && workspace.exists("mended/train/pos/4.txt"))
    let parts = try workspace.seqtool("data", "split", "set/train", "--to", "parts", "--dev", "0", "--test", "0.4")
    #expect(parts.status == 0 && workspace.files("parts/test").count == 4, "\(parts.stderr)")
  }

  @Test func theAnswerOfJSONLinesIsTold() throws {
    let workspace = try Workspace()
    let tags = "{\"tokens\": [\"a\", \"b\"], \"tags\": [\"O\", \"B-X\"]}\n{\"tokens\": [\"c\"], \"tags\": [\"I-X\"]}\n"
    try workspace.write(tags, to: "train.jsonl")
    let result = try workspace.seqtool("data", "check", "train.jsonl")
    #expect(result.status == 1)
    #expect(result.stdout.hasPrefix("train.jsonl:2:28: error: I-X at the start of the sentence"), "\(result.stdout)")
    try workspace.write("{\"text\": \"new york\", \"spans\": [[0, 8, \"city\"]]}\n", to: "spans.jsonl")
    #expect(try workspace.seqtool("data", "describe", "spans.jsonl").stdout.contains("I-city"))
  }

  @Test func readingHasTheSameFlagsEverywhere() throws {
    let workspace = try Workspace()
    try workspace.write("good,x\nbad,y\n", to: "data.csv")
    for flags in ["", "--columns text=0,label=1", "--text 0 --label 1"] {
      let checked = try workspace.shell("\"$seqtool\" data check data.csv --no-header \(flags)")
      #expect(checked.status == 0, "\(checked.stdout)")
      let converted = try workspace.shell(
        "\"$seqtool\" convert data.csv - --to fasttext --no-header \(flags)")
      #expect(converted.stdout == "__label__x good\n__label__y bad\n", "\(converted.stderr)")
    }
    let limit = try workspace.seqtool("data", "check", "data.csv", "--no-header", "--maximum-line-bytes", "3")
    #expect(limit.status == 1 && limit.stdout.contains("longer than the limit of 3 bytes"), "\(limit.stdout)")
    #expect(try workspace.seqtool("data", "check", "data.csv", "--columns", "txt=0").status == 64)
  }

  @Test func utf16IsCheckedButNotCut() throws {
    let workspace = try Workspace()
    let text = "\u{FEFF}text,label\nfine,a\ndull,b\nc\n"
    try workspace.write(text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, to: "data.csv")
    let checked = try workspace.seqtool("data", "check", "data.csv", "--encoding", "utf-16")
    #expect(checked.status == 1 && checked.stdout.hasPrefix("data.csv:4:2: error: 1 column, expected 2"))
    let fixed = try workspace.seqtool("data", "check", "data.csv", "--encoding", "utf-16", "--fix", "out")
    #expect(fixed.status == 65 && !workspace.exists("out"))
    #expect(fixed.stderr.contains("seqtool convert data.csv … --encoding utf-16"), "\(fixed.stderr)")
  }

  @Test func tokensOfAnyKind() throws {
    let workspace = try Workspace()
    try workspace.write(TinyData.csv(40, seed: 1), to: "train.csv")
    for kind in ["character", "whitespace", "word", "byte", "penn", "chinese"] {
      #expect(try workspace.seqtool("data", "describe", "train.csv", "--tokens", kind).status == 0, "\(kind)")
    }
    let refused = try workspace.seqtool("data", "check", "train.csv", "--tokens", "bpe")
    #expect(refused.status == 64 && refused.stderr.contains("name a config whose tokenizer has it"))
    for kind in ["bpe", "unigram"] {
      let trained = try workspace.seqtool(
        "tokenizer", "train", "train.csv", "--kind", kind, "--size", "280", "--output", "pieces")
      #expect(trained.status == 0, "\(trained.stderr)")
      try workspace.write(
        """
        {"task": "classification", "data": {"train": "train.csv"}, "tokenizer": {"kind": "\(kind)", "file": "pieces"}}
        """, to: "config.json")
      let result = try workspace.seqtool("data", "describe", "config.json")
      #expect(result.status == 0 && result.stdout.contains("train"), "\(result.stderr)")
    }
  }
}
