import SeqCore
import SeqData
import SeqInspect
import SeqRecords
import SeqTestSupport
import Testing

/// Cutting files into parts.
struct FileSplitTests {
  private func split(
    _ content: String, _ name: String, _ plan: FileSplit.Plan = .parts(dev: 0.2, test: 0.2), wanted: Wanted = .label,
    group: ColumnReference? = nil
  ) throws -> Workspace {
    let folder = try Workspace()
    try folder.write(content, to: name)
    let data = try Checked.data([name], in: folder, wanted: wanted)
    _ = try FileSplit(data, plan: plan, group: group, seed: 1).write(to: folder.path + "/out")
    return folder
  }

  private let rows = (0..<50).map { "\"text \($0 / 2), \"\"quoted\"\"\nand more\",\($0 % 3 == 0 ? "a" : "b")\r\n" }

  @Test func noByteOfARecordIsLostOrChanged() throws {
    let folder = try split("text,label\n" + rows.joined(), "data.csv")
    #expect(folder.files("out") == ["dev.csv", "test.csv", "train.csv"])
    var found: [String] = []
    for file in folder.files("out") {
      let text = try folder.text("out/" + file)
      #expect(text.hasPrefix("text,label\n"))
      found += text.dropFirst(11).components(endingWith: "\r\n")
    }
    #expect(found.sorted() == rows.sorted())
  }

  @Test func thePartsAreThoseOfAFit() throws {
    let content = "text,label\n" + TinyData.csv(120, seed: 3).drop { $0 != "\n" }.dropFirst()
    let folder = try split(content, "data.csv", .parts(dev: 0.1, test: 0.1))
    let records = try readAll(path: folder.path + "/data.csv", wanting: .label)
    let parts = try SeqData.split(records, dev: 0.1, test: 0.1, seed: Seed(1).child("split"))
    let dev = try readAll(path: folder.path + "/out/dev.csv", wanting: .label)
    #expect(dev.map(\.text) == parts.dev.map { records[$0].text })
  }

  @Test func sentencesKeepTheirCommentsAndTheLastOneGetsItsBlankLine() throws {
    let row = "\tx\t_\tX\t_\t_\t_\t_\t_\t_"
    let sentences = (0..<9).map { "# id = \($0)\n1\(row)\($0)\n2-3\(row)\n2\(row)\n3\(row)\n\n" }
    let folder = try split(
      String(sentences.joined().dropLast()), "data.conllu", .folds(3, dev: 0), wanted: .tags)
    #expect(folder.files("out").count == 6)
    var found: [String] = []
    for fold in 1...3 {
      let test = try folder.text("out/fold-\(fold)/test.conllu")
      let train = try folder.text("out/fold-\(fold)/train.conllu")
      found += test.components(endingWith: "\n\n")
      #expect((test + train).components(endingWith: "\n\n").sorted() == sentences)
    }
    #expect(found.sorted() == sentences)
  }

  @Test func parallelFilesAreCutTogether() throws {
    let folder = try Workspace()
    for (name, prefix) in [("seq.in", "w"), ("seq.out", "T"), ("label", "l")] {
      try folder.write((0..<20).map { "\(prefix)\($0)\n" }.joined(), to: "data/" + name)
    }
    try folder.write("read me", to: "data/README")
    let data = try Checked.data(["data"], in: folder, wanted: .tags)
    _ = try FileSplit(data, plan: .parts(dev: 0, test: 0.5), seed: 1).write(to: folder.path + "/out")
    #expect(folder.files("out").count == 6)
    let words = try folder.text("out/test/seq.in").split(separator: "\n").map { $0.dropFirst() }
    let tags = try folder.text("out/test/seq.out").split(separator: "\n").map { $0.dropFirst() }
    #expect(words == tags && words.count == 10)
  }

  @Test func equalGroupsAndEqualTextsStayTogether() throws {
    let content = "text,label,who\n" + (0..<60).map { "t\($0 % 40),\($0 % 2),p\($0 % 13)\n" }.joined()
    let folder = try split(content, "data.csv", .folds(4, dev: 0), group: .name("who"))
    var texts: [String: Int] = [:]
    var people: [String: Int] = [:]
    for fold in 1...4 {
      for row in try folder.text("out/fold-\(fold)/test.csv").split(separator: "\n").dropFirst() {
        let fields = row.split(separator: ",").map(String.init)
        #expect(texts.updateValue(fold, forKey: fields[0]) ?? fold == fold)
        #expect(people.updateValue(fold, forKey: fields[2]) ?? fold == fold)
      }
    }
  }

  @Test func whatCannotBeReadIsRefused() throws {
    #expect(throws: SeqError.self) { try split("text,label\na,b\nc\n", "data.csv") }
  }
}

extension StringProtocol {
  /// The pieces of a text, each with what it ends with.
  fileprivate func components(endingWith end: String) -> [String] {
    var pieces: [String] = []
    var rest = Array(utf8)[...]
    let mark = Array(end.utf8)
    var piece: [UInt8] = []
    while let byte = rest.popFirst() {
      piece.append(byte)
      if piece.suffix(mark.count).elementsEqual(mark) {
        pieces.append(String(decoding: piece, as: UTF8.self))
        piece = []
      }
    }
    return piece.isEmpty ? pieces : pieces + [String(decoding: piece, as: UTF8.self)]
  }
}
