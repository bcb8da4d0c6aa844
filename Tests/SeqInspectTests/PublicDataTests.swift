import SeqCore
import SeqData
import SeqInspect
import SeqRecords
import SeqTestSupport
import SeqText
import Testing

/// The traps of public sets, found without being told; the counts are those of the folder's own read-me.
@Suite(.enabled(if: publicDataFolder != nil, "the public data sets are not here"))
struct PublicDataTests {
  private func check(
    _ paths: [String], format: DataFormat? = nil, columns: ColumnNames = ColumnNames(), wanted: Wanted = .label,
    vectors: String? = nil
  ) throws -> CheckReport {
    let folder = (publicDataFolder ?? "") + "/"
    let names = ["train", "dev", "test"]
    let parts = zip(paths, paths.count == 2 ? ["train", "test"] : names).map {
      InspectedData.Part(name: $1, path: folder + $0)
    }
    let data = try InspectedData(
      parts: parts, reading: ReadingOptions(format: format, columns: columns), wanted: wanted,
      tokenizer: TokenizerSettings(kind: wanted == .tags ? .whitespace : .word))
    var settings = CheckSettings()
    settings.limit = 100
    settings.vectors = vectors.map { folder + $0 }
    return try DataCheck(data, settings: settings).run()
  }

  private func count(_ report: CheckReport, _ kind: FindingKind) -> Int {
    report.groups.first { $0.kind == kind }?.count ?? 0
  }

  private func places(_ report: CheckReport, _ kind: FindingKind) -> [String] {
    let shown = report.groups.first { $0.kind == kind }?.shown ?? []
    return shown.map { "\($0.place.line ?? 0):\($0.place.column ?? 0)" }
  }

  @Test func namesRepeatAndContradictEachOther() throws {
    let folder = try Workspace()
    let source = (publicDataFolder ?? "") + "/names/"
    var rows = "text,label\n"
    for file in FileSystem.names(in: source) {
      for name in try FileSystem.readText(source + file).split(separator: "\n") {
        rows += "\"\(name)\",\(file.dropLast(4))\n"
      }
    }
    try folder.write(rows, to: "train.csv")
    let report = try DataCheck(Checked.data(["train.csv"], in: folder)).run()
    #expect(report.parts[0].records == 20_074)
    #expect(count(report, .duplicate) == 2_059)
    // 18,015 pairs of 17,458 names; the read-me's 17,453 are without the blanks at the ends of some.
    #expect(count(report, .conflict) == 18_015 - 17_458)
    #expect(count(report, .noBreakSpace) == 1)
    #expect(abs((report.ceiling ?? 0) - 0.972) < 0.0005)
    #expect(abs((report.parts[0].majority ?? 0) - 0.469) < 0.0005)
  }

  @Test func aFileOfNamesForEachLanguage() throws {
    let report = try check(["names"], format: .folders)
    #expect(report.parts[0].records == 20_074 && report.parts[0].labels == 18)
    #expect(count(report, .duplicate) == 2_059)
    #expect(count(report, .conflict) == 18_015 - 17_458)
    let repeated = report.groups.first { $0.kind == .duplicate }?.shown ?? []
    #expect(!repeated.isEmpty && repeated.allSatisfy { $0.place.file?.hasSuffix("/names/Arabic.txt") == true })
  }

  @Test func theCeilingOfEachPartOfTheNames() throws {
    let report = try check(
      ["names_split/train.csv", "names_split/dev.csv", "names_split/test.csv"],
      columns: ColumnNames(text: .name("name"), label: .name("language")))
    #expect(count(report, .duplicate) == 0 && count(report, .leak) == 0)
    let ceilings = report.parts.map { Int((($0.ceiling ?? 0) * 1000).rounded()) }
    #expect(ceilings == [970, 961, 967])
  }

  @Test func theLatin1ByteOfTREC() throws {
    let report = try check(["trec/TREC.train", "trec/TREC.test"], format: .labelled)
    #expect(report.errors == 1)
    #expect(places(report, .encoding) == ["66:60"])
    #expect(report.parts.map(\.records) == [5_452, 500])
    #expect(report.parts.map(\.labels) == [50, 42])
  }

  @Test func slotsThatATISTrainingLacks() throws {
    let report = try check(["atis/train", "atis/valid", "atis/test"], wanted: .tags)
    let unseen = report.groups.first { $0.kind == .unseenLabel }?.shown ?? []
    #expect(unseen.count { $0.place.file?.contains("test") == true } == 6)
    #expect(unseen.count { $0.place.file?.contains("valid") == true } == 1)
    #expect(report.scheme?.rawValue == "iob2" && report.errors == 0)
    let intents = try check(["atis/train", "atis/test"], format: .parallel)
    #expect(count(intents, .unseenLabel) == 4)
  }

  @Test func brokenSpansOfTheChineseSets() throws {
    let resume = try check(
      ["train", "dev", "test"].map { "resume_ner/\($0).char.bmes" }, format: .columns, wanted: .tags)
    #expect(resume.scheme?.rawValue == "bmes")
    // Two entities that a sentence boundary cuts: both halves are ill-formed.
    #expect(places(resume, .tagSequence) == ["62390:3", "62392:3", "64412:3", "64414:3"])
    let weibo = try check(
      ["train", "dev", "test"].map { "weibo_ner/weiboNER_2nd_conll.\($0)" }, format: .columns, wanted: .tags)
    let orphans = weibo.groups.first { $0.kind == .tagSequence }?.shown ?? []
    #expect(orphans.count { $0.place.file?.hasSuffix("train") == true } == 10)
    #expect(orphans.count { $0.place.file?.hasSuffix("test") == true } == 4)
  }

  @Test func reviewsWithoutText() throws {
    let report = try check(["cr/custrev.all"], format: .labelled)
    #expect(places(report, .emptyText) == ["769:3", "1368:3", "3691:3", "3775:3"])
  }

  @Test func unknownWordsAndVectors() throws {
    let report = try check(
      ["train.conllu.gz", "dev.conllu", "test.conllu"].map { "ud_english_ewt/en_ewt-ud-" + $0 }, wanted: .tags,
      vectors: "glove/glove.6B.50d.top100k.txt.gz")
    #expect(report.parts.map(\.records) == [12_544, 2_001, 2_077])
    #expect(report.parts.dropFirst().map { Int((($0.unknown ?? 0) * 1000).rounded()) } == [83, 91])
    #expect(report.parts.allSatisfy { ($0.vectors?.lowercased ?? 0) > 0.965 })
  }
}
