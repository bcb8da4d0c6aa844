import SeqData
import SeqInspect
import Testing

/// Characters that are wrong or cannot be seen, each where it stands.
struct CharacterTests {
  @Test func goodTextInAnyScriptHasNoFinding() throws {
    let text = "text,label\nplain words,a\ncafé déjà vu,b\n今天天气很好,a\nمی‌خواهم,b\n👩‍👩‍👧 family,a\nother words here,b\n"
    #expect(try Checked(text).findings == [])
  }

  @Test(arguments: [
    ("a\u{0}b", 2, FindingKind.encoding), ("x\u{FEFF}y", 2, .zeroWidth), ("ab\u{200B}", 3, .zeroWidth),
    ("s\u{AD}s", 2, .zeroWidth), ("a\u{A0}b", 2, .noBreakSpace), ("a\u{7}", 2, .control), ("a\u{85}b", 2, .control),
    ("a\u{202E}b", 2, .control), ("a\u{FFFD}", 2, .replacement), ("cafe\u{301} x", 4, .decomposed),
    ("caf\u{C3}\u{A9}", 4, .mojibake), ("it\u{E2}\u{20AC}\u{2122}s", 3, .mojibake),
  ])
  func anOddCharacterIsReportedByLineAndColumn(text: String, column: Int, kind: FindingKind) throws {
    let checked = try Checked("text,label\nfine,a\n\(text),a\nalso fine,a\n")
    #expect(checked.findings == ["train.csv:3:\(column) \(kind.rawValue)"])
  }

  @Test func everyByteThatIsNotUTF8IsReportedAndTheRestIsRead() throws {
    let bytes =
      Array("text,label\n".utf8) + [0xE9, 0x74, 0xE9] + Array(",a\né".utf8) + [0xFF] + Array(",a\nx,b\n".utf8)
    let checked = try Checked([("train.csv", bytes)])
    #expect(checked.findings == ["train.csv:2:1 encoding", "train.csv:2:3 encoding", "train.csv:3:2 encoding"])
    #expect(checked.messages(.encoding).first == "byte 0xE9 is not UTF-8; in Latin-1 it is \"é\"")
    #expect(checked.report.parts[0].records == 3)
    #expect(checked.report.errors == 3)
  }

  @Test func latin1IsNoMistakeWhereItIsExpected() throws {
    let bytes = Array("text,label\n".utf8) + [0xE9, 0x74, 0xE9] + Array(",a\n".utf8)
    #expect(try Checked([("train.csv", bytes)], reading: ReadingOptions(encoding: .latin1)).findings == [])
  }

  @Test func windows1252IsNamedWhereItIsMeant() throws {
    let bytes = Array("text,label\nit".utf8) + [0x92] + Array("s,a\n".utf8)
    let group = try Checked([("train.csv", bytes)]).report.groups.first { $0.kind == .encoding }
    #expect(group?.shown.first?.message == "byte 0x92 is not UTF-8; in Windows-1252 it is \"\u{2019}\"")
    #expect(group?.shown.first?.remedy == "try \"encoding\": \"windows-1252\", or --fix")
    #expect(try Checked([("train.csv", bytes)], reading: ReadingOptions(encoding: .windows1252)).findings == [])
    let latin = try Checked([("train.csv", bytes)], reading: ReadingOptions(encoding: .latin1))
    #expect(latin.findings == ["train.csv:2:3 control"])
    #expect(
      latin.report.groups.first { $0.kind == .control }?.shown.first?.remedy == "try \"encoding\": \"windows-1252\"")
  }

  @Test func lineEndsWithinQuotesAreNotMixed() throws {
    #expect(try Checked("text,label\r\n\"x\ny\",a\r\n\"z\n\n\",a\r\n").findings(.lineEnds) == [])
    #expect(try Checked("text,label\n\"x\r\ny\",a\nz,a\n").findings(.lineEnds) == [])
    #expect(try Checked("text,label\r\n\"x\ny\",a\r\nz,a\nu,a\r\n").findings(.lineEnds) == ["train.csv:1:1 line-ends"])
    let semicolons = ReadingOptions(format: .csv)
    #expect(try Checked("sep=;\r\ntext;label\r\n\"x\ny\";a\r\nz;a\r\n", reading: semicolons).findings(.lineEnds) == [])
  }

  @Test func aLabelInTwoFormsIsOneLabel() throws {
    let checked = try Checked([
      ("train.csv", Array("text,label\nx,caf\u{E9}\ny,caf\u{E9}\n".utf8)),
      ("test.csv", Array("text,label\nz,cafe\u{301}\n".utf8)),
    ])
    #expect(checked.findings == ["test.csv:2:6 decomposed"])
  }

  @Test func marksAndMixedLineEnds() throws {
    #expect(try Checked("\u{FEFF}text,label\nx,a\ny z,a\n").findings == ["train.csv:1:1 byte-order-mark"])
    #expect(try Checked("text,label\r\nx,a\r\ny z,a\r\n").findings == [])
    #expect(try Checked("text,label\nx,a\r\ny z,a\n").findings == ["train.csv:2:1 line-ends"])
  }
}
