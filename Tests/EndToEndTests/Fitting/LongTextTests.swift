import SeqTestSupport
import Testing

/// `data.maximumTokens` and `data.keep`: what a classifier reads of long texts.
struct LongTextTests {
  /// Texts whose label is their last word, far from their beginning.
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    var rows = "text,label\n"
    for i in 0..<120 {
      let filler = (0..<30).map { "w\(($0 * 7 + i) % 11)" }.joined(separator: " ")
      rows += "\(filler) \(i % 2 == 0 ? "good" : "bad"),\(i % 2 == 0 ? "yes" : "no")\n"
    }
    for part in ["train", "dev", "test"] { try workspace.write(rows, to: part + ".csv") }
    try workspace.write(
      """
      {"task": "classification", "data": {"train": "train.csv", "dev": "dev.csv", "test": "test.csv"},
       "model": {"embedding": 8, "hidden": 8, "pooling": "max", "dropout": 0},
       "training": {"epochs": 6, "optimizer": {"learningRate": 0.03}}, "output": "model"}
      """, to: "config.json")
    return workspace
  }

  @Test(arguments: [("head", false), ("tail", true), ("both", true)])
  func theKeptPartDecides(keep: String, isThere: Bool) throws {
    let workspace = try workspace()
    let fit = try workspace.seqtool(
      "fit", "config.json", "-q", "--set", "data.maximumTokens=6", "--set", "data.keep=\(keep)")
    #expect(fit.status == 0, "\(fit.stderr)")
    let scores = try object(workspace.seqtool("eval", "--json").stdout)
    #expect(scores["tokens"] as? Int == 120 * 6)
    let accuracy = try #require(scores["accuracy"] as? Double)
    #expect(isThere ? accuracy == 1 : accuracy < 0.9)
    let text = (0..<30).map { "w\($0 % 11)" }.joined(separator: " ") + " good\n"
    let tag = try workspace.seqtool("tag", stdin: text)
    #expect(tag.status == 0 && tag.complaints.isEmpty)
    if isThere { #expect(tag.stdout == "yes\n") }
  }

  @Test func itIsForClassifiersOnly() throws {
    let workspace = try Workspace.tagging()
    expectErrors(
      try workspace.seqtool("fit", "config.json", "--set", "data.maximumTokens=6"), 65,
      [
        "--set data.maximumTokens=6: data.maximumTokens: only applies to classification: other tasks need every token "
          + "(leave it out)"
      ]
    )
  }
}
