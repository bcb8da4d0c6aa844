import SeqCore
import SeqData
import SeqRecords
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that are not there, are something else, or are packed.
@Suite struct FileTests {
  private let folder: TemporaryFolder
  private let table = Array("text,label\na,x\nb,y\n".utf8)

  init() throws { folder = try TemporaryFolder() }

  private func read(
    _ name: String, _ format: DataFormat? = nil, wanting wanted: Wanted = .label
  ) -> TemporaryFolder.Outcome {
    folder.outcome(of: name, options: ReadingOptions(format: format), wanting: wanted)
  }

  @Test func missingFiles() throws {
    try folder.write(table, to: "train.csv")
    #expect(read("tran.csv") == .failure("tran.csv: no such file — did you mean \"train.csv\"?", .missingInput))
    #expect(read("other.csv") == .failure("other.csv: no such file", .missingInput))
    #expect(
      read("no/train.csv") == .failure("no/train.csv: no such file, and no folder no/", .missingInput))
  }

  @Test func foldersAndFiles() throws {
    try folder.makeFolder("d.csv")
    try folder.makeFolder("d.csv/label")
    try folder.write([], to: "d.csv/seq.in")
    try folder.write(table, to: "f")
    #expect(read("d.csv", .csv) == .failure("d.csv: a folder, expected a file of format csv", .missingInput))
    #expect(read("f", .parallel) == .failure("f: a file, expected a folder for format parallel", .missingInput))
    #expect(read("d.csv") == .failure("d.csv/label: a folder, expected a file", .missingInput))
    let remedy =
      " (\"format\": one of csv, tsv, columns, conllu, jsonl, doccano, labelled, fasttext, parallel, folders, pairs, "
      + "inline, lines, brat)"
    #expect(read("f") == .failure("f: the format cannot be detected from the name" + remedy, .data))
    #expect(read("-") == .failure("<stdin>: the format cannot be detected from the name" + remedy, .data))
  }

  @Test func gzipFiles() throws {
    let expected = TemporaryFolder.Outcome.records([
      Record(text: "a", label: "x", line: 2), Record(text: "b", label: "y", line: 3),
    ])
    try folder.write(folder.gzip(table), to: "t.csv.gz")
    #expect(read("t.csv.gz") == expected)
    try folder.write(folder.gzip(Array(table[..<13])) + folder.gzip([]) + folder.gzip(Array(table[13...])), to: "m.csv")
    #expect(read("m.csv") == expected)
    try folder.write(table, to: "plain.csv.gz")
    #expect(read("plain.csv.gz") == expected)
  }

  @Test func parallelGzipTwin() throws {
    try folder.makeFolder("d")
    try folder.write(folder.gzip(Array("a\n".utf8)), to: "d/seq.in.gz")
    try folder.write("x\n".utf8, to: "d/label")
    #expect(read("d") == .records([Record(text: "a", label: "x", line: 1)]))
  }

  @Test func largeGzipFile() throws {
    // Sizes around the reader's buffers of 2¹⁷ bytes, which must not end a file early or late.
    for size in [(1 << 17) - 1, 1 << 17, (1 << 17) + 1, 1 << 18, 3 << 17, 1_000_000] {
      let line = [UInt8](repeating: 0x61, count: 99) + [0x0A]
      let content = (0..<size).map { line[$0 % 100] }
      try folder.write(folder.gzip(content), to: "l.txt.gz")
      try folder.write(content, to: "l.txt")
      let records = read("l.txt.gz", wanting: .text).records
      #expect(records?.count == (size + 99) / 100)
      #expect(records == read("l.txt", wanting: .text).records)
    }
  }

  @Test func damagedGzip() throws {
    let packed = try folder.gzip((0..<40_000).map { UInt8(33 + ($0 &* $0 / 7) % 90) })
    for end in [2, 9, 10, 100, packed.count - 8, packed.count - 1] {
      try folder.write(packed[..<end], to: "t.txt.gz")
      #expect(
        read("t.txt.gz", wanting: .text)
          == .failure("t.txt.gz: the gzip data is cut short (make or fetch the file again)", .inputOutput), "\(end)")
    }
    var damaged = packed
    damaged[packed.count - 6] ^= 1
    try folder.write(damaged, to: "t.txt.gz")
    #expect(
      read("t.txt.gz", wanting: .text)
        == .failure(
          "t.txt.gz: the gzip data is damaged: incorrect data check (make or fetch the file again)", .inputOutput))
    try folder.write(packed + Array("tail".utf8), to: "t.txt.gz")
    #expect(
      read("t.txt.gz", wanting: .text)
        == .failure(
          "t.txt.gz: the gzip data is damaged: incorrect header check (make or fetch the file again)", .inputOutput))
  }

  @Test func problemsStandBeforeWhatEndsTheReading() throws {
    let content = Array(("text,label\na\n" + String(repeating: "b,x\n", count: 100)).utf8)
    try folder.write(folder.gzip(content).dropLast(), to: "t.csv.gz")
    #expect(
      read("t.csv.gz")
        == .failure(
          "t.csv.gz:2:2: 1 column, expected 2 (text, label)\nt.csv.gz: the gzip data is cut short (make or fetch the "
            + "file again)", .inputOutput))
  }

  @Test func givesNothingAfterAProblemAndStopsWhenTold() throws {
    let path = try folder.write("text,label\na,x\nb,\nc,y\n".utf8, to: "t.csv")
    var seen: [String?] = []
    #expect(throws: SeqError.self) {
      try readRecords(path: path, wanting: .label) { record throws(SeqError) in seen.append(record.text) }
    }
    #expect(seen == ["a"])
    #expect(throws: SeqError.usage("enough")) {
      try readRecords(path: path, wanting: .label) { _ throws(SeqError) in throw SeqError.usage("enough") }
    }
  }

  /// A pipe is answered line by line: were the reader to wait for a full buffer, this test would never end.
  @Test func pipesAreNotHeldBack() throws {
    let path = folder.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let writer = open(path, O_RDWR)
    var rest = ["b\n", "c\nd", "e\n"][...]
    func feed() { if let line = rest.popFirst() { _ = write(writer, line, line.utf8.count) } else { close(writer) } }
    _ = write(writer, "a\n", 2)
    var seen: [String?] = []
    try readRecords(path: path, options: ReadingOptions(format: .lines), wanting: .text) { record throws(SeqError) in
      seen.append(record.text)
      feed()
    }
    #expect(seen == ["a", "b", "c", "de"])
  }

  #if os(Linux)
    @Test func failureHalfWay() throws {
      // Reading address 0 of one's own memory fails like a broken disk.
      #expect(throws: SeqError.inputOutput("reading failed: input/output error", at: .file("/proc/self/mem"))) {
        try readAll(path: "/proc/self/mem", options: ReadingOptions(format: .lines), wanting: .text)
      }
    }
  #endif
}
