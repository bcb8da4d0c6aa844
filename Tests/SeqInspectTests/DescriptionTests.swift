import SeqData
import SeqInspect
import SeqRecords
import SeqTestSupport
import Testing

/// What `describe` counts, and that its pictures are whole.
struct DescriptionTests {
  private func describe(_ text: String, name: String = "train.csv", wanted: Wanted = .label) throws -> DataDescription {
    let folder = try Workspace()
    try folder.write(text, to: name)
    return try DataDescription(Checked.data([name], in: folder, wanted: wanted), title: "a < b & \"c\"", top: 3)
  }

  @Test func sizesLengthsLabelsAndTokens() throws {
    let description = try describe("text,label\na b c,x\na b,x\na,<y>\n")
    let part = description.parts[0]
    #expect([part.records, part.tokens, part.distinct, part.median, part.longest] == [3, 6, 3, 2, 3])
    #expect(part.mean == 2)
    #expect(description.labels.map(\.name) == ["x", "<y>"])
    #expect(description.labels.map(\.counts) == [[2], [1]])
    #expect(description.tokens.map(\.text) == ["a", "b", "c"])
    #expect(description.lengths.bins.map(\.title) == ["1", "2", "3"])
    #expect(description.lengths.bins.map(\.counts) == [[1], [1], [1]])
  }

  @Test(arguments: [1, 7, 16, 17, 300, 12_345]) func binsHoldEveryRecordOnce(longest: Int) throws {
    let rows = (1...40).map { String(repeating: "w ", count: max(1, longest * $0 / 40)) + ",x\n" }
    let bins = try describe("text,label\n \n\(rows.joined())").lengths.bins
    #expect(bins.reduce(0) { $0 + $1.counts[0] } == 40)
    #expect(bins.count <= 18)
  }

  @Test func picturesAndPagesAreWellFormedAndNeedNothingElse() throws {
    let description = try describe("text,label\n<b> & q,<script>\nzwei,ü\n\u{7},z\n")
    for text in [description.svg, description.html] {
      #expect(!text.contains("<script>") && !text.contains("src=") && !text.contains("url("))
      #expect(text.contains("&lt;script&gt;"))
      #expect(unbalanced(text) == nil)
    }
    #expect(description.svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
  }

  @Test func nothingIsDescribedAsNothing() throws {
    let description = try describe("text,label\n")
    #expect(description.parts[0].records == 0 && description.labels.isEmpty)
    #expect(unbalanced(description.svg) == nil)
    #expect(TextDescription(description, mostLabels: 5).text.contains("train"))
  }

  /// The first tag that is not closed where it should be.
  private func unbalanced(_ text: String) -> String? {
    var open: [String] = []
    for piece in text.split(separator: "<").dropFirst(text.hasPrefix("<") ? 0 : 1) {
      guard let end = piece.firstIndex(of: ">") else { return String(piece) }
      let tag = piece[..<end]
      let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
      if tag.hasPrefix("!") || tag.hasSuffix("/") || name == "meta" { continue }
      if tag.hasPrefix("/") {
        if open.popLast() != name { return String(tag) }
      } else {
        open.append(name)
      }
    }
    return open.last
  }
}
