import SeqTestSupport
import SeqText
import SequenceToolkit
import Synchronization
import Testing

/// Which tokenizer gives back the tokens of training data.
struct RawTextFindingTests {
  private func config(_ data: String, named name: String, tokenizer: String = "{}") throws -> ExperimentConfig {
    let workspace = try Workspace()
    try workspace.write(data, to: name)
    try workspace.write(
      """
      { "task": "tagging", "data": { "train": "\(name)" }, "tokenizer": \(tokenizer),
        "model": { "embedding": 4, "hidden": 4 }, "training": { "epochs": 1 } }
      """, to: "config.json")
    let config = try ExperimentConfig(contentsOf: workspace.path + "/config.json")
    // The files are needed as long as the config.
    Self.kept.withLock { $0.append(workspace) }
    return config
  }

  private static let kept = Mutex<[Workspace]>([])

  private func finding(_ data: String, named name: String, tokenizer: String = "{}") throws -> RawTextFinding? {
    try RawTextFinding.find(try config(data, named: name, tokenizer: tokenizer))
  }

  private func columns(_ sentences: [String]) -> String {
    sentences.map { $0.split(separator: " ").map { "\($0)\tX\n" }.joined() + "\n" }.joined()
  }

  @Test(arguments: [
    (["Berlin is big .", "Is it , really ?"], "word"), (["I ca n't go .", "`` No , '' he said ."], "penn"),
    (["我 爱 你 。", "他 用 C++ 写 COVID-19"], "chinese"), (["我 爱 1 9 9 8", "A B 股"], "character"),
    (["wake me at seven", "play jazz"], "word"),
  ])
  func tokensAloneTellWhatCutsRawText(sentences: [String], kind: String) throws {
    let found = try #require(try finding(columns(sentences), named: "train.conll"))
    #expect(found.tokenizer.settings.kind.rawValue == kind && found.share == 1 && !found.isOfTexts)
    #expect(found.tokenizer.cuts == nil)
  }

  @Test func theKindOfTheConfigIsTakenIfItIsAsGood() throws {
    let data = columns(["play jazz now", "stop it"])
    #expect(try finding(data, named: "a.conll", tokenizer: #"{ "kind": "penn" }"#)?.tokenizer.settings.kind == .penn)
    #expect(
      try finding(data, named: "a.conll", tokenizer: #"{ "kind": "whitespace" }"#)?.tokenizer.settings.kind == .word)
  }

  @Test func textsOfTheDataAreBelieved() throws {
    let line = #"{"text": "Is it 5.?", "tokens": ["Is", "it", "5.?"], "tags": ["X", "X", "X"]}"# + "\n"
    let found = try #require(try finding(line, named: "train.jsonl"))
    #expect(found.tokenizer.settings.kind == .whitespace && found.share == 1 && found.isOfTexts)
  }

  @Test func coNLLUSaysWhereNoBlankFollows() throws {
    func row(_ id: String, _ form: String, _ misc: String = "_") -> String {
      "\(id)\t\(form)\t_\tX\t_\t_\t_\t_\t_\t\(misc)\n"
    }
    let rows = [
      row("1", "We"), row("2-3", "cannot", "SpaceAfter=No"), row("2", "can"), row("3", "not"),
      row("4", ",", "SpaceAfter=No"), row("5", "now"), row("6", "go", "SpaceAfter=No"), row("7", "."),
    ]
    let sample = try #require(try RawTextSample(config(rows.joined() + "\n", named: "train.conllu")))
    #expect(sample.isGiven && sample.texts.map(\.text) == ["We cannot,now go. "])
    #expect(sample.tokens == [["We", "can", "not", ",", "now", "go", "."]])
  }

  @Test func textsThatTheReaderCutsTellNothing() throws {
    let line = #"{"text": "EU bans it", "spans": [{"start": 0, "end": 2, "label": "ORG"}]}"# + "\n"
    #expect(try finding(line, named: "train.jsonl") == nil)
  }

  @Test func aTokenizerThatCutsTooFinelyLosesShare() throws {
    let config = try config(columns(["a-b c", "d e"]), named: "train.conll")
    let sample = try #require(try RawTextSample(config))
    let judge = RawTextJudge(sample, config.tokenizer)
    let fine = try Tokenizer(TokenizerSettings(kind: .word))
    #expect(judge.share(fine) == 3.0 / 6)
    #expect(judge.share(try Tokenizer(TokenizerSettings(kind: .whitespace))) == 1)
  }
}
