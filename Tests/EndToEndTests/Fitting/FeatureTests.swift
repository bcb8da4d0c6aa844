import SeqTestSupport
import Testing

/// Several features of a token, from the config to the model and back.
struct FeatureTests {
  private static let features = """
    [{"kind": "word", "size": 4, "vectors": "vectors.txt"}, {"kind": "character-lstm", "embedding": 5, "hidden": 4},
     {"kind": "character-cnn", "embedding": 4, "filters": 5}, {"kind": "shape", "size": 3},
     {"kind": "prefix", "length": 2, "size": 3}, {"kind": "suffix", "length": 2, "size": 3},
     {"kind": "ngrams", "size": 4, "buckets": 100}, {"kind": "column", "column": 1, "size": 3}]
    """

  /// Words of which half are new in dev and test, told apart by their endings; a column that helps.
  private func columns(_ count: Int, _ first: Int) -> String {
    (0..<count).map { i in
      (0..<4).map { j in
        let number = first + i * 4 + j
        let ending = ["ing", "ed", "s"][(i + j * j) % 3]
        let tag = ["V", "D", "N"][(i + j * j) % 3]
        return "\(number % 5 == 0 ? "W" : "w")\(number % 7)x\(number)\(ending) p\(number % 2) \(tag)\n"
      }.joined() + "\n"
    }.joined()
  }

  private func workspace(_ features: String = FeatureTests.features) throws -> Workspace {
    let workspace = try Workspace()
    for (i, part) in ["train", "dev", "test"].enumerated() {
      try workspace.write(columns(i == 0 ? 60 : 12, i * 1000), to: part + ".conll")
    }
    var vectors = "6 4\n"
    for word in ["w1x1ed", "w2x2s", "w3x3ing", "w4x4s", "w5x1005ed", "<unk>"] { vectors += "\(word) 0.5 -0.25 1 2\n" }
    try workspace.write(vectors, to: "vectors.txt")
    try workspace.write(
      """
      {
        "task": "tagging",
        "data": { "train": "train.conll", "dev": "dev.conll", "test": "test.conll" },
        "vocabulary": { "lowercase": true, "singletonDropout": 0.5, "fromVectors": 10 },
        "model": { "features": \(features), "hidden": 8, "dropout": 0.1 },
        "training": {
          "epochs": 6, "batch": { "sequences": 20 }, "optimizer": { "kind": "adam", "learningRate": 0.03 }
        },
        "output": "model"
      }
      """, to: "config.json")
    return workspace
  }

  private func fit(_ workspace: Workspace, _ output: String, _ settings: String...) throws -> CommandResult {
    try workspace.start(
      ["fit", "config.json", "--set", "output=\(output)"] + settings.flatMap { ["--set", $0] }
    ).finish()
  }

