import SeqTestSupport
import Testing

/// The commands on files of Doccano.
struct DoccanoFileTests {
  private static let requests = """
    {"id":4,"text":"fly to oslo","label":[]}
    {"id":5,"text":"","label":[]}
    {"id":6,"text":"fly to oslo","label":[[0,3,"verb"]],"Comments":["?"]}

    """

  @Test func taggedRecordsCanBeImportedAgain() throws {
    let workspace = try Workspace()
    try workspace.write(Self.requests, to: "r.jsonl")
    let model = try Fitted.tagger().path + "/model"
    let expected = """
      {"id":4,"text":"fly to oslo","label":[[7,11,"city"]]}
      {"id":5,"text":"","label":[]}
      {"id":6,"text":"fly to oslo","label":[[7,11,"city"]],"Comments":["?"]}

      """
    let named = try workspace.seqtool("tag", "--model", model, "r.jsonl")
    #expect(named.status == 0 && named.stdout == expected, "\(named.stdout) \(named.stderr)")
    let piped = try workspace.seqtool(["tag", "--model", model, "--from", "doccano"], stdin: Self.requests)
    #expect(piped.status == 0 && piped.stdout == expected, "\(piped.stdout) \(piped.stderr)")
    let lines = try workspace.seqtool(["tag", "--model", model, "--to", "doccano"], stdin: "fly to oslo\n")
    #expect(lines.stdout == #"{"text":"fly to oslo","label":[[7,11,"city"]]}"# + "\n", "\(lines.stderr)")
    let jsonl = try workspace.seqtool("tag", "--model", model, "r.jsonl", "--to", "jsonl")
    #expect(try objects(jsonl.stdout).count == 3)
    for flag in ["--probabilities", "--offsets=utf8", "--n-best=2"] {
      let refused = try workspace.seqtool("tag", "--model", model, "r.jsonl", flag)
      #expect(refused.status == 64 && refused.stderr.contains("doccano has no place for them"), "\(refused.stderr)")
    }
  }

  @Test func aClassStandsInItsPlace() throws {
    let workspace = try Workspace()
    let model = try Fitted.classifier().path + "/model"
    try workspace.write(
      "{\"id\":1,\"text\":\"our guide was great\",\"label\":[\"x\"],\"Comments\":[]}\n", to: "c.jsonl")
    let result = try workspace.seqtool("tag", "--model", model, "c.jsonl")
    let answer = try #require(try objects(result.stdout).first)
    #expect(result.status == 0 && (answer["label"] as? [String])?.count == 1 && answer["id"] as? Int == 1)
    #expect(answer.keys.sorted() == ["Comments", "id", "label", "text"])
    let two = try workspace.seqtool("tag", "--model", model, "c.jsonl", "--top", "2")
    let labels = try objects(two.stdout).first?["label"] as? [String]
    #expect(labels?.count == 2, "\(two.stderr)")
  }

  @Test func filesAreCheckedSplitAndMended() throws {
    let workspace = try Workspace()
    let lines = (1...10).map { "{\"id\":\($0),\"text\":\"Ann\u{200B} met Bob \($0)\",\"label\":[[0,4,\"PER\"]]}\n" }
    try workspace.write(lines.joined() + "{\"id\":11,\"text\":\"x\u{200B}\",\"label\":[]}\n", to: "d.jsonl")
    let check = try workspace.seqtool("data", "check", "d.jsonl", "--fix", "mended")
    #expect(check.stdout.contains("zero-width"), "\(check.stdout) \(check.stderr)")
    // Spans stay where they are; a text without any is mended.
    #expect(
      try workspace.text("mended/d.jsonl") == lines.joined() + "{\"id\":11,\"text\":\"x\",\"label\":[]}\n")
    let split = try workspace.seqtool("data", "split", "d.jsonl", "--to", "parts", "--dev", "0.2", "--test", "0.2")
    #expect(split.status == 0, "\(split.stderr)")
    let parts = try ["train", "dev", "test"].map { try workspace.text("parts/\($0).jsonl") }.joined()
    #expect(parts.split(separator: "\n").count == 11)
    let from = try workspace.seqtool("init", "p", "--from", "d.jsonl")
    #expect(from.status == 0, "\(from.stderr)")
    #expect(try workspace.text("p/config.json").contains("\"format\": \"doccano\""))
  }
}
