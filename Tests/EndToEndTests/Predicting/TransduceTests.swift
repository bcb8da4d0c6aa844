import Foundation
import SeqTestSupport
import Testing

/// `seqtool transduce` and `eval` on a model that reverses short words.
@Suite struct TransduceTests {
  @Test func `n lines in, n records out, empty ones too`() throws {
    let result = try Self.fitted().seqtool("transduce", "--model", "model", stdin: "abc\n\nca\n")
    #expect(result.status == 0 && result.stdout == "cba\n\nac\n", "\(result.stdout) \(result.stderr)")
  }

  @Test func `a table keeps its columns, an object its members`() throws {
    let workspace = try Self.fitted()
    try workspace.write("word,n\nabc,1\nca,2\n", to: "words.csv")
    try workspace.write("{\"word\":\"abc\",\"target\":7}\n", to: "words.jsonl")
    try workspace.write("abc\tx\n", to: "words.pairs")
    func output(_ arguments: String...) throws -> String {
      let result = try workspace.seqtool(["transduce", "-m", "model"] + arguments)
      #expect(result.status == 0 && result.complaints == [], "\(result.stderr)")
      return result.stdout
    }
    #expect(try output("words.csv", "--text", "word") == "word,n,target\nabc,1,cba\nca,2,ac\n")
    #expect(try output("words.jsonl", "--text", "word") == "{\"word\":\"abc\",\"target\":7,\"predicted\":\"cba\"}\n")
    #expect(try output("words.pairs") == "abc\tx\tcba\n")
    let best = try output("words.csv", "--text", "word", "--nbest", "2", "--scores", "--to", "tsv")
    #expect(best.hasPrefix("word\tn\ttarget\tscore\ttarget_2\tscore_2\nabc\t1\tcba\t-"))
  }

  @Test func `n-best texts are sorted by their scores`() throws {
    let result = try Self.fitted().seqtool(
      "transduce", "--model", "model", "--beam", "4", "--nbest", "3", "--scores", stdin: "abc\n")
    let cells = result.stdout.dropLast().split(separator: "\t")
    #expect(cells.count == 6 && cells[0] == "cba", "\(result.stdout) \(result.stderr)")
    let scores = cells.indices.filter { $0 % 2 == 1 }.compactMap { Double(cells[$0]) }
    #expect(scores.count == 3 && scores == scores.sorted(by: >))
  }

  @Test func `JSON has texts, scores and, if asked for, attention`() throws {
    let result = try Self.fitted().seqtool(
      "transduce", "--model", "model", "--json", "--attention", stdin: "abc\nb\n")
    let records = try objects(result.stdout)
    #expect(records.count == 2)
    let output = try #require((records[0]["outputs"] as? [[String: Any]])?.first)
    #expect(records[0]["text"] as? String == "abc" && output["text"] as? String == "cba")
    #expect(records[0]["tokens"] as? [String] == ["a", "b", "c"] && output["tokens"] as? [String] == ["c", "b", "a"])
    let attention = try #require(output["attention"] as? [[Double]])
    #expect(attention.count == 3 && attention.allSatisfy { $0.count == 3 && abs($0.reduce(0, +) - 1) < 1e-4 })
  }

  @Test func `eval takes the best of several references`() throws {
    let workspace = try Self.fitted()
    let result = try workspace.seqtool("eval", "several.pairs", "--model", "model", "--json")
    let scores = try object(result.stdout)
    #expect(scores["sequences"] as? Int == 2 && scores["exactMatch"] as? Double == 0.5, "\(result.stdout)")
    #expect(scores["wordErrorRate"] as? Double == 0.5 && scores["symbols"] as? Int == 5)
    let table = try workspace.seqtool("eval", "several.pairs", "--model", "model", "--beam", "1")
    #expect(table.stdout.contains("wordErrorRate    0.5000") && table.stdout.contains("expected  found"))
  }

