import Foundation
import SeqTestSupport
import Testing

/// A tagger with all at once: several features of a token, a CRF, a sentence label beside the tags, and noise in training.
struct FullTaggerTests {
  /// Sentences with a column of parts of speech.
  private static func sentences(_ count: Int, _ first: Int) throws -> String {
    try (0..<count).map { i in
      let number = first + i
      let city = [["oslo"], ["new", "york"], ["san", "jose"], ["Bergen\(number)"]][number % 4]
      let tail = number % 3 == 0 ? ["at", "noon"] : []
      let object: [String: Any] = [
        "tokens": ["fly", "to"] + city + tail,
        "pos": ["VB", "TO"] + city.map { _ in "NNP" } + tail.map { $0 == "at" ? "IN" : "NN" },
        "tags": ["O", "O", "B-city"] + city.dropFirst().map { _ in "I-city" } + (tail.isEmpty ? [] : ["O", "B-time"]),
        "label": tail.isEmpty ? "place" : "both",
      ]
      return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self) + "\n"
    }.joined()
  }

  private static func workspace(_ column: String = #", {"kind": "column", "column": "pos", "size": 3}"#) throws
    -> Workspace
  {
    let workspace = try Workspace()
    for (i, part) in ["train", "dev", "test"].enumerated() {
      try workspace.write(sentences(i == 0 ? 60 : 12, i * 1000), to: part + ".jsonl")
    }
    try workspace.write(
      """
      {
        "task": "tagging",
        "data": { "train": "train.jsonl", "dev": "dev.jsonl", "test": "test.jsonl" },
        "vocabulary": { "lowercase": true, "singletonDropout": 0.5 },
        "model": {
          "features": [
            {"kind": "word", "size": 6}, {"kind": "character-lstm", "embedding": 4, "hidden": 4},
            {"kind": "suffix", "length": 2, "size": 3}\(column)
          ],
          "cell": "lstm", "hidden": 8, "head": "crf", "sentenceLabel": { "pooling": "max" },
          "dropout": { "input": 0.1, "output": 0.1, "locked": true, "state": 0.1, "recurrent": 0.1, "word": 0.05 }
        },
        "training": {
          "epochs": 12, "batch": { "sequences": 10 }, "optimizer": { "kind": "adam", "learningRate": 0.03 },
          "averaging": { "kind": "ema", "decay": 0.9 }, "classWeights": "sqrt"
        },
        "baseline": {},
        "output": "model"
      }
      """, to: "config.json")
    return workspace
  }

  private static let fitted = Result {
    let workspace = try Self.workspace()
    let result = try workspace.seqtool("fit", "-q", "config.json")
    guard result.status == 0 else { throw Unexpected(result.stderr) }
    return workspace
  }

  @Test func itLearnsTagsAndLabels() throws {
    let workspace = try Self.fitted.get()
    let scores = try object(workspace.seqtool("eval", "-m", "model", "--json").stdout)
    for name in ["f1", "labelAccuracy", "jointAccuracy"] { #expect((scores[name] as? Double ?? 0) > 0.9, "\(name)") }
    #expect((scores["baseline"] as? [String: Any])?["linear"] != nil)
    for name in ["sequence-labels", "characters", "suffixes-2", "column-0"] {
      #expect(workspace.exists("model/vocabulary/\(name).txt"))
    }
  }

  @Test func recordsWithColumnsAreTaggedInEachForm() throws {
    let workspace = try Self.fitted.get()
    let result = try workspace.seqtool(
      "tag", "-m", "model", "--format", "jsonl", "--n-best", "2", "--spans", "-p", "test.jsonl")
    let records = try objects(result.stdout)
    let expected = try objects(workspace.text("test.jsonl"))
    #expect(result.status == 0 && records.count == expected.count, "\(result.stderr)")
    for (record, gold) in zip(records, expected) {
      #expect(record["tokens"] as? [String] == gold["tokens"] as? [String])
      #expect(record["label"] as? String == gold["label"] as? String)
      let best = try #require(record["nBest"] as? [[String: Any]])
      #expect(best.count == 2 && best[0]["tags"] as? [String] == record["tags"] as? [String])
      #expect(try #require(record["spans"] as? [[String: Any]]).first?["label"] as? String == "city")
    }
    let forced = try workspace.seqtool("tag", "-m", "model", "--force", stdin: "fly\tO\n")
    #expect(forced.status == 64 && forced.stderr.contains("this one also reads other columns"), "\(forced.stderr)")
  }

  @Test func itsBitsDependOnTheSeedAlone() throws {
    let workspace = try Self.fitted.get()
    let disk = try workspace.seqtool(
      "fit", "-q", "config.json", "--set", "output=disk", "--set", "data.storage=disk", "--set", "baseline=null",
      "--set",
      "training.threads=1")
    #expect(disk.status == 0, "\(disk.stderr)")
    #expect(try workspace.bytes("disk/model.safetensors") == workspace.bytes("model/model.safetensors"))
    // The second time from the folder of ids.
    let again = try workspace.seqtool(
      "fit", "-q", "config.json", "--set", "output=disk", "--set", "data.storage=disk", "--set", "baseline=null")
    #expect(again.status == 0, "\(again.stderr)")
    #expect(try workspace.bytes("disk/model.safetensors") == workspace.bytes("model/model.safetensors"))
  }

  @Test func itsGradientIsTheReferences() throws {
    let result = try Self.fitted.get().seqtool("gradients", "check", "config.json", "--set", "model.hidden=3")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    for name in ["embedding.weight", "inputs.1.weight_ih_l0", "inputs.2.weight", "crf.transitions", "label.weight"] {
      #expect(result.stdout.contains(name), "\(name)")
    }
  }

  @Test func withoutColumnsItTakesLinesAndTags() throws {
    let workspace = try Self.workspace("")
    let fit = try workspace.seqtool("fit", "-q", "config.json", "--seeds", "2")
    #expect(fit.status == 0, "\(fit.stderr)")
    let line = try workspace.seqtool("tag", "--format", "inline", stdin: "fly to Oslo\n").stdout
    #expect(line == "place\tfly/O to/O Oslo/B-city\n")
    let forced = try workspace.seqtool("tag", "--format", "inline", "--force", stdin: "fly to/B-time Oslo\n")
    #expect(forced.status == 0 && forced.stdout.contains("to/B-time Oslo/"), "\(forced.stderr)")
    // What is given back as it was written is read as lines are.
    let same = try workspace.seqtool("tag", "--format", "inline", "--force", stdin: "fly to Oslo\n").stdout
    #expect(same == line)
    #expect(try workspace.seqtool("tag", "--format", "inline", "--force", stdin: line).stdout == line)
    // Twice the same model is that model, in its labels too.
    let options = ["tag", "-p", "--top", "2", "--format", "jsonl", "-m", "model"]
    let alone = try objects(workspace.seqtool(options, stdin: "fly to Oslo\n").stdout)[0]
    let twice = try objects(workspace.seqtool(options + ["-m", "model"], stdin: "fly to Oslo\n").stdout)[0]
    for key in ["probabilities", "labelProbabilities"] {
      let (own, both) = (numbers(alone[key]), numbers(twice[key]))
      #expect(own.count > 1 && own.count == both.count && zip(own, both).allSatisfy { abs($0 - $1) < 1e-4 })
    }
  }

  /// Of a list, or of an object in the order of its keys.
  private func numbers(_ value: Any?) -> [Double] {
    if let object = value as? [String: Double] { return object.sorted { $0.key < $1.key }.map(\.value) }
    return value as? [Double] ?? []
  }

  @Test func focusGoesWithSoftmaxOnly() throws {
    let result = try Self.workspace().seqtool("fit", "config.json", "--set", "training.focalGamma=2")
    #expect(result.status == 65 && result.stderr.contains("training.focalGamma: only applies to the softmax head"))
  }
}
