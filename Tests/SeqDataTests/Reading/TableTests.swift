import SeqCore
import SeqData
import Testing

/// Tables as spreadsheets and data sets have them: odd headers, other delimiters, stray quote marks.
@Suite struct TableTests {
  private func texts(_ outcome: TemporaryFolder.Outcome) -> [String]? {
    outcome.records?.map { "\($0.text ?? "-")|\($0.label ?? "-")" }
  }

  @Test(arguments: [
    "text,label,,\na,x,,\nb,y,,1\n", "text,label,z,z\na,x,1,2\nb,y,3,4\n", ",text,label,\n0,a,x,\n1,b,y,\n",
  ])
  func columnsThatNobodyAskedForMayBeNamelessOrDoubled(content: String) throws {
    #expect(try texts(read(content.utf8, as: .csv)) == ["a|x", "b|y"])
  }

  @Test func aDoubledColumnIsReadByItsPosition() throws {
    let content = "text,text,label\na,b,x\n"
    #expect(try texts(read(content.utf8, as: .csv) { $0.columns.text = .index(1) }) == ["b|x"])
  }

  @Test(arguments: [";", "|", "\t", "tab", "\\t", "~"]) func anyCharacterSeparatesFields(name: String) throws {
    let delimiter = try #require(Delimiter(name))
    let sign = delimiter.description == "tab" ? "\t" : name
    let content = "text\(sign)label\n\"a\(sign)b, c\"\(sign)x\nd\(sign)y\n"
    for format in [DataFormat.csv, .tsv] {
      let outcome = try read(content.utf8, as: format) { $0.delimiter = delimiter }
      #expect(texts(outcome) == ["a\(sign)b, c|x", "d|y"])
    }
  }

  @Test(arguments: ["", "ab", "a", "7", "\"", "\n", "\r", "é"]) func otherTextIsNoDelimiter(name: String) {
    #expect(Delimiter(name) == nil)
  }

  @Test(arguments: ["sep=;\n", "\u{FEFF}sep=;\r\n"]) func theFirstLineTellsTheDelimiter(line: String) throws {
    let content = line + "text;label\n\"a;b\";x\n"
    #expect(try texts(read(content.utf8, as: .csv)) == ["a;b|x"])
    let bare = try read((line + "a;x\n").utf8, as: .csv) { $0.header = false }
    #expect(texts(bare) == ["a|x"])
    // What is set counts more, but the line is no header all the same.
    #expect(try texts(read((line + "text,label\na,x\n").utf8, as: .csv) { $0.delimiter = Delimiter(",") }) == ["a|x"])
  }

  @Test func aTableInUTF16HasAnyDelimiter() throws {
    let bytes = "\u{FEFF}sep=;\r\ntext;label\r\nä;x\r\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try texts(read(bytes, as: .csv) { $0.encoding = .utf16 }) == ["ä|x"])
  }

  @Test(arguments: [
    // Tabs do not stand in texts.
    (
      "\t", "good soup\tpos\n\"Fine, he said\tneg\nbad fish\tneg\na screen of 5 inch\"\tpos\nfine cake\tpos\n", "3:1", 3
    ),
    ("\t", "good\tpos\n\"oops\tneg\nat 5 inch\"\tpos\n", "3:1", 2),
    // Between commas, the labels of the file tell.
    (",", "bad,neg\n\"Fine said he,neg\nbad fish,neg\nno soup,pos\n5 inch\",pos\nfine,pos\n", "3:1", 4),
    (";", "bad;neg\n\"Fine said he;neg\nbad fish;neg\nno, soup;pos\n5 inch\";pos\nfine;pos\n", "3:1", 4),
  ])
  func aQuoteMarkThatSwallowsRowsIsTold(sign: String, rows: String, place: String, lines: Int) throws {
    let content = "text\(sign)label\n" + rows
    let noted = try readNoted(content.utf8, as: .csv) { $0.delimiter = Delimiter(sign) }
    #expect(
      noted.notes == [
        "f:\(place): this quoted field runs over \(lines) lines that look like rows "
          + "(close the quote mark, or set \"quoting\": false)"
      ])
  }

  @Test func swallowedRowsAreOneWarningForAFile() throws {
    let rows = String(repeating: "\"oops\tneg\nbad fish\tneg\nat 5 inch\"\tpos\n", count: 3)
    let noted = try readNoted(("text\tlabel\n" + rows).utf8, as: .tsv) { $0.naming = .flags(format: "", tokens: "") }
    #expect(
      noted.notes == [
        "f:2:1: this quoted field runs over 3 lines that look like rows, and 2 more do "
          + "(close the quote mark, or use --no-quoting)"
      ])
  }

  @Test(arguments: [
    "\"Dear all,\nI am here, you know\nBye, Tom\",pos\n\"Hello, you\nbye\",neg\n",
    "\"one\n\ntwo\n\",pos\n\"1,000 people\n2,500 dogs\ncame\",neg\n", "\"a \"\"b\"\",\nc,\nd\",pos\n\"\n\",neg\n",
    "\"12 Main St\nSpringfield,IL\nUSA\",pos\n\"x,y\nz\",neg\n",
  ])
  func textsOfSeveralLinesAreNoReasonToWarn(rows: String) throws {
    let noted = try readNoted(("text,label\n" + rows).utf8, as: .csv)
    #expect(noted.notes == [] && noted.outcome.records?.count == 2)
    let tabs = rows.replacing("\",", with: "\"\t")
    #expect(try readNoted(("text\tlabel\n" + tabs).utf8, as: .tsv).notes == [])
  }
}
