import SeqTestSupport
import Testing

/// `tokenizer apply`, `train` and `decode`, tokenisers in a config, and `--offsets`.
struct TokenizerTests {
  private static let mixed = "I can't 用iPhone 15, e\u{301}👩‍🚀!"

  @Test(arguments: [
    ("word", "I can't 用 iPhone 15 , \u{E9} 👩‍🚀 !"), ("whitespace", "I can't 用iPhone 15, \u{E9}👩‍🚀!"),
    ("penn", "I ca n't 用iPhone 15 , \u{E9}👩‍🚀 !"), ("chinese", "I can't 用 iPhone 15 , \u{E9} 👩‍🚀 !"),
  ])
  func applyWritesALineOfTokensForEachLine(kind: String, expected: String) throws {
    let result = try Workspace().seqtool("tokenizer", "apply", "--tokenizer", kind, stdin: "\(Self.mixed)\r\n\nend\n")
    #expect(result.status == 0 && result.stderr == "")
    let lines = result.stdout.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.map { Array($0.utf8) } == [expected, "", "end", ""].map { Array($0.utf8) })
  }

  @Test func whiteSpaceIsWrittenAsInAVocabulary() throws {
    let result = try Workspace().seqtool("tokenizer", "apply", "--tokenizer", "character", stdin: "a \tb\\\n")
    #expect(result.stdout == "a \\u{20} \\t b \\\\\n")
  }

  @Test(arguments: [
    ("utf8", "[0,2,16]", "[1,12,17]"), ("utf16", "[0,2,8]", "[1,7,9]"), ("scalar", "[0,2,7]", "[1,5,8]"),
    ("grapheme", "[0,2,5]", "[1,4,6]"),
  ])
  func offsetsCountInTheUnitThatIsAskedFor(unit: String, starts: String, ends: String) throws {
    let line = "a 👩‍🚀中🇩🇪 "
    let apply = ["tokenizer", "apply", "--tokenizer", "regex", "--pattern", #"\w|👩\u{200D}🚀"#, "--format", "jsonl"]
    let result = try Workspace().start(apply + ["--offsets", unit]).finish(sending: line + "\n")
    #expect(result.status == 0, "\(result.stderr)")
    let json = try object(result.stdout)
    let tokens = try #require(json["tokens"] as? [String])
    #expect(tokens == ["a", "👩‍🚀", "中"])
    let first = try #require(json["starts"] as? [Int])
    let last = try #require(json["ends"] as? [Int])
    let units: (String) -> Int =
      switch unit {
      case "utf8": { $0.utf8.count }
      case "utf16": { $0.utf16.count }
      case "scalar": { $0.unicodeScalars.count }
      default: { $0.count }
      }
    #expect(zip(first, last).map { $1 - $0 } == tokens.map(units))
    #expect(first[1] == 2 && first[2] == last[1])
  }

  @Test(arguments: ["bpe", "unigram"]) func whatIsTrainedWritesAnyTextAndGivesItBack(kind: String) throws {
    let workspace = try Workspace.classification(texts: 160)
    let train = ["tokenizer", "train", "train.csv", "--kind", kind, "--size", "500"]
    let result = try workspace.start(train + ["--output", "a.pieces"]).finish()
    #expect(result.status == 0 && result.stdout == "", "\(result.stderr)")
    try workspace.start(train + ["--output", "b.pieces"]).finish()
    #expect(try workspace.bytes("a.pieces") == workspace.bytes("b.pieces"))
    let text = "the coffee was great\n \u{2581}Ġ e\u{301}\t\\ 中文 👩‍🚀 <0x41>\n\n\u{200B}\u{FEFF}x\n"
    let pieces = try workspace.seqtool("tokenizer", "apply", "--tokenizer", kind, "--file", "a.pieces", stdin: text)
    #expect(pieces.status == 0)
    let again = try workspace.seqtool("tokenizer", "decode", "--file", "a.pieces", stdin: pieces.stdout)
    #expect(Array(again.stdout.utf8) == Array(text.utf8), "\(again.stderr)")
    let wrong = try workspace.seqtool("tokenizer", "decode", "--file", "a.pieces", stdin: "no-such-piece\n")
    expectErrors(
      wrong, 65,
      [
        "standard input:1: \"no-such-piece\" is not a piece of a.pieces (give the output that seqtool tokenizer apply "
          + "wrote with this file)"
      ])
  }

  /// A blank and the mark that begins a piece are one character, but not one byte.
  @Test func piecesThatBeginWithAMarkArePutTogether() throws {
    let workspace = try Workspace()
    let text = "cafe\u{301}\ncafe\u{301} x\nab\n"
    try workspace.write(text, to: "lines.txt")
    _ = try workspace.seqtool(
      "tokenizer", "train", "lines.txt", "--kind", "unigram", "--size", "300", "--output", "a.pieces")
    let apply = ["tokenizer", "apply", "--tokenizer", "unigram", "--file", "a.pieces", "lines.txt"]
    let pieces = try workspace.start(apply).finish()
    let again = try workspace.seqtool("tokenizer", "decode", "--file", "a.pieces", stdin: pieces.stdout)
    #expect(Array(again.stdout.utf8) == Array(text.utf8), "\(again.stderr)")
  }

  @Test(arguments: ["bpe", "unigram"]) func aModelIsWholeWithoutItsTokenizersFile(kind: String) throws {
    let workspace = try Workspace.classification(texts: 160)
    let train = ["tokenizer", "train", "train.csv", "--kind", kind, "--size", "400", "--lowercase", "-o", "p.txt"]
    #expect(try workspace.start(train).finish().status == 0)
    let fit = try workspace.seqtool(
      "fit", "-q", "config.json", "--set", "tokenizer.kind=\(kind)", "--set", "tokenizer.file=p.txt", "--set",
      "training.epochs=12")
    #expect(fit.status == 0, "\(fit.stderr)")
    let before = try workspace.seqtool("tag", "--model", "model", "-p", stdin: "the coffee was great\n")
    try workspace.remove("p.txt")
    let after = try workspace.seqtool("tag", "--model", "model", "-p", stdin: "the coffee was great\n")
    #expect(before.stdout == after.stdout && after.stdout.hasPrefix("positive\t"))
    let tokens = try workspace.seqtool("tokenizer", "apply", "--model", "model", stdin: "COFFEE\n")
    #expect(
      tokens.status == 0 && !tokens.stdout.contains("C") && tokens.stdout.split(separator: " ").joined() == "coffee\n")
    // The model's own config fits the same model again.
    let model = try workspace.bytes("model/model.safetensors")
    #expect(try workspace.seqtool("fit", "-q", "model/config.json").status == 0)
    #expect(try workspace.bytes("model/model.safetensors") == model)
    try workspace.remove("model/vocabulary/subwords.txt")
    expectErrors(
      try workspace.seqtool("tag", "--model", "model", stdin: "a\n"), 65,
      ["model: the model is damaged: vocabulary/subwords.txt missing"])
  }

  @Test func aTaggerSaysWhereItsTokensStand() throws {
    let tagger = try Fitted.tagger()
    let columns = try tagger.seqtool("tag", "--offsets", "scalar", stdin: "😀 fly to oslo\n")
    #expect(columns.status == 0, "\(columns.stderr)")
    let ends = columns.stdout.split(separator: "\n").map { $0.split(separator: "\t").suffix(2).joined(separator: "-") }
    #expect(ends == ["0-1", "2-5", "6-8", "9-13"])
    let json = try object(tagger.seqtool("tag", "--offsets", "utf16", "--format", "jsonl", stdin: "😀 fly\n").stdout)
    #expect(json["starts"] as? [Int] == [0, 3] && json["ends"] as? [Int] == [2, 6])
    let classifier = try Fitted.classifier().seqtool("tag", "--offsets", "utf8", stdin: "a\n")
    expectErrors(
      classifier, 64, ["--offsets only applies to taggers; this model is a classifier (leave it out)"])
  }

  @Test func mistakesInAConfigAreFoundBeforeTheFit() throws {
    func complaint(_ overrides: String...) throws -> String {
      let workspace = try Workspace.classification(texts: 160)
      let result = try workspace.start(["fit", "config.json"] + overrides.flatMap { ["--set", $0] }).finish()
      #expect([65, 66].contains(result.status))
      return result.stderr
    }
    #expect(try complaint("tokenizer.kind=regex").contains("tokenizer.pattern: missing"))
    #expect(
      try complaint("tokenizer.kind=regex", "tokenizer.pattern=(a").contains(
        "tokenizer.pattern: character 1 of the pattern: a ( without a )"))
    #expect(try complaint("tokenizer.kind=bpe").contains("tokenizer.file: missing"))
    #expect(
      try complaint("tokenizer.kind=bpe", "tokenizer.file=none.txt")
        .contains("--set tokenizer.file=none.txt: tokenizer.file: none.txt: no such file"))
    #expect(
      try complaint("tokenizer.kind=bpe", "tokenizer.file=train.csv").contains("train.csv:1: expected \"#version"))
    #expect(try complaint("tokenizer.pattern=a").contains("only applies to the kind regex"))
    #expect(
      try complaint("tokenizer.kind=unigram", "tokenizer.file=train.csv", "tokenizer.lowercase=true").contains(
        "is set in the tokenizer's file"))
  }

  @Test func usage() throws {
    let workspace = try Workspace()
    try workspace.write("a b\n", to: "a.txt")
    for arguments in [
      ["apply", "--tokenizer", "regex"], ["apply", "--tokenizer", "bpe"], ["apply", "--pattern", "a"],
      ["apply", "--model", "m", "--tokenizer", "word"], ["apply", "--offsets", "utf8", "--format", "lines"],
      ["train", "a.txt", "--size", "256", "-o", "x"], ["train", "a.txt"],
      ["train", "a.txt", "--kind", "unigram", "--minimum-count", "3", "-o", "x"],
    ] {
      #expect(try workspace.start(["tokenizer"] + arguments).finish().status == 64, "\(arguments)")
    }
    let missing = try workspace.seqtool("tokenizer", "train", "b.txt", "-o", "x")
    #expect(missing.status == 66 && missing.stderr.contains("did you mean \"a.txt\"?"))
    try workspace.write("\n\n", to: "empty.txt")
    #expect(try workspace.seqtool("tokenizer", "train", "empty.txt", "-o", "x").status == 65)
    #expect(!workspace.exists("x"))
  }
}
