import SeqCore
import SeqData
import SeqTestSupport
import Testing

/// Files of word vectors in all forms give the same words and numbers.
struct WordVectorReaderTests {
  private struct Entry: Equatable {
    var word: String
    var numbers: [Float]
  }

  private static let entries = [
    Entry(word: "the", numbers: [0.418, -0.24968, 1.5e-05]), Entry(word: "Zürich", numbers: [-1, 0, 123456.79]),
    Entry(word: "</s>", numbers: [0.1, 0.2, 3e10]),
  ]
  private static let lines = "the 0.418 -0.24968 1.5e-05\nZürich -1 0 123456.79\n</s> 0.1 +0.2 3E10"

  private func read(_ path: String) throws -> (entries: [Entry], faults: [String], isBinary: Bool) {
    var reader = try WordVectorReader(path)
    var (entries, faults): ([Entry], [String]) = ([], [])
    while try reader.next() {
      if let fault = reader.fault {
        faults.append("\(reader.number): \(fault)")
        continue
      }
      var numbers: [Float] = []
      try reader.appendNumbers(to: &numbers)
      entries.append(Entry(word: String(decoding: reader.word, as: UTF8.self), numbers: numbers))
    }
    return (entries, faults, reader.isBinary)
  }

  private static func binary(lineFeeds: Bool) -> [UInt8] {
    var bytes = Array("3 3\n".utf8)
    for entry in entries {
      bytes += Array(entry.word.utf8) + [0x20]
      for number in entry.numbers { bytes += withUnsafeBytes(of: number.bitPattern.littleEndian, Array.init) }
      if lineFeeds { bytes.append(0x0A) }
    }
    return bytes
  }

  @Test func everyFormIsRead() throws {
    let workspace = try Workspace()
    let forms: [(String, [UInt8])] = [
      ("glove.txt", Array(Self.lines.utf8)),
      ("crlf.txt", Array((Self.lines.replacing("\n", with: " \r\n") + "\r\n").utf8)),
      ("text.vec", Array(("3 3\n" + Self.lines + "\n").utf8)),
      ("bom.txt", [0xEF, 0xBB, 0xBF] + Array(Self.lines.utf8)),
      ("bom.vec", [0xEF, 0xBB, 0xBF] + Array(("3 3\n" + Self.lines).utf8)),
      ("tabs.txt", Array(Self.lines.replacing(" ", with: "\t").utf8)),
      ("word2vec.bin", Self.binary(lineFeeds: true)), ("gensim.bin", Self.binary(lineFeeds: false)),
    ]
    for (name, bytes) in forms {
      try workspace.write(bytes, to: name)
      #expect(try workspace.shell("gzip -k \(name)").status == 0)
      for path in [name, name + ".gz"] {
        let found = try read(workspace.path + "/" + path)
        #expect(found.entries == Self.entries && found.faults.isEmpty, "\(path)")
        #expect(found.isBinary == name.hasSuffix(".bin"), "\(path)")
      }
    }
  }

  @Test func faultsAreToldByLine() throws {
    let workspace = try Workspace()
    try workspace.write("a 1 2\nb 1\n\nc\n. . . 5 6\ne 1 2 3\nd 3 4\n", to: "faults.txt")
    let found = try read(workspace.path + "/faults.txt")
    #expect(found.entries.map(\.word) == ["a", ". . .", "d"] && found.entries[1].numbers == [5, 6])
    #expect(
      found.faults == [
        "2: 1 numbers, expected 2 as in the first line", "3: an empty line", "4: a word without numbers",
        "6: 3 numbers, expected 2 as in the first line",
      ])
  }

  @Test func whatIsNoNumberOrEndsEarlyIsAnError() throws {
    let workspace = try Workspace()
    try workspace.write("a 1 2\nb 1 two\n", to: "words.txt")
    #expect { try read(workspace.path + "/words.txt") } throws: {
      "\($0)".contains("words.txt:2: number 2 of \"b\" is not a finite number")
    }
    try workspace.write(Self.binary(lineFeeds: true).dropLast(9), to: "cut.bin")
    #expect { try read(workspace.path + "/cut.bin") } throws: { "\($0)".contains("ends after 2 words, expected 3") }
    #expect { try read(workspace.path + "/none.txt") } throws: { "\($0)".contains("no such file") }
  }
}
