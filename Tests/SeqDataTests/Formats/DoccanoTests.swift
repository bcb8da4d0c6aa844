import SeqCore
import SeqData
import SeqRecords
import SeqText
import Testing

/// Doccano's files: read in all their shapes, told from other JSON lines, and written so that Doccano imports them.
@Suite struct DoccanoTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let spans = """
    {"id":1,"text":"😀 Ann met Bob","label":[[2,5,"PER"],[10,13,"PER"]]}
    {"id":2,"text":"none here","label":[]}

    """
  private static let relations =
    #"{"id":1,"text":"Ann met Bob","entities":[{"id":7,"label":"PER","start_offset":0,"end_offset":3},"#
    + #"{"id":9,"label":"PER","start_offset":8,"end_offset":11}],"#
    + #""relations":[{"id":1,"from_id":7,"to_id":9,"type":"met"}],"Comments":["x"]}"# + "\n"

  /// What converting some text gives: the new file, or the error with this folder left out.
  private func convert(
    _ content: String, _ from: DataFormat, to: DataFormat, columns: ColumnNames = ColumnNames(), isLossy: Bool = false
  ) throws -> String {
    try folder.write(content.utf8, to: "in")
    let reading = ReadingOptions(format: from, columns: columns)
    do {
      _ = try Conversion(
        from: folder.path + "/in", reading, to: folder.path + "/out", WritingOptions(format: to, isLossy: isLossy)
      ).run()
    } catch {
      return error.description.replacing(folder.path + "/", with: "")
    }
    return String(decoding: try FileSystem.read(folder.path + "/out"), as: UTF8.self)
  }

  @Test(arguments: [
    #"{"id": 1, "text": "EU bans Ann Lee.", "label": [[0, 2, "ORG"], [8, 15, "PER"]]}"#,
    #"{"id": 1, "text": "EU bans Ann Lee.", "labels": [[0, 2, "ORG"], [8, 15, "PER"]]}"#,
    #"{"id": 1, "data": "EU bans Ann Lee.", "label": [[0, 2, "ORG"], [8, 15, "PER"]]}"#,
    #"{"text": "EU bans Ann Lee.", "entities": [{"id": 1, "label": "ORG", "start_offset": 0, "end_offset": 2}, "#
      + #"{"label": "PER", "start_offset": 8, "end_offset": 15}], "relations": [], "Comments": []}"#,
    #"{"text": "EU bans Ann Lee.", "cats": ["x"], "entities": [{"label": "ORG", "start_offset": 0, "end_offset": 2}, "#
      + #"{"label": "PER", "start_offset": 8, "end_offset": 15}]}"#,
  ])
  func spansOfAllVersions(json: String) throws {
    let outcome = try read(json.utf8, as: .doccano, wanting: .tags) {
      $0.segmentation = TokenizerSettings(kind: .word)
    }
    #expect(outcome.records?.first?.tags == ["B-ORG", "O", "B-PER", "I-PER", "O"], "\(outcome)")
  }

  @Test func classesAndTargets() throws {
    for json in [#"{"text":"a","label":["pos"]}"#, #"{"text":"a","label":"pos"}"#, #"{"text":"a","labels":["pos"]}"#] {
      #expect(try read(json.utf8, as: .doccano).records?.first?.label == "pos")
      #expect(try read(json.utf8, as: .doccano, wanting: .target).records?.first?.target == "pos")
    }
    let several = #"{"text":"a","label":["x y","z"]}"#
    #expect(
      try read(several.utf8, as: .doccano, wanting: .target).message?.hasPrefix("f:1:21: 2 targets, expected one")
        == true)
    #expect(
      try read(several.utf8, as: .doccano, wanting: .target) { $0.severalLabels = .first }.records?.first?.target
        == "x y")
    #expect(
      try read(#"{"text":"a","label":[[0,1,"X"]]}"#.utf8, as: .doccano, wanting: .target).message
        == "f:1:21: label: expected texts, found an array")
  }

  @Test func offsetsCountCodePoints() throws {
    #expect(
      try convert(Self.spans, .doccano, to: .columns)
        == "in:1: columns cannot express the column \"id\" (--lossy leaves it out)")
    #expect(
      try convert(Self.spans, .doccano, to: .columns, isLossy: true)
        == "😀\tO\nAnn\tB-PER\nmet\tO\nBob\tB-PER\n\nnone\tO\nhere\tO\n\n")
    #expect(
      try read(#"{"text":"Ann","label":[[0,4,"PER"]]}"#.utf8, as: .doccano, wanting: .tags).message
        == "f:1:24: a span 0..<4 of a text of 3 characters")
  }

  @Test func whatIsWrittenIsWrittenAgain() throws {
    #expect(try convert(Self.spans, .doccano, to: .doccano) == Self.spans)
    #expect(try convert(Self.relations, .doccano, to: .doccano) == Self.relations)
    let json = try convert(Self.relations, .doccano, to: .jsonl)
    #expect(try convert(json, .jsonl, to: .doccano) == Self.relations)
    // Relations that are between nothing are no relations.
    #expect(
      try convert(#"{"text":"a","spans":[],"relations":[1]}"#, .jsonl, to: .doccano)
        == "in:1: doccano cannot express the column \"relations\", whose name has another meaning (--lossy leaves it out)"
    )
  }

  @Test func otherFormatsBecomeDoccano() throws {
    #expect(
      try convert("EU\tB-ORG\nbans\tO\n\n", .columns, to: .doccano)
        == #"{"text":"EU bans","label":[[0,2,"ORG"]]}"# + "\n")
    #expect(
      try convert("EU\tNOUN\n\n", .columns, to: .doccano) == "in:1: the tag \"NOUN\" marks no span")
    #expect(try convert("text,label\na,pos\n", .csv, to: .doccano) == #"{"text":"a","label":["pos"]}"# + "\n")
    #expect(try convert("a\tb c\n", .pairs, to: .doccano) == #"{"text":"a","label":["b c"]}"# + "\n")
    let both = #"{"text":"ab","label":"x","spans":[{"start":0,"end":1,"label":"Y"}]}"# + "\n"
    let object = #"{"text":"ab","entities":[{"id":0,"label":"Y","start_offset":0,"end_offset":1}],"cats":["x"]}"# + "\n"
    #expect(try convert(both, .jsonl, to: .doccano) == object)
    #expect(try convert(object, .doccano, to: .jsonl) == both)
    let target = ColumnNames(target: .name("label"))
    #expect(try convert(#"{"text":"a","label":["b c"]}"#, .doccano, to: .pairs, columns: target) == "a\tb c\n")
    // A name of blanks is no class, so that it would not be read again.
    #expect(
      try convert("a\t\n", .pairs, to: .doccano)
        == "in:1: doccano cannot express a target of white space (--lossy leaves it out)")
    #expect(try convert("a b\n", .lines, to: .doccano) == #"{"text":"a b","label":[]}"# + "\n")
  }

  @Test func overlappingSpansAreTheUsersChoice() throws {
    let json = #"{"text":"ab cd","label":[[0,5,"X"],[3,5,"Y"]]}"#
    func tags(_ misaligned: MisalignedSpans) throws -> TemporaryFolder.Outcome {
      try read(json.utf8, as: .doccano, wanting: .tags) { $0.misaligned = misaligned }
    }
    #expect(try tags(.refuse).message?.contains("the span 3..<5 (Y) overlaps the span 0..<5 (X)") == true)
    #expect(try tags(.skip).records?.first?.tags == ["B-X", "I-X"])
  }

  @Test(arguments: [
    (#"{"id":1,"text":"a","label":[[0,1,"X"]]}"#, true), (#"{"id":1,"text":"a","labels":[[0,1,"X"]]}"#, true),
    (#"{"text":"a","label":[]}"# + "\n" + #"{"text":"a","label":[[0,1,"X"]]}"#, true),
    (#"{"text":"a","entities":[{"label":"X","start_offset":0,"end_offset":1}],"relations":[]}"#, true),
    (#"{"text":"a","annotations":[{"label":7,"start_offset":0,"end_offset":1,"user":1}]}"#, true),
    (#"{"id":1,"text":"a","label":["x"],"Comments":[]}"#, true),
    (#"[{"id":1,"text":"a","label":[[0,1,"X"]]}]"#, true),
    // These are what other tools and seqtool write, too.
    (#"{"text":"a","label":"x"}"#, false), (#"{"id":1,"text":"a","labels":["x","y"]}"#, false),
    (#"{"text":"a","spans":[[0,1,"X"]]}"#, false), (#"{"text":"a","label":[]}"#, false),
    (#"{"tokens":["a"],"tags":["O"]}"#, false), (#"{"text":"a","label":[[0,1,"X"]],"tokens":["a"]}"#, false),
    (#"{"text":"a","label":[{"start":0,"end":1,"labels":["X"]}]}"#, false),
    (#"{"text":"a","entities":[{"start":0,"end":1,"label":"X"}]}"#, false), ("5", false), ("{", false),
  ])
  func filesAreToldByTheirContent(content: String, isDoccanos: Bool) throws {
    try folder.write(content.utf8, to: "f.jsonl")
    #expect(DataFormat(of: folder.path + "/f.jsonl") == (isDoccanos ? .doccano : .jsonl), "\(content)")
    #expect(DataFormat(inferredFrom: "f.jsonl") == .jsonl)
    let lines = content.split(separator: "\n").map(String.init)
    guard lines[0].hasPrefix("{"), lines[0].count > 1 else { return }
    #expect(DataFormat(lookOf: lines) == (isDoccanos ? .doccano : .jsonl))
  }

  @Test func recordsAreTheBytesOfTheFile() throws {
    try folder.write(Self.spans.utf8, to: "f.jsonl")
    var raw = try RawRecords(folder.path + "/f.jsonl", format: .doccano, options: ReadingOptions())
    var all: [UInt8] = []
    while try raw.next() { all += raw.bytes }
    #expect(all == Array(Self.spans.utf8))
  }

  @Test func anAnswerStandsInItsPlace() throws {
    func line(_ json: String, _ answer: RecordAnswer) throws -> String {
      let record = try #require(try read(json.utf8, as: .doccano, wanting: .fields).records?.first)
      return String(decoding: try DataFormat.doccano.line(record, with: answer), as: UTF8.self)
    }
    let json = #"{"text":"Ann","label":[[0,1,"X"]],"Comments":["c"],"id":3}"#
    let span = LabelledSpan(0..<3, label: "PER")
    #expect(
      try line(json, RecordAnswer(text: "Ann", spans: [span]))
        == #"{"id":3,"text":"Ann","label":[[0,3,"PER"]],"Comments":["c"]}"# + "\n")
    #expect(
      try line(json, RecordAnswer(text: "Ann", labels: ["a", "b"]))
        == #"{"id":3,"text":"Ann","label":["a","b"],"Comments":["c"]}"# + "\n")
    #expect(
      try line(json, RecordAnswer(text: "Ann", labels: ["a"], spans: [span]))
        == #"{"id":3,"text":"Ann","entities":[{"id":0,"label":"PER","start_offset":0,"end_offset":3}],"cats":["a"],"#
        + #""Comments":["c"]}"# + "\n")
    #expect(
      try line(json, RecordAnswer(text: "Ann", targets: ["b c"]))
        == #"{"id":3,"text":"Ann","label":["b c"],"Comments":["c"]}"# + "\n")
    // A tagger of parts of speech marks each token.
    #expect(
      RecordAnswer.spans(of: ["DET", "O"], at: [0..<1, 2..<3]).map(\.label) == ["DET", "O"])
  }
}
