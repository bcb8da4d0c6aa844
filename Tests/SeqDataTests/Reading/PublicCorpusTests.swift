import Foundation
import SeqCore
import SeqData
import SeqRecords
import SeqTestSupport
import Testing

/// More real files, with the counts that `data/README.md` gives, and what comes back from a conversion of them. Skipped
/// where the data are not at hand.
@Suite(.enabled(if: publicDataFolder != nil, "the public data sets are not here"))
struct PublicCorpusTests {
  private func path(_ name: String) -> String { (publicDataFolder ?? "") + "/" + name }

  private func count(
    _ name: String, _ format: DataFormat? = nil, wanting wanted: Wanted,
    _ change: (inout ReadingOptions) -> Void = { _ in }
  ) throws -> Int {
    var (options, count) = (ReadingOptions(format: format), 0)
    change(&options)
    try readRecords(path: path(name), options: options, wanting: wanted) { _ throws(SeqError) in count += 1 }
    return count
  }

  @Test func namesByFile() throws {
    let records = try readAll(path: path("names"), wanting: .label)
    #expect(records.count == 20_074)
    #expect(Set(records.map(\.label)).count == 18)
    #expect(records.count { $0.label == "Russian" } == 9_408)
  }

  @Test(arguments: [("train", 8544), ("dev", 1101), ("test", 2210)]) func sst5(part: String, sentences: Int) throws {
    let records = try readAll(path: path("sst5/stsa.fine.\(part)"), options: .init(format: .labelled), wanting: .label)
    #expect(records.count == sentences && Set(records.map(\.label)).count == 5)
    #expect(try count("sst_trees/\(part).txt", wanting: .text) == sentences)
  }

  @Test func trecByDigit() throws {
    let train = try readAll(
      path: path("trec/TREC.train.all"), options: .init(format: .labelled, encoding: .latin1), wanting: .label)
    let sizes = Dictionary(grouping: train) { $0.label ?? "" }.mapValues(\.count)
    #expect(sizes == ["0": 1162, "1": 1250, "2": 86, "3": 1223, "4": 835, "5": 896])
    #expect(try count("trec/TREC.test.all", .labelled, wanting: .label) == 500)
    // A byte of Latin-1 is found where it is.
    #expect(throws: SeqError.self) { try count("trec/TREC.train.all", .labelled, wanting: .label) }
  }

  @Test(arguments: [("g014b2b.train", 113_438, 106_837), ("g014b2b.test", 12_753, 12_000)])
  func pronunciations(name: String, rows: Int, words: Int) throws {
    let records = try readAll(path: path("cmudict/" + name), options: .init(format: .pairs), wanting: .target)
    #expect(records.count == rows && Set(records.map(\.text)).count == words)
  }

  @Test func pronunciationsOfFifteenLanguages() throws {
    let names = FileSystem.names(in: path("sigmorphon2020_g2p"))
    #expect(names.count == 45)
    for name in names {
      let expected = name.hasSuffix("_train.tsv") ? 3600 : 450
      #expect(try count("sigmorphon2020_g2p/" + name, .pairs, wanting: .target) == expected, "\(name)")
    }
  }

  @Test(arguments: [
    ("german", [12_490, 1597, 15_332]), ("spanish", [12_575, 1596, 23_229]), ("turkish", [12_336, 1597, 1594]),
  ]) func inflections(language: String, sizes: [Int]) throws {
    for (part, size) in zip(["train", "dev", "test"], sizes) {
      #expect(try count("sigmorphon2016_inflection/\(language)-task1-\(part)", .pairs, wanting: .target) == size)
    }
  }

  @Test func plainTexts() throws {
    #expect(try count("tinyshakespeare/input.txt", wanting: .text) == 40_000)
    #expect(try count("glove/glove.6B.50d.top100k.txt.gz", wanting: .text) == 100_000)
    #expect(try count("cmudict/cmudict.dict.gz", .lines, wanting: .text) > 130_000)
    var tunes = 0
    for name in FileSystem.names(in: path("nottingham")) where name.hasSuffix(".abc") {
      try readRecords(path: path("nottingham/" + name), options: .init(format: .lines), wanting: .text) {
        if $0.text?.hasPrefix("X:") == true { tunes += 1 }
      }
    }
    #expect(tunes == 1034)
  }

  @Test(arguments: ["train", "test"]) func reviewsInAFileEach(part: String) throws {
    let workspace = try Workspace()
    let unpacked = try workspace.run("/bin/tar", ["xzf", path("imdb/aclImdb.tar.gz"), "aclImdb/" + part])
    #expect(unpacked.status == 0, "\(unpacked.stderr)")
    var (labels, words) = ([String: Int](), 0)
    try readRecords(path: workspace.path + "/aclImdb/" + part, wanting: .label) { record throws(SeqError) in
      labels[record.label ?? "", default: 0] += 1
      words += (record.text ?? "").utf8.split { [0x20, 0x09, 0x0A, 0x0D].contains($0) }.count
    }
    #expect(labels == ["pos": 12_500, "neg": 12_500])
    // White space of Unicode beyond ASCII splits a few more.
    #expect(abs(words - (part == "train" ? 5_844_680 : 5_713_167)) < 500)
  }

  @Test(arguments: [
    "ud_english_ewt/en_ewt-ud-train.conllu.gz", "ud_english_ewt/en_ewt-ud-dev.conllu",
    "ud_english_ewt/en_ewt-ud-test.conllu", "ud_chinese_gsd/zh-ud-train.conllu.gz", "ud_chinese_gsd/zh-ud-dev.conllu",
    "ud_chinese_gsd/zh-ud-test.conllu",
  ]) func treebanksComeBackByteForByte(name: String) throws {
    let workspace = try Workspace()
    let target = workspace.path + "/out.conllu"
    _ = try Conversion(from: path(name), ReadingOptions(), to: target, WritingOptions()).run()
    let original = name.hasSuffix(".gz") ? try workspace.run("/bin/gzip", ["-dc", path(name)]).stdout : nil
    let expected = try original.map { Array($0.utf8) } ?? FileSystem.read(path(name))
    #expect(try FileSystem.read(target) == expected)
  }

  @Test func schemesOfChineseEntitiesComeBack() throws {
    let workspace = try Workspace()
    let (there, back) = (workspace.path + "/there.conll", workspace.path + "/back.bmes")
    let source = path("resume_ner/dev.char.bmes")
    _ = try Conversion(from: source, ReadingOptions(), to: there, WritingOptions(scheme: .iob2)).run()
    _ = try Conversion(from: there, ReadingOptions(), to: back, WritingOptions(scheme: .bmes)).run()
    #expect(try FileSystem.read(back) == FileSystem.read(source))
    let train = try Conversion(
      from: path("resume_ner/train.char.bmes"), ReadingOptions(), to: there, WritingOptions(scheme: .iob2)
    ).run()
    #expect(train.warnings.count == 1 && train.warnings[0].contains("ill-formed in "), "\(train.warnings)")
    let weibo = try Conversion(
      from: path("weibo_ner/weiboNER_2nd_conll.train"), ReadingOptions(format: .columns), to: there,
      WritingOptions(scheme: .iob2)
    ).run()
    #expect(weibo.warnings.first?.contains("ill-formed in iob2") == true, "\(weibo.warnings)")
  }
}