  @Test func `the threads make no difference`() throws {
    let lines = (0..<200).map { "ab" + String(repeating: "c", count: $0 % 3) + "\n" }.joined()
    let runs = try ["1", "3"].map {
      try Self.fitted().seqtool("transduce", "--model", "model", "--threads", $0, stdin: lines)
    }
    #expect(runs[0].stdout == runs[1].stdout && runs[0].stdout.split(separator: "\n").count == 200)
  }

  @Test func `a model of another task is refused both ways`() throws {
    let tag = try Self.fitted().seqtool("tag", "--model", "model", stdin: "abc\n")
    #expect(tag.status == 65 && tag.stderr.contains("seqtool transduce"))
    let transduce = try Fitted.classifier().seqtool("transduce", "--model", "model", stdin: "abc\n")
    #expect(transduce.status == 65 && transduce.stderr.contains("seqtool tag"))
    let beam = try Fitted.classifier().seqtool("eval", "--model", "model", "--beam", "2")
    #expect(beam.status == 64 && beam.stderr.contains("--beam only applies to transducers"))
  }

  @Test(arguments: [
    (["--nbest", "3", "--beam", "2"], "--nbest 3 needs a --beam"), (["--beam", "0"], "--beam: expected 1 to 100"),
    (["--attention"], "--attention needs --json"), (["--nbest", "0"], "--nbest: expected 1 or more"),
  ])
  func `options that do not go together are told`(arguments: [String], message: String) throws {
    let result = try Self.fitted().start(["transduce", "--model", "model"] + arguments).finish(sending: "abc\n")
    #expect(result.status == 64 && result.stderr.contains(message), "\(result.stderr)")
  }

  @Test(arguments: [
    ("model.decoder.hidden=7", "dot compares 7 units with the encoder's 32"),
    ("model.pooling=max", "model.pooling: only applies to classification"),
    ("data.storage=disk", "data.storage: transduction keeps its data in memory"),
    ("training.sampling=2", "training.sampling: expected a number from 0 to 1"),
    ("training.metric=exactMtch", "did you mean \"exactMatch\""), ("inference.beam=0", "inference.beam: expected"),
    ("targetTokenizer.kind=charcter", "did you mean \"character\""),
  ])
  func `mistakes in a config are told with their place`(override: String, message: String) throws {
    let workspace = try Self.unfitted()
    let result = try workspace.seqtool(
      "fit", "config.json", "--set", "model.decoder.attention=dot", "--set", override)
    #expect(result.status == 65 && result.stderr.contains(message), "\(result.stderr)")
  }

  @Test func `keys of decoders are refused elsewhere`() throws {
    let workspace = try Workspace.classification()
    for key in ["model.decoder.hidden=3", "targetTokenizer.kind=byte", "inference.beam=2", "training.sampling=0.5"] {
      let result = try workspace.seqtool("fit", "config.json", "--set", key)
      #expect(result.status == 65 && result.stderr.contains("only applies to transduction"), "\(key): \(result.stderr)")
    }
  }

  private static func fitted() throws -> Workspace { try model.get() }

  private static let model = Result {
    let workspace = try unfitted()
    let fit = try workspace.seqtool("fit", "config.json")
    guard fit.status == 0 else { throw Unexpected(fit.stderr) }
    try workspace.write("abc\tabc\nabc\tcba\nca\tab\n", to: "several.pairs")
    return workspace
  }

  private static func unfitted() throws -> Workspace {
    let workspace = try Workspace()
    let letters = ["a", "b", "c"]
    let words = letters + letters.flatMap { x in letters.map { x + $0 } }
    let all = words + letters.flatMap { x in words.dropFirst(3).map { x + $0 } }
    try workspace.write(all.map { "\($0)\t\(String($0.reversed()))\n" }.joined(), to: "train.pairs")
    try workspace.write(
      """
      {
        "task": "transduction",
        "data": { "train": "train.pairs", "dev": "train.pairs" },
        "model": { "embedding": 8, "hidden": 16, "dropout": 0, "decoder": { "hidden": 32 } },
        "training": { "epochs": 40, "batch": { "sequences": 8 }, "patience": 0, "optimizer": { "learningRate": 0.01 } }
      }
      """, to: "config.json")
    return workspace
  }
}