  @Test func itLearnsWhatOnlyWordFormsTell() throws {
    let workspace = try workspace()
    let result = try fit(workspace, "a")
    #expect(result.status == 0, "\(result.stderr)")
    #expect(
      result.stderr.contains(
        "vectors.txt: 2 of 240 words have a vector (0.8 %), 0 more in lower case (0.0 %); 4 words of the file are added"
      ), "\(result.stderr)")
    let scores = try workspace.seqtool("eval", "--model", "a", "--json").stdout
    let accuracy = scores.split(separator: "\"accuracy\":").last?.prefix { $0 != "," }
    #expect((Double(accuracy?.filter { $0 != " " } ?? "") ?? 0) > 0.9, "\(scores)")
    for name in ["characters", "shapes", "prefixes-2", "suffixes-2", "column-0"] {
      #expect(workspace.exists("a/vocabulary/\(name).txt"))
    }
    // The model is whole without the file, wherever it is moved.
    try workspace.remove("vectors.txt")
    #expect(try workspace.seqtool("eval", "--model", "a", "--json").stdout == scores)
    let tagged = try workspace.seqtool("tag", "--model", "a", "test.conll")
    let expected = try workspace.text("test.conll").split(separator: "\n").filter { !$0.isEmpty }
    let lines = tagged.stdout.split(separator: "\n")
    #expect(tagged.status == 0 && lines.count == expected.count, "\(tagged.stderr)")
    #expect(zip(lines, expected).allSatisfy { $0.hasPrefix($1.split(separator: " ")[0]) })
  }

  @Test func theBitsDependOnTheSeedAlone() throws {
    let workspace = try workspace()
    #expect(try fit(workspace, "a").status == 0)
    #expect(try fit(workspace, "b", "training.threads=1", "data.storage=disk").status == 0)
    #expect(try fit(workspace, "b", "data.storage=disk").status == 0)
    for file in ["model.safetensors", "metrics.json", "vocabulary/tokens.txt", "vocabulary/characters.txt"] {
      #expect(try workspace.bytes("a/" + file) == workspace.bytes("b/" + file), "\(file)")
    }
    // The effective config is a config like any other.
    #expect(try workspace.seqtool("fit", "a/config.json", "--set", "output=c", "-q").status == 0)
    #expect(try workspace.bytes("a/model.safetensors") == workspace.bytes("c/model.safetensors"))
  }

  @Test func theGradientIsTheReferences() throws {
    let workspace = try workspace()
    let result = try workspace.seqtool("gradients", "check", "config.json", "--set", "model.hidden=3")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    for name in ["embedding.weight", "inputs.1.weight_ih_l0_reverse", "inputs.2.bias", "inputs.6.weight"] {
      #expect(result.stdout.contains(name))
    }
    let classes = "task,label\n" + (0..<20).map { "\($0 % 2 == 0 ? "Up" : "down")\($0) it went,\($0 % 2)\n" }.joined()
    try workspace.write(classes, to: "train.csv")
    let other = try workspace.seqtool(
      "gradients", "check", "config.json", "--set", "task=classification", "--set",
      #"data={"train": "train.csv", "columns": {"text": "task"}}"#, "--set",
      #"model={"features": [{"kind": "word", "size": 3}, {"kind": "character-cnn", "width": 2}, {"kind": "ngrams"}], "hidden": 3, "cell": "gru"}"#,
      "--set", "vocabulary=null")
    #expect(other.status == 0, "\(other.stdout)\(other.stderr)")
  }

  @Test func anInterruptedFitGoesOn() throws {
    let workspace = try workspace()
    let long = ["--set", "training.epochs=30", "--set", "training.patience=0"]
    #expect(try workspace.start(["fit", "config.json", "-q", "--set", "output=a"] + long).finish().status == 0)
    let command = try workspace.start(["fit", "config.json", "--set", "output=b"] + long)
    try command.wait("epoch 3") { $0.errorsSoFar.contains("epoch  3/30") }
    command.signal(2)
    let stopped = try command.finish()
    if stopped.status == 130 {
      #expect(
        try workspace.start(["fit", "config.json", "-q", "--resume", "--set", "output=b"] + long).finish().status == 0)
    }
    #expect(try workspace.bytes("a/model.safetensors") == workspace.bytes("b/model.safetensors"))
  }

  @Test func mistakesAreTold() throws {
    func complaint(_ features: String, _ more: String...) throws -> String {
      let result = try fit(workspace(features), "a", more.first ?? "training.seed=1")
      return "\(result.status) " + result.complaints.joined(separator: "\n")
    }
    let missing = try complaint(#"[{"kind": "shape"}]"#)
    #expect(
      missing.hasPrefix("65") && missing.contains("model.features: expected a list with a feature of the kind word"))
    let unknown = try complaint(#"[{"kind": "word"}, {"kind": "sufix"}, {"kind": "suffix", "lenth": 2}]"#)
    #expect(
      unknown.contains("model.features[1].kind: expected one of word,") && unknown.contains("did you mean \"suffix\"?"))
    #expect(unknown.contains("model.features[2].lenth: unknown key — did you mean \"length\"?"))
    let size = try complaint(#"[{"kind": "word", "size": 5, "vectors": "vectors.txt"}]"#)
    #expect(
      size.contains(
        "vectors.txt: holds vectors of 4 numbers, expected 5 as model.features[0].size says (set it to 4)"), "\(size)")
    let file = try complaint(#"[{"kind": "word", "vectors": "vector.txt"}]"#)
    #expect(file.hasPrefix("66") && file.contains("did you mean \"vectors.txt\"?"), "\(file)")
    let both = try complaint(#"[{"kind": "word"}]"#, "model.embedding=3")
    #expect(both.contains("model.embedding: has no effect with features"))
    let tag = try complaint(#"[{"kind": "word"}, {"kind": "column", "column": -1}]"#, "vocabulary.fromVectors=null")
    #expect(tag.contains("is both tag and feature"), "\(tag)")
    let none = try complaint(#"[{"kind": "word"}, {"kind": "column", "column": 7}]"#, "vocabulary.fromVectors=null")
    #expect(none.contains("no column 7, found 3 columns"), "\(none)")
    let task = try complaint(#"[{"kind": "word"}]"#, "task=generation")
    #expect(task.contains("model.features: only applies to classification and tagging"), "\(task)")
  }
}
