import SeqCore
import SeqData
import SeqRecords
import SeqText
import Synchronization
import Testing

/// What annotation tools export is read by its shape.
@Suite struct AnnotatorTests {
  private static let word = TokenizerSettings(kind: .word)

  /// The tags of the first record, or the error.
  private func tags(_ json: String, _ change: (inout ReadingOptions) -> Void = { _ in }) throws -> String {
    let outcome = try read(json.utf8, as: .jsonl, wanting: .tags) {
      $0.segmentation = Self.word
      change(&$0)
    }
    return outcome.records.map { $0.map { ($0.tags ?? []).joined(separator: " ") }.joined(separator: " | ") }
      ?? outcome.message ?? ""
  }

  @Test(arguments: [
    #"{"id": 1, "text": "EU bans Ann Lee.", "label": [[0, 2, "ORG"], [8, 15, "PER"]]}"#,
    #"{"id": 1, "text": "EU bans Ann Lee.", "labels": [[0, 2, "ORG"], [8, 15, "PER"]]}"#,
    #"{"text": "EU bans Ann Lee.", "entities": [{"id": 1, "label": "ORG", "start_offset": 0, "end_offset": 2}, "#
      + #"{"label": "PER", "start_offset": 8, "end_offset": 15}], "relations": [], "Comments": []}"#,
    #"{"text": "EU bans Ann Lee.", "label": [{"start": 0, "end": 2, "text": "EU", "labels": ["ORG"]}, "#
      + #"{"start": 8, "end": 15, "text": "Ann Lee", "labels": ["PER"]}], "annotator": 1}"#,
    #"[{"id": 1, "annotations": [{"result": [{"value": {"start": 0, "end": 2, "labels": ["ORG"]}, "from_name": "l"}, "#
      + #"{"value": {"start": 8, "end": 15, "labels": ["PER"]}, "from_name": "l"}]}], "#
      + #""data": {"text": "EU bans Ann Lee."}}]"#,
    #"{"text": "EU bans Ann Lee.", "spans": [{"start": 0, "end": 2, "token_start": 0, "label": "ORG"}, "#
      + #"{"start": 8, "end": 15, "label": "PER"}], "answer": "accept", "#
      + #""tokens": [{"text": "EU", "start": 0, "end": 2, "id": 0, "ws": true}]}"#,
  ])
  func spansOfEachTool(json: String) throws {
    #expect(try tags(json) == "B-ORG O B-PER I-PER O")
  }

  @Test func absentSpansOfProdigyAreNone() throws {
    #expect(try tags(#"{"text": "Sun is up", "answer": "accept"}"#) == "O O O")
    #expect(try tags(#"{"text": "Sun is up", "label": []}"#) == "O O O")
    #expect(
      try tags(#"{"text": "Sun is up"}"#)
        == "f:1:1: neither \"tags\" with \"tokens\" nor \"spans\" with \"text\"")
  }

  @Test func rejectedExamplesAreLeftOutAndCounted() throws {
    let content = ["accept", "reject", "ignore", "reject"].map {
      "{\"text\":\"a\",\"label\":\"x\",\"answer\":\"\($0)\"}\n"
    }
    let notes = Mutex<[String]>([])
    let outcome = try ReadingNotes { line in notes.withLock { $0.append(line) } }.collecting {
      try read(content.joined().utf8, as: .jsonl)
    }
    #expect(outcome.records?.map(\.line) == [1])
    let found = notes.withLock(\.self)
    #expect(found.count == 2)
    #expect(
      found.first?.hasSuffix("/f:2: an example with the answer \"reject\" was left out, and 1 more like it") == true)
    // A column of this name is what it is said to be.
    let answers = try read(#"{"text":"a","answer":"reject"}"#.utf8, as: .jsonl) { $0.columns.label = .name("answer") }
    #expect(answers.records?.first?.label == "reject")
    #expect(try read(content.joined().utf8, as: .jsonl, wanting: .text).records?.count == 4)
  }

