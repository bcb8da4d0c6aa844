import SeqCore
import SeqData
import SeqRecords
import Testing

/// brat's texts with their files of annotations.
@Suite struct BratTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("d")
  }

  private func read(
    _ text: String, _ annotations: String, _ wanted: Wanted = .everything, _ misaligned: MisalignedSpans = .refuse
  ) throws -> TemporaryFolder.Outcome {
    try folder.write(text.utf8, to: "d/a.txt")
    try folder.write(annotations.utf8, to: "d/a.ann")
    var options = ReadingOptions()
    options.misaligned = misaligned
    return folder.outcome(of: "d", options: options, wanting: wanted)
  }

  @Test func eachLineHasItsSpans() throws {
    let outcome = try read(
      "Title\r\n\r\né Ann Lee\n", "T1\tPER 11 18\tAnn Lee\n\nT2\tX 0 5\tTitle\nR1\tr Arg1:T1 Arg2:T2\n")
    #expect(outcome.records?.map(\.text) == ["Title", "é Ann Lee"])
    #expect(
      outcome.records?.map(\.spans) == [[LabelledSpan(0..<5, label: "X")], [LabelledSpan(2..<9, label: "PER")]])
    #expect(outcome.records?.map(\.line) == [1, 3])
    #expect(try read("Ann Lee\n", "T1\tPER 0 7\tAnn Lee\n", .tags).records?.first?.tags == ["B-PER", "I-PER"])
    for name in ["d/a.txt", "d/a.ann", "d"] { #expect(DataFormat(of: folder.path + "/" + name) == .brat) }
    #expect(folder.outcome(of: "d/a.ann", options: ReadingOptions(), wanting: .tags).records?.count == 1)
  }

  @Test func spansThatTagsCannotMarkAreTold() throws {
    let parts = "T1\tPER 0 3;8 11\tAnn Lee\n"
    #expect(
      try read("Ann May Lee\n", parts).message?.hasPrefix(
        "d/a.ann:1:1: a span of 2 parts, but tags can mark only one (")
        == true)
    #expect(try read("Ann May Lee\n", parts, .everything, .skip).records?.first?.spans == [])
    #expect(
      try read("Ann May Lee\n", parts, .everything, .widen).records?.first?.spans == [
        LabelledSpan(0..<11, label: "PER")
      ])
    let over = "T1\tPER 0 7\tAnn Lee\n"
    #expect(try read("Ann\nLee\n", over).message?.contains("a span that crosses the end of a line") == true)
    #expect(try read("Ann\nLee\n", over, .everything, .skip).records?.map(\.spans) == [[], []])
  }

  @Test(arguments: [
    ("T1\tPER 0 3\tBob\n", "d/a.ann:1:1: the span is \"Ann\" in "),
    ("T1 PER 0 3\n", "d/a.ann:1:1: expected an annotation"),
    ("T1\tPER 90 93\tAnn\n", "d/a.ann:1:1: a span 90..<93 that does not begin in a line of "),
  ])
  func mistakesHaveTheirPlaces(annotations: String, message: String) throws {
    let found = try read("Ann Lee\n", annotations).message
    #expect(found?.hasPrefix(message) == true, "\(found ?? "")")
  }
}
