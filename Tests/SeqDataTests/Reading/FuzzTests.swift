import SeqCore
import SeqData
import SeqRecords
import Testing

/// Random bytes of a tricky alphabet, in every format: records or an error with a place, never a crash.
@Suite struct FuzzTests {
  private static let pieces: [[UInt8]] =
    ["a", "b", " ", "\t", ",", "\"", "\"\"", "\n", "\n", "\r\n", "\r", "-DOCSTART-", "#", "1\t", "1-2", "é", "漢", "_"]
    .map { Array($0.utf8) } + [[0xEF, 0xBB, 0xBF], [0xE9], [0], [0x1F, 0x8B], Array("text,label\n".utf8)]

  private func content(_ generator: inout SplitMix64, _ format: DataFormat, rare: Int) -> [UInt8] {
    let starts: [DataFormat: String] = [
      .conllu: "1\ta\t_\tX\t_\t_\t_\t_\t_\t_\n\n#", .tsv: "text\tlabel\n", .fasttext: "__label__x ", .inline: "a/X ",
      .pairs: "a\tb\n", .brat: "T1\tX 0 2\tT1\n",
      .jsonl: "{\"text\":\"a\",\"label\":\"b\",\"tokens\":[\"a\"],\"tags\":[\"X\"],\"spans\":[],\"target\":\"c\"}\n",
      .doccano: "{\"id\":1,\"text\":\"ab\",\"label\":[[0,1,\"X\"]],\"cats\":[\"b\"]}\n",
    ]
    let start = starts[format] ?? "text,label\n"
    let isStrict = [.conllu, .jsonl, .doccano, .inline].contains(format)
    var bytes: [UInt8] = generator.index(below: 2) == 0 ? Array(start.utf8) : []
    for _ in 0..<generator.index(below: isStrict ? 12 : 40) {
      // The last five pieces end most files at once, so they are left out of all but a few.
      bytes += Self.pieces[generator.index(below: Self.pieces.count - (rare == 0 ? 0 : 5))]
    }
    return bytes
  }

  @Test(arguments: DataFormat.allCases)
  func anyBytes(_ format: DataFormat) throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("d/a")
    let files: [DataFormat: [String]] = [
      .parallel: ["d/seq.in", "d/seq.out", "d/label"], .folders: ["d/a/1.txt", "d/a/2.txt"],
      .brat: ["d/a.txt", "d/a.ann"],
    ]
    var read = 0
    for round in 0..<300 {
      var generator = Seed(7).child(format.rawValue, round).generator
      for name in files[format] ?? ["f"] {
        try folder.write(content(&generator, format, rare: round % 4), to: name)
      }
      var options = ReadingOptions(format: format, encoding: round % 3 == 0 ? .latin1 : .utf8)
      options.header = round % 2 == 0
      options.quoting = round % 5 != 0
      for wanted in format.provides {
        let outcome = folder.outcome(of: files[format] == nil ? "f" : "d", options: options, wanting: wanted)
        if let records = outcome.records {
          read += 1
          for record in records { check(record, wanted) }
        } else {
          #expect(outcome.message?.isEmpty == false)
          #expect(outcome.kind == .data || outcome.kind == .inputOutput)
        }
      }
    }
    // Were every file refused, the test would show nothing.
    #expect(read > 5)
  }

  private func check(_ record: Record, _ wanted: Wanted) {
    #expect(record.line > 0)
    #expect(record.label != "")
    // Of everything there may be more, or less: a label or tags need not be there.
    if wanted == .everything || wanted == .fields { return }
    #expect((record.target != nil) == (wanted == .target))
    #expect((record.text == nil) != (record.tokens == nil))
    #expect((record.label != nil) == (wanted == .label || wanted == .tagsAndLabel))
    #expect(record.tags?.count == (wanted == .tags || wanted == .tagsAndLabel ? record.tokens?.count : nil))
  }

  /// Any texts written by the rules of RFC 4180 come back as they were.
  @Test func csvRoundTrip() throws {
    for round in 0..<300 {
      var generator = Seed(11).child("csv", round).generator
      let alphabet = ["a", "é", " ", "\t", ",", "\"", "\n", "漢", "\r "]
      var texts: [String] = []
      for _ in 0...generator.index(below: 5) {
        texts.append(
          (0..<generator.index(below: 8)).map { _ in alphabet[generator.index(below: alphabet.count)] }.joined())
      }
      let rows = texts.map { text in
        let isPlain = generator.index(below: 2) == 0 && !text.contains(where: { ",\"\n".contains($0) })
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
      }
      let end = generator.index(below: 2) == 0 ? "\n" : "\r\n"
      let content = (["text,label"] + rows.map { $0 + ",x" }).joined(separator: end)
      let records = try read(content.utf8, as: .csv).records
      #expect(records?.map(\.text) == texts)
      var line = 2
      for (record, text) in zip(records ?? [], texts) {
        #expect(record.line == line)
        line += 1 + text.utf8.count { $0 == 0x0A }
      }
    }
  }
}
