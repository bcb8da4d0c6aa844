import SeqTestSupport
import Testing

/// A tagger that learned from tokens reads raw text: it is cut as the training data is.
struct RawTextTests {
  private static let cities = ["Berlin", "Paris", "Rome", "Oslo", "Madrid", "Vienna"]

  /// Sentences of tokens with signs and contractions.
  private func sentences(_ shift: Int) -> [[(String, String)]] {
    (0..<60).map { i in
      let city = (Self.cities[(i + shift) % Self.cities.count], "B-city")
      func plain(_ text: String) -> [(String, String)] { text.split(separator: " ").map { (String($0), "O") } }
      switch i % 4 {
      case 0: return plain("I live in") + [city] + plain(".")
      case 1: return plain("We fly to") + [city] + plain(", then home .")
      case 2: return plain("Do n't go to") + [city] + plain("!")
      default: return plain("Is") + [city] + plain("nice ?")
      }
    }
  }

  private func columns(_ sentences: [[(String, String)]]) -> String {
    sentences.map { $0.map { "\($0.0)\t\($0.1)\n" }.joined() + "\n" }.joined()
  }

  private func workspace(_ tokenizer: String = #"{ "kind": "whitespace" }"#) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(columns(sentences(0)), to: "train.conll")
    try workspace.write(columns(sentences(1)), to: "test.conll")
    try workspace.write(
      """
      { "task": "tagging", "data": { "train": "train.conll", "test": "test.conll" }, "tokenizer": \(tokenizer),
        "model": { "embedding": 12, "hidden": 8 },
        "training": { "epochs": 12, "optimizer": { "kind": "adam", "learningRate": 0.03 } }, "output": "model" }
      """, to: "config.json")
    return workspace
  }

  private func tokens(of line: String, _ workspace: Workspace) throws -> [String] {
    let result = try workspace.seqtool("tag", "--format", "jsonl", stdin: line + "\n")
    return try #require(object(result.stdout)["tokens"] as? [String], "\(result.stderr)")
  }

