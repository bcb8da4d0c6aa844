import SeqCore
import SeqData
import SeqInspect
import SeqRecords
import SeqTestSupport
import Testing

/// The mended copy.
struct RepairTests {
  private func repair(
    _ files: [(name: String, content: [UInt8])], wanted: Wanted = .label, dropping: Set<DataRepair.Dropped> = []
  ) throws -> (folder: Workspace, lines: [String]) {
    let folder = try Workspace()
    for file in files { try folder.write(file.content, to: file.name) }
    let data = try Checked.data(files.map(\.name), in: folder, wanted: wanted)
    return (folder, try DataRepair(data, dropping: dropping).write(to: folder.path + "/out").lines)
  }

  @Test func whatIsRightIsCopiedByteByByte() throws {
    let text = "text,label\n\"a, \"\"b\"\"\n c\",x\n\nplain,y\n"
    let (folder, lines) = try repair([("train.csv", Array(text.utf8))])
    #expect(try folder.text("out/train.csv") == text)
    #expect(lines.count == 1 && lines[0].hasSuffix("copied as it is"))
  }

  @Test func charactersAreMended() throws {
    let bytes =
      Array("\u{FEFF}text,label\r\ncafe\u{301},a\n".utf8) + [0xE9] + Array(",a\nx\u{200B}\u{A0}y\u{7},b\n".utf8)
    let (folder, lines) = try repair([("train.csv", bytes)])
    #expect(try folder.text("out/train.csv") == "text,label\ncafé,a\né,a\nx y,b\n")
    #expect(
      lines[0].hasSuffix(
        "1 wrong byte read as Windows-1252; 1 byte-order mark removed; 1 carriage return at a line end removed; 1 "
          + "control character removed; 1 invisible character removed; 1 no-break space replaced by a space; 1 line "
          + "composed (NFC)"))
  }

  @Test func rowsThatCannotBeReadAreLeftOutAndNamed() throws {
    let (folder, lines) = try repair([("train.csv", Array("text,label\na,x\nb,c,d\ne \"f\",x\ng,y\n".utf8))])
    #expect(try folder.text("out/train.csv") == "text,label\na,x\ng,y\n")
    #expect(lines[0].hasSuffix("2 records that cannot be read left out (lines 3, 4)"))
  }

  @Test(arguments: [
    ("O I-X I-X O\nB-Y I-Y B-X", "O B-X I-X O\nB-Y I-Y B-X"),
    ("B-X M-X O S-X\nM-X\nB-X O", "B-X E-X O S-X\nS-X\nS-X O"),
    ("B-X I-X O\nB-X\nI-X O I-Y", "B-X I-X O\nB-X\nB-X O B-Y"),
  ])
  func tagsAreMadeWellFormed(tags: String, expected: String) throws {
    func columns(_ text: String) -> String {
      text.split(separator: "\n").map { sentence in
        sentence.split(separator: " ").map { "word  extra \($0)\n" }.joined() + "\n"
      }.joined()
    }
    let (folder, _) = try repair([("train.conll", Array(columns(tags).utf8))], wanted: .tags)
    #expect(try folder.text("out/train.conll") == columns(expected))
    let again = try DataCheck(Checked.data(["out/train.conll"], in: folder, wanted: .tags)).run()
    #expect(again.errors == 0)
  }

  @Test func repeatsConflictsLeaksAndEmptyTextsAreLeftOutIfAsked() throws {
    let (folder, _) = try repair(
      [
        ("train.csv", Array("text,label\nx,a\nx,a\ny,a\ny,b\nz,a\n ,a\nw,b\n".utf8)),
        ("test.csv", Array("text,label\nz,a\nv,b\n".utf8)),
      ], dropping: [.duplicates, .conflicts, .leaks, .empty])
    #expect(try folder.text("out/train.csv") == "text,label\nx,a\nw,b\n")
    #expect(try folder.text("out/test.csv") == "text,label\nz,a\nv,b\n")
  }

  @Test func aFolderThatHoldsSomethingIsNotTouched() throws {
    let folder = try Workspace()
    try folder.write("text,label\nx,a\n", to: "train.csv")
    try folder.write("precious", to: "out/file")
    let data = try Checked.data(["train.csv"], in: folder)
    #expect(throws: SeqError.self) { try DataRepair(data, dropping: []).write(to: folder.path + "/out") }
    #expect(folder.files() == ["out/file", "train.csv"])
  }
}
