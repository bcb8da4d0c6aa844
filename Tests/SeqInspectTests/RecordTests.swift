import SeqData
import SeqInspect
import Testing

/// Rows, labels and lengths.
struct RecordTests {
  @Test func everyRowThatCannotBeReadIsReported() throws {
    let rows = (0..<60).map { $0 % 2 == 0 ? "a\($0),b,c" : "text \($0),b" }
    let checked = try Checked(
      "text,label\n" + rows.joined(separator: "\n") + "\n", settings: settings(limit: 0))
    #expect(
      checked.findings(.unreadable)
        == stride(from: 2, to: 62, by: 2).map { "train.csv:\($0):\("a\($0 - 2),b,".count + 1) unreadable" })
    #expect(checked.report.parts[0].records == 30)
  }

  @Test func aMisplacedQuoteMarkCostsOneRow() throws {
    let checked = try Checked("text,label\none,a\ntwo \"x\" y,a\n\"three\" z,a\nfour,a\n\"five\n5\",a\n")
    #expect(checked.findings == ["train.csv:3:5 unreadable", "train.csv:4:8 unreadable"])
    #expect(checked.report.parts[0].records == 3)
  }

  @Test func onlyAsManyAreShownAsWereAskedFor() throws {
    let text = "text,label\n" + (0..<12).map { _ in " ,a\n" }.joined()
    let checked = try Checked(text, settings: settings(limit: 3))
    #expect(checked.findings(.emptyText) == (2...4).map { "train.csv:\($0):1 empty-text" })
    #expect(checked.count(.emptyText) == 12)
    #expect(try Checked(text, settings: settings(limit: 0)).findings(.emptyText).count == 12)
  }

  @Test func kindsCanBeLeftOut() throws {
    var settings = CheckSettings()
    settings.ignored = [.emptyText]
    #expect(try Checked("text,label\n ,a\nx,a\n", settings: settings).findings == [])
  }

  @Test func aTextOfUnusualLengthIsReported() throws {
    let usual = (0..<60).map { "these words number \($0) are a usual text,a\n" }.joined()
    let long = String(repeating: "word ", count: 900)
    #expect(try Checked("text,label\n" + usual + "b " + long + "e,a\n").findings == ["train.csv:62:1 length"])
    #expect(try Checked("text,label\n" + usual).findings == [])
  }

  @Test func labelsThatDifferInCaseAlone() throws {
    let checked = try Checked("text,label\none,Good\ntwo,Good\nthree,good\nfour, bad\nfive, bad\n")
    #expect(checked.findings == ["train.csv:5:6 blank-edges", "train.csv:4:7 label-variant"])
    #expect(
      checked.messages(.labelVariant) == ["label \"good\" (1×) differs only in case or white space from \"Good\" (2×)"])
  }

  @Test func labelsNeverSeenInTraining() throws {
    let checked = try Checked([
      ("train.csv", Array("text,label\nx,a\ny,a\n".utf8)), ("test.csv", Array("text,label\nz,a\nw,b\n\"v\",b\n".utf8)),
    ])
    #expect(checked.findings(.unseenLabel) == ["test.csv:3:3 unseen-label"])
    #expect(
      checked.messages(.unseenLabel) == ["label \"b\" (2× here) never occurs in train, so it cannot be predicted"])
  }

  private func settings(limit: Int) -> CheckSettings {
    var settings = CheckSettings()
    settings.limit = limit
    return settings
  }
}
