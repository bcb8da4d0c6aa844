import SeqCore
import SeqData
import SeqRecords
import SeqTestSupport
import Testing

/// Real files, counted by other means (`data/README.md`). Skipped where the data are not at hand.
@Suite(.enabled(if: publicDataFolder != nil, "the public data sets are not here"))
struct PublicDataTests {
  private func read(
    _ path: String, _ format: DataFormat? = nil, wanting wanted: Wanted,
    _ change: (inout ReadingOptions) -> Void = { _ in }
  ) throws -> [Record] {
    var options = ReadingOptions(format: format)
    change(&options)
    return try readAll(path: (publicDataFolder ?? "") + "/" + path, options: options, wanting: wanted)
  }

  private func tokens(_ records: [Record]) -> Int { records.reduce(0) { $0 + ($1.tokens?.count ?? 0) } }

  @Test(arguments: [("train", 14_392), ("dev", 1823), ("test", 1799)])
  func names(_ part: String, _ count: Int) throws {
    let records = try read("names_split/\(part).csv", wanting: .label) {
      $0.columns = ColumnNames(text: .name("name"), label: .name("language"))
    }
    #expect(records.count == count)
    #expect(records.last?.line == count + 1)
    #expect(Set(records.map(\.label)).count == 18)
  }

  @Test(arguments: [("train", 6920, 3610), ("dev", 872, 444), ("test", 1821, 909)])
  func sst2(_ part: String, _ count: Int, _ positive: Int) throws {
    let records = try read("sst2/stsa.binary.\(part)", .labelled, wanting: .label)
    #expect(records.count == count)
    #expect(records.count { $0.label == "1" } == positive)
    let table = try read("sst2/\(part).tsv", wanting: .label) { $0.header = false }
    #expect(table.count == count)
    #expect(table.count { $0.label == "1" } == positive)
  }

  @Test func trec() throws {
    let file = (publicDataFolder ?? "") + "/trec/TREC.train"
    let place = Place.line(66, column: 60, of: file)
    #expect(
      throws: SeqError.data(
        "byte 0xF0 is not UTF-8", at: place, remedy: "if the file is Latin-1, say so: \"encoding\": \"latin-1\"")
    ) {
      try readAll(path: file, options: ReadingOptions(format: .labelled), wanting: .label)
    }
    let records = try read("trec/TREC.train", .labelled, wanting: .label) { $0.encoding = .latin1 }
    #expect(records.count == 5452)
    #expect(Set(records.compactMap { $0.label?.split(separator: ":").first }).count == 6)
    #expect(try read("trec/TREC.test", .labelled, wanting: .label).count == 500)
  }

  @Test func reviewsWithoutText() throws {
    let records = try read("cr/custrev.all", .labelled, wanting: .label)
    #expect(records.count == 3775)
    #expect(records.filter { $0.text == "" }.map(\.line) == [769, 1368, 3691, 3775])
  }

  @Test(arguments: [("train", 8936, 211_727), ("test", 2012, 47_377)])
  func conll2000(_ part: String, _ sentences: Int, _ words: Int) throws {
    let records = try read("conll2000/\(part).txt", .columns, wanting: .tags)
    #expect(records.count == sentences)
    #expect(tokens(records) == words)
    #expect(records.allSatisfy { $0.tags?.count == $0.tokens?.count })
  }

  @Test(arguments: [("train.conllu.gz", 12_544, 204_577), ("dev.conllu", 2001, 25_147), ("test.conllu", 2077, 25_094)])
  func english(_ part: String, _ sentences: Int, _ words: Int) throws {
    let records = try read("ud_english_ewt/en_ewt-ud-\(part)", wanting: .tags)
    #expect(records.count == sentences)
    #expect(tokens(records) == words)
    #expect(Set(records.flatMap { $0.tags ?? [] }).count == 17)
  }

  @Test(arguments: [("train.conllu.gz", 3997, 98_608), ("dev.conllu", 500, 12_663), ("test.conllu", 500, 12_012)])
  func chinese(_ part: String, _ sentences: Int, _ words: Int) throws {
    let records = try read("ud_chinese_gsd/zh-ud-\(part)", wanting: .tags) { $0.columns.tag = .name("XPOS") }
    #expect(records.count == sentences)
    #expect(tokens(records) == words)
  }

  @Test(arguments: [("train", 4478, 50_497, 21), ("valid", 500, 5703, 16), ("test", 893, 9164, 20)])
  func atis(_ part: String, _ queries: Int, _ words: Int, _ intents: Int) throws {
    let tagged = try read("atis/\(part)", wanting: .tags)
    #expect(tagged.count == queries)
    #expect(tokens(tagged) == words)
    let labelled = try read("atis/\(part)", .parallel, wanting: .label)
    #expect(labelled.count == queries)
    #expect(Set(labelled.map(\.label)).count == intents)
  }

  @Test(arguments: [("train", 3821, 124_099), ("dev", 463, 13_890), ("test", 477, 15_100)])
  func resumes(_ part: String, _ sentences: Int, _ characters: Int) throws {
    let records = try read("resume_ner/\(part).char.bmes", wanting: .tags)
    #expect(records.count == sentences)
    #expect(tokens(records) == characters)
  }

  @Test(arguments: [("train", 1350, 73_778), ("dev", 270, 14_509), ("test", 270, 14_842)])
  func weibo(_ part: String, _ messages: Int, _ characters: Int) throws {
    let records = try read("weibo_ner/weiboNER_2nd_conll.\(part)", .columns, wanting: .tags)
    #expect(records.count == messages)
    #expect(tokens(records) == characters)
  }

  @Test func waimai() throws {
    let records = try read("waimai_10k/waimai_10k.csv", wanting: .label) { $0.columns.text = .name("review") }
    #expect(records.count == 11_987)
    #expect(records.count { $0.label == "1" } == 4000)
    #expect(Set(records.map(\.text)).count == 11_980)
  }
}