  @Test(arguments: [
    (#"{"text": "a", "labels": ["pos"]}"#, "pos"), (#"{"text": "a", "label": ["pos"]}"#, "pos"),
    (#"{"text": "a", "annotations": [{"label": 7, "user": 1}]}"#, "7"),
    (#"{"text": "a", "options": [], "accept": ["pos"], "answer": "accept"}"#, "pos"),
    (
      #"[{"data": {"text": "a"}, "annotations": [{"result": [{"from_name": "s", "value": {"choices": ["pos"]}}]}]}]"#,
      "pos"
    ),
    (#"{"text": "a", "label": 12345678901234567891}"#, "12345678901234567891"),
    (#"{"text": "a", "label": {"choices": ["pos"]}}"#, "pos"),
  ])
  func classesOfEachTool(json: String, label: String) throws {
    #expect(try read(json.utf8, as: .jsonl).records?.first?.label == label, "\(json)")
  }

  @Test func severalAnswersObeyTheSetting() throws {
    let json = #"{"text": "Ann", "label": [{"start": 0, "end": 3, "labels": ["PER", "HUMAN"]}]}"#
    #expect(try tags(json).hasPrefix("f:1:27: 2 labels of a span, expected one (\"severalLabels\""))
    #expect(try tags(json) { $0.severalLabels = .first } == "B-PER")
    #expect(try tags(json) { $0.severalLabels = .join } == "B-PER+HUMAN")
    let value = #"{"result": [{"value": {"start": 0, "end": 3, "labels": ["PER"]}}]}"#
    let two = #"[{"data": {"text": "Ann"}, "annotations": [\#(value), \#(value)]}]"#
    #expect(try tags(two).hasPrefix("f:1:2: 2 annotations, expected one"))
    #expect(try tags(two) { $0.severalLabels = .first } == "B-PER")
    #expect(try tags(two) { $0.severalLabels = .join } == "B-PER")
    let cancelled = two.replacing("{\"result\"", with: "{\"was_cancelled\": true, \"result\"", maxReplacements: 1)
    #expect(try tags(cancelled) == "B-PER")
  }

  @Test func numberedTagsHaveNamesOrARemedy() throws {
    let json = #"{"id": "0", "tokens": ["EU", "rejects"], "ner_tags": [3, 0]}"#
    #expect(
      try tags(json)
        == #"f:1:54: ner_tags: numbers whose names are unknown ("tagNames": ["O", "B-PER", …] names them in the "#
        + "order of their numbers)")
    let names = ["O", "B-PER", "I-PER", "B-ORG"]
    #expect(try tags(json) { $0.tagNames = names } == "B-ORG O")
    #expect(try tags(json) { $0.tagNames = ["O"] } == "f:1:55: ner_tags: expected a number from 0 to 0, found 3")
    let two = #"{"tokens": ["EU"], "ner_tags": [3], "pos_tags": [1]}"#
    #expect(try tags(two).hasSuffix(#"("columns": {"tag": "ner_tags|pos_tags"} takes those)"#))
    #expect(
      try tags(two) {
        ($0.tagNames, $0.columns.tag) = (names, .name("pos_tags"))
      } == "B-PER")
  }

  @Test func offsetsOfABrowserAreFoundByTheirText() throws {
    let json = #"{"text": "😀 Ann", "label": [{"start": 3, "end": 6, "text": "Ann", "labels": ["PER"]}]}"#
    #expect(try tags(json) { $0.segmentation = TokenizerSettings(kind: .whitespace) } == "O B-PER")
    let python = json.replacing("3, \"end\": 6", with: "2, \"end\": 5")
    #expect(try tags(python) { $0.segmentation = TokenizerSettings(kind: .whitespace) } == "O B-PER")
  }

  @Test func anExplicitRoleWins() throws {
    let json = #"{"text": "EU", "label": [[0, 2, "ORG"]]}"#
    let spans = try read(json.utf8, as: .jsonl, wanting: .everything) { $0.columns.spans = .name("label") }
    #expect(spans.records?.first?.spans == [LabelledSpan(0..<2, label: "ORG")])
    let label = try read(json.utf8, as: .jsonl, wanting: .everything) { $0.columns.label = .name("label") }
    #expect(label.message == "f:1:26: label: expected a label, found an array")
    let table = try read("text,label\na,b\n".utf8, as: .csv, wanting: .everything) { $0.columns.text = .name("label") }
    #expect(table.records?.first?.text == "b" && table.records?.first?.label == nil)
  }
}
