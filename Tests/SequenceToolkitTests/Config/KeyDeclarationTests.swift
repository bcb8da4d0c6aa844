import Foundation
import SeqConfig
import SeqTestSupport
import SequenceToolkit
import Testing

/// The keys of a config, declared once.
struct KeyDeclarationTests {
  private static let keys = ExperimentConfig.allKeys

  private static let page = packageFolder + "/docs/reference/config.md"

  @Test func theTablesOfTheDocumentationAreUpToDate() throws {
    let text = try String(contentsOfFile: Self.page, encoding: .utf8)
    let filled = try KeyTables.filled(text, Self.keys, in: "reference")
    #expect(filled == text, "make them anew: seqtool config reference docs/reference/config.md --write")
  }

  @Test func everyKeyIsDocumented() throws {
    let text = try String(contentsOfFile: Self.page, encoding: .utf8)
    let missing = KeyTables.missing(from: text, Self.keys).map(\.path)
    // Targets are cut and known as texts are, by the same keys.
    #expect(missing.filter { !$0.hasPrefix("targetTokenizer.") && !$0.hasPrefix("targetVocabulary.") } == [])
    for key in Self.keys {
      #expect(!key.meaning.isEmpty && !key.meaning.hasSuffix("."), "\(key.path)")
      #expect(key.meaning.count { $0 == "`" } % 2 == 0, "\(key.path)")
    }
  }

