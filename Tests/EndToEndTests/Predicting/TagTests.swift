import Foundation
import SeqTestSupport
import Testing

/// `tag`: records for lines.
struct TagTests {
  private static let lines = "fly to paris\n\n   \nat half past six\r\n好的 😀\nlast line without end"
  private static let texts = ["fly to paris", "", "   ", "at half past six", "好的 😀", "last line without end"]

  @Test func aClassifierWritesALabelALine() throws {
    let result = try Fitted.classifier().seqtool(
      "tag", stdin: "my bag is broken\n\n \nour guide was great\r\nour guide")
    #expect(result.status == 0 && result.complaints == [])
    let records = result.stdout.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(records.prefix(4) == ["negative", "", "", "positive"])
    #expect(records.count == 6 && records[5] == "")
  }

  @Test func aTaggerWritesATokenALineAndABlankLineAfterEachRecord() throws {
    let result = try Fitted.tagger().seqtool("tag", stdin: "fly to paris\n\nto oslo\n")
    #expect(result.stdout == "fly\tO\nto\tO\nparis\tB-city\n\n\nto\tO\noslo\tB-city\n\n")
  }

  @Test func inlineRecordsAreOneALine() throws {
    let result = try Fitted.tagger().seqtool("tag", "--format", "inline", stdin: Self.lines)
    let records = result.stdout.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(records.count == 7 && records[1] == "" && records[2] == "" && records[6] == "")
    #expect(records[0] == "fly/O to/O paris/B-city")
    // The data comes as tokens, and raw text is cut by words.
    #expect(records[4].hasPrefix("好/") && records[4].contains(" 😀/"))
  }

  @Test func jsonRecordsHoldTheTextAndItsTags() throws {
    let records = try objects(Fitted.tagger().seqtool("tag", "--format", "jsonl", stdin: Self.lines).stdout)
    #expect(records.map { $0["text"] as? String } == Self.texts)
    #expect(records[0]["tokens"] as? [String] == ["fly", "to", "paris"])
    #expect(records[0]["tags"] as? [String] == ["O", "O", "B-city"])
    #expect(records[1]["tokens"] as? [String] == [])
    #expect(records[4]["tokens"] as? [String] == ["好", "的", "😀"])
    #expect(records[0]["probabilities"] == nil)
  }

  @Test func jsonRecordsOfAClassifierHoldItsLabel() throws {
    let workspace = try Fitted.classifier()
    let records = try objects(
      workspace.seqtool("tag", "--format", "jsonl", "-p", "--top", "2", stdin: Self.lines).stdout)
    #expect(records.map { $0["text"] as? String } == Self.texts)
    for (text, record) in zip(Self.texts, records) {
      let probabilities = try #require(record["probabilities"] as? [String: Double])
      if text.allSatisfy(\.isWhitespace) {
        #expect(record["label"] is NSNull && probabilities.isEmpty)
      } else {
        #expect(abs(probabilities.values.reduce(0, +) - 1) < 1e-6)
        #expect(record["label"] as? String == probabilities.max { $0.value < $1.value }?.key)
      }
    }
  }

  @Test func topShowsTheMostProbableFirstAndNoMoreThanThereAre() throws {
    let workspace = try Fitted.classifier()
    let all = try workspace.seqtool("tag", "--top", "9", stdin: "my bag smells bad\n").stdout
    let fields = all.dropLast().split(separator: "\t")
    #expect(fields.count == 4 && fields[0] == "negative" && fields[2] == "positive")
    let probabilities = [fields[1], fields[3]].compactMap { Double($0) }
    #expect(probabilities.count == 2 && probabilities[0] > probabilities[1])
    #expect(abs(probabilities.reduce(0, +) - 1) < 2e-4, "four decimals of each")
    let one = try workspace.seqtool("tag", "--probabilities", stdin: "my bag smells bad\n").stdout
    #expect(one == "\(fields[0])\t\(fields[1])\n")
  }

  @Test func probabilitiesOfTagsStandBehindThem() throws {
    let workspace = try Fitted.tagger()
    let columns = try workspace.seqtool("tag", "-p", stdin: "to oslo\n").stdout.split(separator: "\n")
    #expect(columns.map { $0.split(separator: "\t").count } == [3, 3])
    let inline = try workspace.seqtool("tag", "-p", "--format", "inline", stdin: "to oslo\n").stdout
    #expect(inline.split(separator: " ").map { $0.split(separator: "/").count } == [3, 3])
  }

  @Test func logitsAreJSONLinesInTheOrderOfTheLabels() throws {
    let rows = try objects(Fitted.classifier().seqtool("tag", "--logits", stdin: "our guide was great\n\n").stdout)
    let scores = try #require(rows[0]["logits"] as? [Double])
    #expect(scores.count == 2 && scores[1] > scores[0])
    #expect(rows.count == 2)
    let tags = try objects(Fitted.tagger().seqtool("tag", "--logits", stdin: "to oslo\n").stdout)
    #expect((tags[0]["logits"] as? [[Double]])?.map(\.count) == [5, 5])
  }

  @Test func aFileAndStandardInputGiveTheSame() throws {
    let workspace = try Fitted.tagger()
    try workspace.write(Self.lines, to: "lines.txt")
    let fromInput = try workspace.seqtool("tag", stdin: Self.lines).stdout
    #expect(try workspace.seqtool("tag", "-", stdin: Self.lines).stdout == fromInput)
    #expect(try workspace.seqtool("tag", "lines.txt", "--model", "model").stdout == fromInput)
    #expect(try workspace.seqtool("tag", stdin: "").stdout == "")
  }
}