  @Test func signsAreCutOffThoughTheKindIsWhitespace() throws {
    let workspace = try workspace()
    let fit = try workspace.seqtool("fit", "config.json")
    #expect(
      fit.stderr.contains(
        "raw text will be split by penn; this reproduces 100.0 % of the data's tokens"), "\(fit.stderr)")
    #expect(
      try tokens(of: "Don't fly to Oslo, please!", workspace) == ["Do", "n't", "fly", "to", "Oslo", ",", "please", "!"])
    let tagged = try workspace.seqtool("tag", "--format", "inline", stdin: "I live in Berlin.\n")
    #expect(tagged.stdout == "I/O live/O in/O Berlin/B-city ./O\n", "\(tagged.stdout)")
    let saved = try #require(object(workspace.text("model/config.json"))["tokenizer"] as? [String: Any])
    #expect(saved["raw"] as? String == "penn" && saved["kind"] as? String == "whitespace")
  }

  @Test func offsetsAreThoseOfTheRawText() throws {
    let workspace = try workspace()
    try workspace.seqtool("fit", "config.json")
    let result = try workspace.seqtool("tag", "--offsets", "scalar", stdin: "Is Rome nice?\n")
    let rows = result.stdout.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    #expect(
      rows.map { [$0[0]] + $0.suffix(2) } == [
        ["Is", "0", "2"], ["Rome", "3", "7"], ["nice", "8", "12"], ["?", "12", "13"],
      ])
  }

  @Test func theConfigMaySayWhatCutsRawText() throws {
    let workspace = try workspace(#"{ "raw": "whitespace" }"#)
    let fit = try workspace.seqtool("fit", "config.json")
    #expect(fit.status == 0 && !fit.stderr.contains("raw text"), "\(fit.stderr)")
    #expect(try tokens(of: "Is Rome nice?", workspace) == ["Is", "Rome", "nice?"])
  }

  @Test func aModelOfBeforeCutsByItsKind() throws {
    let workspace = try workspace()
    try workspace.seqtool("fit", "config.json")
    let config = try workspace.text("model/config.json").replacing(",\n    \"raw\": \"penn\"", with: "")
    #expect(!config.contains("\"raw\""))
    try workspace.write(config, to: "model/config.json")
    #expect(try tokens(of: "Is Rome nice?", workspace) == ["Is", "Rome", "nice?"])
  }

  /// Sentences of CoNLL-U with their texts, which no tokenizer cuts so: hyphens are tokens, numbers have none.
  private func conllu() -> String {
    let words = ["ice-cream", "e-mail", "know-how", "sky-blue", "add-on"]
    return (0..<80).map { i in
      let word = words[i % words.count]
      let parts = word.split(separator: "-")
      let tokens = ["The", String(parts[0]), "-", String(parts[1]), "costs", "\(i + 1)$", "."]
      let lines = tokens.enumerated().map { k, token in
        "\(k + 1)\t\(token)\t_\t\(["-", "."].contains(token) ? "PUNCT" : "X")\t_\t_\t_\t_\t_\t_\n"
      }
      return "# text = The \(word) costs \(i + 1)$.\n" + lines.joined() + "\n"
    }.joined()
  }

  @Test func whatNoTokenizerDoesIsLearnedFromTheTextsOfTheData() throws {
    let workspace = try workspace()
    try workspace.write(conllu(), to: "train.conllu")
    let fit = try workspace.seqtool(
      "fit", "config.json", "--set", "data.train=train.conllu", "--set", "data.test=train.conllu", "--set",
      "training.epochs=1")
    #expect(fit.stderr.contains("with corrections learned from the data; this reproduces"), "\(fit.stderr)")
    #expect(!fit.stderr.contains("warning: raw text"))
    #expect(
      try tokens(of: "The web-site costs 7$.", workspace) == ["The", "web", "-", "site", "costs", "7$", "."])
    #expect(workspace.files("model/vocabulary").contains("raw-cuts.txt"))
    try workspace.seqtool("tokenizer", "apply", "--model", "model", stdin: "x")
    try workspace.remove("model/vocabulary/raw-cuts.txt")
    let damaged = try workspace.seqtool("tag", stdin: "x\n")
    #expect(damaged.status == 65 && damaged.stderr.contains("raw-cuts.txt missing"), "\(damaged.stderr)")
  }

  @Test func aClassifierOfTokensReadsRawTextToo() throws {
    let workspace = try Workspace()
    let lines = (0..<60).map { i in
      #"{"tokens": ["It", "was", "\#(i % 2 == 0 ? "great" : "bad")", ",", "Ann", "\#(i % 3 == 0 ? "." : "!")"], "label": "\#(i % 2)"}"#
    }
    try workspace.write(lines.joined(separator: "\n") + "\n", to: "train.jsonl")
    try workspace.write(
      """
      { "task": "classification", "data": { "train": "train.jsonl" }, "tokenizer": { "kind": "whitespace" },
        "model": { "embedding": 8, "hidden": 4 }, "training": { "epochs": 1 }, "output": "model" }
      """, to: "config.json")
    let fit = try workspace.seqtool("fit", "config.json")
    #expect(fit.stderr.contains("raw text will be split by word; this reproduces 100.0 %"), "\(fit.stderr)")
    let saved = try #require(object(workspace.text("model/config.json"))["tokenizer"] as? [String: Any])
    #expect(saved["raw"] as? String == "word")
  }

  @Test func anInterruptedFitGoesOnWithTheSameTokenizer() throws {
    let workspace = try workspace(#"{ "kind": "whitespace", "raw": "auto" }"#)
    #expect(try workspace.seqtool("fit", "-q", "config.json").status == 0)
    let other = try workspace.seqtool("fit", "config.json", "--set", "tokenizer.raw=bpe")
    #expect(other.status == 65 && other.stderr.contains("tokenizer.raw"), "\(other.stderr)")
    let generator = try workspace.seqtool(
      "fit", "config.json", "--set", "tokenizer.rawCuts=x.txt")
    #expect(
      generator.status == 65 && generator.stderr.contains("only applies to the raw tokenizers"), "\(generator.stderr)")
  }
}