  /// The pages that keys refer to, and their headings, are there.
  @Test func whatKeysReferToIsThere() throws {
    let folder = packageFolder + "/docs"
    let pages = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".md") }
    for reference in Set(Self.keys.compactMap(\.page)) {
      let parts = reference.split(separator: "#")
      let page = pages.first { $0 == parts[0] }
      let text = try String(contentsOfFile: folder + "/" + #require(page, "\(reference)"), encoding: .utf8)
      guard parts.count == 2 else { continue }
      let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { heading in
        heading.drop { $0 == "#" || $0 == " " }.lowercased().replacing(" ", with: "-").filter {
          $0.isLetter || $0.isNumber || $0 == "-"
        }
      }
      #expect(headings.contains(String(parts[1])), "\(reference)")
    }
  }

  @Test func aDefaultIsAValueOfItsKey() {
    for key in Self.keys {
      for value in [key.standard] + key.exceptions.map(\.value) {
        if let value { #expect(key.accepts(value), "\(key.path): \(value)") }
      }
      #expect(key.accepts(key.exampleValue) || key.isOpen, "\(key.path): \(key.exampleValue)")
    }
  }

  @Test func noNameMeansTwoKeysOfOneObject() {
    for (parent, keys) in Dictionary(grouping: Self.keys, by: { $0.parent ?? "" }) {
      let names = keys.flatMap { [$0.name] + $0.formerNames }
      #expect(Set(names).count == names.count, "\(parent): \(names)")
      let aliases = keys.flatMap(\.aliases)
      #expect(Set(aliases).isDisjoint(with: names), "\(parent)")
    }
  }

  private static let files = [
    (SequenceTask.classification, "t.csv"), (.tagging, "t.conllu"), (.generation, "t.txt"), (.oneToOne, "t.tsv"),
    (.transduction, "t.pairs"),
  ]

  /// The defaults of the structs are those of the reader.
  @Test(arguments: files) func aConfigMadeInCodeIsThatOfAFile(task: SequenceTask, train: String) throws {
    let workspace = try Workspace()
    try workspace.write(#"{"task": "\#(task.rawValue)", "data": {"train": "\#(train)"}}"#, to: "c.json")
    let read = try ExperimentConfig(contentsOf: workspace.path + "/c.json")
    var made = ExperimentConfig(task: task, train: read.data.train)
    made.output = read.output
    #expect(made.differences(from: read).map(\.path) == [])
    #expect(made.model == read.model && made.training == read.training && made.inference == read.inference)
    #expect(made.data == read.data && made.tokenizer == read.tokenizer && made.vocabulary == read.vocabulary)
    try made.check()
  }

  @Test func whatIsChangedInCodeIsCheckedAsAFileIs() {
    var config = ExperimentConfig(task: .tagging, train: "t.csv")
    config.model.hidden = 0
    config.training.focalGamma = 2
    config.model.head = .crf
    let error = #expect(throws: SeqError.self) { try config.check() }
    let text = error?.description ?? ""
    #expect(text.contains("model.hidden: expected an integer from 1 to 65536, found 0"))
    #expect(text.contains("training.focalGamma: only applies to the softmax head"))
    #expect(text.contains("data.format: csv files hold no tags"))
  }

  @Test func theKeysOfTheLossContradictEachOther() throws {
    var config = ExperimentConfig(task: .tagging, train: "t.conllu")
    config.training.confidencePenalty = 0.1
    try config.check()
    config.training.focalGamma = 1
    var error = #expect(throws: SeqError.self) { try config.check() }
    #expect(error?.description.contains("training.focalGamma: cannot be combined with confidencePenalty") == true)
    (config.training.focalGamma, config.model.head) = (0, .crf)
    error = #expect(throws: SeqError.self) { try config.check() }
    #expect(error?.description.contains("training.confidencePenalty: only applies to the softmax head") == true)
  }

  @Test func whatIsChangedInCodeIsTrainedSavedAndLoaded() throws {
    let workspace = try Workspace.classification(texts: 40)
    var config = try ExperimentConfig(contentsOf: workspace.path + "/config.json")
    config.model.hidden = 24
    config.training.epochs = 1
    config.output = workspace.path + "/model"
    _ = try Experiment(config).fit()
    let saved = try ExperimentConfig(contentsOf: workspace.path + "/model/config.json")
    #expect(saved.model.hidden == 24 && saved.training.epochs == 1)
    _ = try Model(contentsOf: workspace.path + "/model")
  }

  /// What follows from a value in code follows it.
  @Test func theDataFollowsTheNetwork() {
    var config = ExperimentConfig(task: .tagging, train: "t.jsonl")
    config.model.sentenceLabel = SentenceLabelSettings()
    #expect(config.data.wanted == .tagsAndLabel)
    config.model.sentenceLabel = nil
    config.model.features = [.word(WordFeature()), .column(ColumnFeature(.name("pos")))]
    #expect(config.data.wanted == .tags && config.data.reading.columns.features == [.name("pos")])
    config.tokenizer.kind = .word
    #expect(config.data.reading.segmentation.kind == .word)
  }

  @Test func aModelOfBeforeARenamingIsRead() throws {
    let workspace = try Workspace.classification(texts: 40)
    try Fixture.fit(workspace, "config.json", ["training.epochs=1", "output=" + workspace.path + "/model"])
    let config = try workspace.text("model/config.json")
    #expect(config.contains("\"focalGamma\": 0"))
    try workspace.write(config.replacing("focalGamma", with: "focus"), to: "model/config.json")
    _ = try Model(contentsOf: workspace.path + "/model")
    let error = #expect(throws: SeqError.self) {
      try ExperimentConfig(contentsOf: workspace.path + "/model/config.json")
    }
    #expect(error?.description.contains("training.focus: is now called focalGamma") == true)
  }

  /// The keys of features and of the sentence label have former names, too.
  @Test func aTaggerOfBeforeTheRenamingIsRead() throws {
    let workspace = try Workspace()
    let config = """
      {
        "task": "tagging", "data": { "train": "t.jsonl" },
        "model": { "inputs": [{ "kind": "word", "size": 9 }], "joint": { "weight": 2 } }
      }
      """
    try workspace.write(config, to: "model/config.json")
    try workspace.write("", to: "model/model.safetensors")
    let read = try ExperimentConfig(fileOrModel: workspace.path + "/model")
    #expect(read.model.features.map(\.outputSize) == [9] && read.model.sentenceLabel?.weight == 2)
    #expect(read.model.embedding == 9 && read.data.wanted == .tagsAndLabel)
    let error = #expect(throws: SeqError.self) {
      try ExperimentConfig(contentsOf: workspace.path + "/model/config.json")
    }
    for message in ["model.inputs: is now called features", "model.joint: is now called sentenceLabel"] {
      #expect(error?.description.contains(message) == true)
    }
  }
}

extension KeyDescription {
  /// Whether any text will do, so that an example says nothing.
  fileprivate var isOpen: Bool { exampleValue.members != nil || exampleValue.elements != nil }
}
