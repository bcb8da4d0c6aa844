import SeqTestSupport
import SequenceToolkit
import Testing

/// The minimal gated unit (Zhou et al. 2016), as the library has it, too:
///
///     f = σ(W x + b + U h(t−1))     n = tanh(W_n x + b_n + U_n (f ∘ h(t−1)))     h(t) = (1 − f) h(t−1) + f n
private struct MinimalGatedUnit: CustomCell {
  var name = "own-mgu"
  let gates = ["f", "n"]
  let recurrentGates = 1
  let weights: [CellWeight] = [.matrix("weight_candidate", gradient: .gate(1), times: .memory(0))]
  let memories = 1  // f ∘ h(t−1)
  let scratches = 2

  func forward(_ step: ForwardStep) {
    let (f, n, seen) = (step.gate(0), step.gate(1), step.memory(0))
    f.setSigmoid(of: f)
    seen.setProduct(of: step.previousHidden, and: f)
    step.addProduct(of: seen, with: 0, to: n)
    n.setTanh(of: n)
    step.hidden.setBlend(of: step.previousHidden, and: n, by: f)
  }

  func backward(_ step: BackwardStep) {
    let (f, n, before) = (step.gate(0), step.gate(1), step.previousHidden)
    let (dHidden, dBefore) = (step.dHidden, step.dPreviousHidden)
    let (dF, dSeen) = (step.scratch(0), step.scratch(1))
    dF.setProduct(of: dHidden, and: n)
    dF.subtract(dHidden, times: before)
    dBefore.add(dHidden)
    dBefore.subtract(dHidden, times: f)
    dHidden.setProduct(of: dHidden, and: f)
    n.setTanhGradient(dHidden, at: n)
    dSeen.fill(0)
    step.addProduct(ofGradient: n, with: 0, to: dSeen)
    dF.add(dSeen, times: before)
    dBefore.add(dSeen, times: f)
    f.setSigmoidGradient(dF, at: f)
  }
}

/// Models with a cell that the library does not know: `import SequenceToolkit` is all that a client needs.
struct CustomCellTests {
  private static func recipe(_ cell: CellKind, decoder: CellKind? = nil, epochs: Int = 15) -> Recipe {
    var recipe = Recipe.words
    recipe.adjust = { config in
      (config.model.cell, config.model.decoder.cell) = (cell, decoder)
      (config.model.hidden, config.training.epochs, config.training.optimizer.learningRate) = (16, epochs, 0.01)
      config.model.dropout = DropoutSettings(0)
    }
    return recipe
  }

  private static let classifier = Task {
    try await TextClassifier(
      fitting: MemoryFitTests.reviews, dev: MemoryFitTests.reviews, recipe: recipe(.custom(MinimalGatedUnit())))
  }

  @Test func `its gradient is right`() throws { #expect(try MinimalGatedUnit().gradientError() < 5e-4) }

  @Test func `it learns what the library's cell of the same equations learns`() async throws {
    let own = try await Self.classifier.value
    let known = try await TextClassifier(
      fitting: MemoryFitTests.reviews, dev: MemoryFitTests.reviews, recipe: Self.recipe(.mgu))
    for review in MemoryFitTests.reviews {
      let (a, b) = (try own.predict(review.text), try known.predict(review.text))
      #expect(a.label == review.label && abs(a.probability - b.probability) < 1e-3, "\(review.text)")
    }
  }

  @Test func `a model is written and read with its cell, and refused without`() async throws {
    let (model, folder) = (try await Self.classifier.value, try Workspace())
    let path = folder.path + "/reviews"
    try model.write(to: path)
    #expect(try folder.text("reviews/config.json").contains("\"cell\": \"own-mgu\""))
    let read = try TextClassifier(contentsOf: path, cells: [MinimalGatedUnit()])
    #expect(try read.predict("the room was lovely") == model.predict("the room was lovely"))
    try read.write(to: folder.path + "/copy")
    let copy = try Model(contentsOf: folder.path + "/copy", cells: [MinimalGatedUnit()])
    let ranking = try model.predict("the room was lovely").ranking
    #expect(copy.classify("the room was lovely") == ranking)
    #expect(try Model.task(of: path, cells: [MinimalGatedUnit()]) == .classification)
    let config = try ExperimentConfig(contentsOf: path + "/config.json", cells: [MinimalGatedUnit()])
    #expect(config.model.cell == .custom(MinimalGatedUnit()) && config.model.cell != .mgu)
    for cells in [[], [MinimalGatedUnit(name: "another")]] {
      let error = #expect(throws: SeqError.self) { try TextClassifier(contentsOf: path, cells: cells) }
      let text = error?.description ?? ""
      #expect(text.contains("model.cell: the library has no cell \"own-mgu\""), "\(text)")
      #expect(text.contains("pass it when you read the model: cells: [MyCell()]"), "\(text)")
    }
  }

  @Test func `a tagger, a generator and a transducer may have it`() async throws {
    let cell = CellKind.custom(MinimalGatedUnit())
    let tagger = try await SequenceTagger(fitting: MemoryFitTests.sentences, recipe: Self.recipe(cell))
    #expect(tagger.spans(in: "go to New Oslo now").map(\.label) == ["city"])
    let generator = try await TextGenerator(
      fitting: ["to be or not to be", "to be"], recipe: Self.recipe(cell, epochs: 2))
    #expect(try generator.generate(2).count == 2)
    let pairs = (0..<20).map { TextPair("\($0) a", becomes: "a \($0)") }
    let own = try await Transducer(fitting: pairs, recipe: Self.recipe(cell, epochs: 4))
    let known = try await Transducer(fitting: pairs, recipe: Self.recipe(.mgu, epochs: 4))
    let mixed = try await Transducer(fitting: pairs, recipe: Self.recipe(.mgu, decoder: cell, epochs: 4))
    let texts = pairs.map(\.source)
    #expect(
      own.transduce(texts).map { $0.outputs.first?.text } == known.transduce(texts).map { $0.outputs.first?.text })
    #expect(
      mixed.transduce(texts).map { $0.outputs.first?.text } == known.transduce(texts).map { $0.outputs.first?.text })
    let folder = try Workspace()
    try mixed.write(to: folder.path + "/model")
    let read = try Transducer(contentsOf: folder.path + "/model", cells: [MinimalGatedUnit()])
    #expect(read.transduce("3 a") == mixed.transduce("3 a"))
    #expect(throws: SeqError.self) { try Transducer(contentsOf: folder.path + "/model") }
  }

  @Test func `what a config cannot have is told`() {
    var config = ExperimentConfig(task: .classification, train: "t.csv")
    func complaint(_ change: (inout ExperimentConfig) -> Void) -> String {
      var changed = config
      change(&changed)
      let error = #expect(throws: SeqError.self) { try changed.check() }
      return error?.description ?? ""
    }
    config.model.cell = .custom(MinimalGatedUnit())
    #expect(throws: Never.self) { try config.check() }
    #expect(
      complaint { $0.model.cell = .custom(MinimalGatedUnit(name: "lstm")) }.contains(
        "the name of a cell of the library"))
    #expect(complaint { $0.model.cell = .custom(MinimalGatedUnit(name: "My MGU")) }.contains("lower-case letters"))
    config.model.dropout.state = 0.1
    #expect(throws: Never.self) { try config.check() }
  }
}
