import SeqDiagnostics
import SeqExperiment
import SeqModel
import SeqTestSupport
import Testing

/// `gradients check` and `gradients trace`, as a program uses them.
@Suite struct GradientTests {
  /// A config over a few drawn texts, in a folder of its own.
  private func config(_ folder: Workspace, task: String = "classification", model: String) throws -> String {
    let isTagging = task == "tagging"
    let data =
      isTagging
      ? "a X\nb Y\nb X\n\nc Y\na X\n\n" : "text,label\n" + (0..<8).map { "abcabcab\($0),\($0 % 3)\n" }.joined()
    let name = isTagging ? "train.conll" : "train.csv"
    try folder.write(data, to: name)
    let columns = isTagging ? #"{"token": 0, "tag": 1}"# : #"{"text": "text", "label": "label"}"#
    let tokenizer = isTagging ? "" : #""tokenizer": {"kind": "character"},"#
    try folder.write(
      """
      {"task": "\(task)", "data": {"train": "\(name)", "columns": \(columns)}, \(tokenizer)
       "model": {"embedding": 5, "hidden": 6, \(model)}, "training": {"epochs": 1}, "output": "model"}
      """, to: "config.json")
    return folder.path + "/config.json"
  }

  @Test(arguments: CellKind.allCases)
  func `every cell passes the check, deep and in both directions`(cell: CellKind) throws {
    let folder = try Workspace()
    for task in ["classification", "tagging"] {
      let path = try config(folder, task: task, model: #""cell": "\#(cell.rawValue)", "layers": 2"#)
      var settings = GradientCheck.Settings()
      (settings.samples, settings.sequences, settings.length) = (6, 2, 4)
      let check = try GradientCheck(ExperimentConfig(contentsOf: path), settings: settings)
      #expect(check.passes, "\(cell) \(task)\n\(check.text)")
      #expect(check.parameters.contains { $0.name == "embedding.weight" })
      #expect(check.parameters.allSatisfy { $0.compared > 0 })
    }
  }

  @Test func `class weights, smoothing and outputs at each step are part of the loss that is checked`() throws {
    let folder = try Workspace()
    let path = try config(folder, model: #""cell": "gru", "bidirectional": false, "outputs": "each""#)
    let check = try GradientCheck(
      ExperimentConfig(
        contentsOf: path, overrides: ["training.labelSmoothing=0.1", #"training.classWeights={"1": 3}"#]))
    #expect(check.passes, "\(check.text)")
  }

  @Test func `a limit that nothing passes fails`() throws {
    let folder = try Workspace()
    var settings = GradientCheck.Settings()
    settings.limit = 1e-12
    let check = try GradientCheck(
      ExperimentConfig(contentsOf: config(folder, model: #""cell": "lstm""#)), settings: settings)
    #expect(!check.passes && check.text.contains("are off by"))
  }

  @Test func `an Elman network with small weights vanishes, and the trace says what to do`() throws {
    let folder = try Workspace()
    let text = String(repeating: "abc", count: 20)
    try folder.write("text,label\n\(text),x\n\(text)a,y\n", to: "train.csv")
    try folder.write(
      """
      {"task": "classification", "data": {"train": "train.csv", "columns": {"text": "text", "label": "label"}},
       "tokenizer": {"kind": "character"}, "model": {"cell": "elman", "hidden": 8, "layers": 2, "bidirectional": false},
       "output": "model"}
      """, to: "config.json")
    var settings = GradientTracer.Settings()
    settings.steps = 3
    let trace = try GradientTracer(folder.path + "/config.json", settings: settings).trace()
    #expect(trace.sweeps.map(\.layer) == [0, 1])
    let top = trace.sweeps[1]
    #expect(top.norms.count == 61 && top.sequences[0] == 2 && top.sequences[60] == 1)
    #expect(top.vanishingLag != nil && top.explodingLag == nil)
    // The gradient falls by at most ρ(U) a step, as far as U's radius tells of its powers.
    #expect(top.radii.map(\.gate) == ["h"] && top.radii[0].radius < 1)
    #expect(trace.verdicts.contains { $0.hasPrefix("layer 1: the gradient vanishes after") && $0.contains("lstm") })
    #expect(trace.steps == 3)
    #expect(trace.svg.hasPrefix("<svg") && trace.text.contains("ρ(U)"))
    #expect(try trace.json().contains("\"vanishingLag\""))
  }

  @Test func `a trace of a tagger has both directions, each from its own last step`() throws {
    let folder = try Workspace()
    let trace = try GradientTracer(config(folder, task: "tagging", model: #""cell": "lstm""#)).trace()
    #expect(trace.sweeps.map(\.isReversed) == [false, true])
    for sweep in trace.sweeps {
      #expect(sweep.norms.count == 3 && sweep.norms[0] > 0 && sweep.sequences == [2, 2, 1])
      #expect(sweep.gates.map(\.name) == ["i", "f", "g", "o"] && sweep.radii.count == 4)
    }
  }
}
