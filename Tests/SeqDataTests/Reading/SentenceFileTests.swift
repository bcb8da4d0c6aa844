import SeqCore
import SeqData
import SeqRecords
import Testing

/// Files of sentences as corpora have them: comments, columns of their own, tokens that nobody has tagged.
@Suite struct SentenceFileTests {
  private static let two = "# 1\nAda B-PER\nruns O\n\n# 2\nBo B-PER\nsits O\n"
  private static let germeval =
    "#\thttp://example.org/x\t[2009-10-17]\n1\tAda\tB-PER\tO\n2\truns\tO\tO\n\n#\thttp://example.org/y\t[2009-10-18]\n"
    + "1\tBo\tB-PER\tO\n"
  private static let multiconer = "# id 11aa-22bb\tdomain=en\nada _ _ B-PER\n\n# id 33cc\tdomain=en\nbo _ _ B-PER\n"

  private func tokens(_ outcome: TemporaryFolder.Outcome) -> [String]? {
    outcome.records?.map { record in
      zip(record.tokens ?? [], record.tags ?? []).map { "\($0)/\($1)" }.joined(separator: " ")
    }
  }

  @Test(arguments: [(two, 0), (germeval, 1), (multiconer, 0)])
  func commentsBeforeEachSentenceAreFound(content: String, token: Int) throws {
    let noted = try readNoted(content.utf8, as: .columns, wanting: .tags) { $0.columns.token = .index(token) }
    #expect(noted.outcome.records?.count == 2)
    #expect(noted.outcome.records?.allSatisfy { !($0.tokens ?? []).contains("#") } == true)
    #expect(
      noted.notes == [
        "f:1: each sentence begins with a line that starts with #; these lines are read as comments "
          + "(\"comments\": \"\" reads them as tokens)"
      ])
  }

  @Test(arguments: [
    "# O\nAda B-PER\n", "Ada B-PER\n\n# O\nBo B-PER\n", "#x O\na O\n\n#y O\nb O\n", "# O\n\n# O\n", "# O\na O\n\nb O\n",
  ])
  func aTokenIsNoComment(content: String) throws {
    let noted = try readNoted(content.utf8, as: .columns, wanting: .tags)
    #expect(noted.notes == [] && tokens(noted.outcome)?.joined(separator: " ").contains("#") == true)
  }

  @Test func foundCommentsStandBeforeTokensAlone() throws {
    let content = "# 1\nAda B-PER\n# O\n\n# 2\n#hash O\n"
    #expect(try tokens(read(content.utf8, as: .columns, wanting: .tags)) == ["Ada/B-PER #/O", "#hash/O"])
  }

  @Test func theStartOfCommentsIsASetting() throws {
    let content = "Ada B-PER\n% so\nruns O\n\n%% 2\nBo B-PER\n"
    let read = try readNoted(content.utf8, as: .columns, wanting: .tags) { $0.comments = "%" }
    #expect(tokens(read.outcome) == ["Ada/B-PER runs/O", "Bo/B-PER"] && read.notes == [])
    let none = try readNoted(Self.two.utf8, as: .columns, wanting: .tags) { $0.comments = "" }
    #expect(tokens(none.outcome)?.first == "#/1 Ada/B-PER runs/O" && none.notes == [])
  }

  @Test(arguments: [two, germeval, multiconer]) func recordsAreCutAsTheyAreRead(content: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(content.utf8, to: "f")
    var raw = try RawRecords(path, format: .columns, options: ReadingOptions(format: .columns))
    var records: [String] = []
    while try raw.next() { records.append(String(decoding: raw.bytes, as: UTF8.self)) }
    #expect(records.count == 2 && records.allSatisfy { $0.hasPrefix("#") })
    #expect(records.joined() == content + "\n")
  }

  private static let plus = "# global.columns = ID FORM PARSEME:MWE UPOS\n1\tThey\t*\tPRON\n2\tbuy\t1:LVC\tVERB\n\n"

  @Test func conlluPlusNamesItsColumns() throws {
    #expect(try tokens(read(Self.plus.utf8, as: .conllu, wanting: .tags)) == ["They/PRON buy/VERB"])
    let other = try read(Self.plus.utf8, as: .conllu, wanting: .tags) { $0.columns.tag = .name("PARSEME:MWE") }
    #expect(tokens(other) == ["They/* buy/1:LVC"])
    let missing = try read(Self.plus.utf8, as: .conllu, wanting: .tags) { $0.columns.tag = .name("XPOS") }
    #expect(
      missing.message?.hasPrefix("f: no column \"XPOS\", found \"ID\", \"FORM\", \"PARSEME:MWE\", \"UPOS\"") == true)
    let narrow = try read("# global.columns = ID FORM UPOS\n1\ta\n".utf8, as: .conllu, wanting: .tags)
    #expect(narrow.message == "f:2: 2 columns, expected the 3 of global.columns (they are separated by tabs)")
    let unnumbered = "# global.columns = FORM UPOS\na\tX\nb\tY\n"
    #expect(try tokens(read(unnumbered.utf8, as: .conllu, wanting: .tags)) == ["a/X b/Y"])
    #expect(DataFormat(inferredFrom: "train.conllup") == .conllu)
  }

  @Test func eachPartOfConlluPlusNamesTheColumns() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.plus.utf8, to: "f")
    var raw = try RawRecords(path, format: .conllu, options: ReadingOptions(format: .conllu))
    #expect(String(decoding: raw.header, as: UTF8.self) == "# global.columns = ID FORM PARSEME:MWE UPOS\n")
    #expect(try raw.next() && raw.bytes.starts(with: "1\tThey".utf8))
  }

  private func sentence(_ upos: [String], xpos: String = "_", feats: String = "_") -> String {
    upos.enumerated().map { "\($0 + 1)\tw\($0)\t_\t\($1)\t\(xpos)\t\(feats)\t0\troot\t_\t_\n" }.joined() + "\n"
  }

  @Test func sentencesThatLackTagsAreLeftOut() throws {
    let content = sentence(["A", "_"]) + sentence(["A", "B"]) + sentence(["_", "_"])
    let noted = try readNoted(content.utf8, as: .conllu, wanting: .tags)
    #expect(tokens(noted.outcome) == ["w0/A w1/B"])
    #expect(
      noted.notes == [
        "f:2:8: 2 of 3 sentences are left out because they lack tags of some tokens or all: column UPOS is \"_\" at 3 "
          + "tokens (give these tokens tags, or use another column (DEPREL): \"columns\": {\"tag\": \"DEPREL\"})"
      ])
    #expect(try read(content.utf8, as: .conllu, wanting: .text).records?.count == 3)
  }

  @Test func aColumnWithoutTagsIsRefused() throws {
    let content = sentence(["_", "_"], xpos: "NN") + sentence(["_"], xpos: "VB")
    #expect(
      try read(content.utf8, as: .conllu, wanting: .tags).message
        == "f:1:8: column UPOS holds no tags: it is \"_\" everywhere (give these tokens tags, or use another column "
        + "(XPOS, DEPREL): \"columns\": {\"tag\": \"XPOS\"})")
    let partial = sentence(["A", "_"]) + sentence(["_", "B"])
    #expect(
      try read(partial.utf8, as: .conllu, wanting: .tags).message?.hasPrefix(
        "f:2:8: no sentence has a tag for each token: column UPOS is \"_\" at 2 tokens") == true)
  }

  @Test func noFeaturesAreAValue() throws {
    let content = sentence(["A", "_"], feats: "_")
    let noted = try readNoted(content.utf8, as: .conllu, wanting: .tags) { $0.columns.tag = .name("FEATS") }
    #expect(tokens(noted.outcome) == ["w0/_ w1/_"] && noted.notes == [])
  }

  @Test func labelsAndTagsAreComposed() throws {
    let decomposed = "cafe\u{301}"
    let composed = Array("caf\u{E9}".utf8)
    let table = try read("text,label\n\(decomposed),\(decomposed)\n".utf8, as: .csv).records?.first
    #expect(table?.label.map { Array($0.utf8) } == composed)
    #expect(table?.text.map { Array($0.utf8) } == Array(decomposed.utf8))
    let tags = try read("a \(decomposed)\n".utf8, as: .columns, wanting: .tags).records?.first?.tags
    #expect(tags?.map { Array($0.utf8) } == [composed])
    // A conversion keeps what the file holds.
    let kept = try read("text,label\na,\(decomposed)\n".utf8, as: .csv, wanting: .everything).records?.first?.label
    #expect(kept.map { Array($0.utf8) } == Array(decomposed.utf8))
  }
}
