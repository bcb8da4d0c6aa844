import SeqTestSupport
import SequenceToolkit
import Synchronization
import Testing

/// Models that are fitted on examples in memory.
struct MemoryFitTests {
  static let reviews: [LabelledText] = {
    let good = ["great", "friendly", "fresh", "lovely"]
    let bad = ["cold", "rude", "stale", "awful"]
    let things = ["soup", "waiter", "bread", "room", "coffee"]
    return things.flatMap { thing in
      good.map { LabelledText("the \(thing) was \($0)", label: "positive") }
        + bad.map { LabelledText("the \(thing) was \($0)", label: "negative") }
    }
  }()

  static let sentences: [TaggedSentence] = ["Rome", "Paris", "Oslo", "Lima"].flatMap { city in
    ["fly", "go", "drive"].map { verb in
      TaggedSentence(tokens: [verb, "to", "New", city, "now"], tags: ["O", "O", "B-city", "I-city", "O"])
    }
  }

  /// A recipe that is small and quick.
  static var quick: Recipe {
    var recipe = Recipe.words
    recipe.adjust = { config in
      config.training.epochs = 15
      config.model.hidden = 16
      config.training.optimizer.learningRate = 0.01
    }
    return recipe
  }

  private static let classifier = Task { try await TextClassifier(fitting: reviews, dev: reviews, recipe: quick) }

  @Test func `a classifier learns its examples`() async throws {
    let model = try await Self.classifier.value
    #expect(model.labels == ["negative", "positive"])
    let answer = try model.predict("the bread was friendly")
    #expect(answer.label == "positive" && answer.probability > 0.5 && answer.ranking.count == 2)
    #expect(try #require(model.evaluation).mainScore.value > 0.9)
    #expect(model.predict(["the soup was stale", ""]).map { $0?.label } == ["negative", nil])
    #expect(throws: SeqError.self) { try model.predict(" ") }
  }

  @Test func `eight tasks at once get the bits that one gets`() async throws {
    let model = try await Self.classifier.value
    let texts = Self.reviews.map(\.text)
    let alone = try texts.map { try model.predict($0) }
    try await withThrowingTaskGroup(of: [TextClassifier.Answer].self) { group in
      for _ in 0..<8 { group.addTask { try texts.map { try model.predict($0) } } }
      for try await answers in group { #expect(answers == alone) }
    }
    #expect(model.predict(texts) == alone.map(Optional.some))
  }

  @Test func `a model that is written and read answers the same`() async throws {
    let (model, folder) = (try await Self.classifier.value, try Workspace())
    let path = folder.path + "/reviews"
    try model.write(to: path)
    let read = try TextClassifier(contentsOf: path)
    #expect(try read.predict("the room was lovely") == model.predict("the room was lovely"))
    try read.write(to: folder.path + "/deeper/copy")
    let copy = try TextClassifier(contentsOf: folder.path + "/deeper/copy")
    #expect(try copy.predict("the room was lovely") == model.predict("the room was lovely"))
    #expect(throws: SeqError.self) { try SequenceTagger(contentsOf: path) }
    #expect(throws: SeqError.self) { try Transducer(contentsOf: path) }
    #expect(throws: SeqError.self) { try TextGenerator(contentsOf: path) }
  }

  @Test func `a tagger finds spans in a text`() async throws {
    let model = try await SequenceTagger(fitting: Self.sentences, recipe: Self.quick)
    #expect(model.tags.contains("E-city"), "the recipe learns spans in bioes, and writes them as they were given")
    let text = "go to New Oslo now"
    let spans = model.spans(in: text)
    #expect(spans.map { String(text[$0.range]) } == ["New Oslo"] && spans.first?.label == "city")
    #expect(try #require(spans.first).probability > 0.5)
    #expect(model.tag(tokens: ["go", "to", "New", "Oslo", "now"]).map(\.tag) == ["O", "O", "B-city", "I-city", "O"])
    #expect(model.tag(text).map(\.tag) == model.tag([text, text])[1].map(\.tag))
    #expect(model.spans(in: "").isEmpty && model.label(text).isEmpty)
  }

  @Test func `a generator and a transducer are fitted too`() async throws {
    let generator = try await TextGenerator(fitting: Self.reviews, recipe: Self.quick)
    var settings = GenerationSettings()
    settings.label = "positive"
    #expect(try generator.generate(3, settings) == generator.generate(3, settings))
    #expect(throws: SeqError.self) { try generator.generate(1) }
    let pairs = (0..<40).map { TextPair("\($0 % 10) \($0 / 10)", becomes: "n\($0 % 10)") }
    let transducer = try await Transducer(fitting: pairs, dev: pairs, recipe: Self.quick)
    #expect(transducer.transduce("") == nil && transducer.transduce("3 1") != nil)
    #expect(transducer.evaluation != nil && transducer.transduce(["3 1", "4 2"]).count == 2)
  }

  @Test func `a cancelled task ends its fit`() async throws {
    var recipe = Self.quick
    recipe.adjust = { $0.training.epochs = 1_000_000 }
    let (started, continuation) = AsyncStream<Void>.makeStream()
    let task = Task { [recipe] in
      try await TextClassifier(fitting: Self.reviews, recipe: recipe) { event in
        if case .started = event { continuation.yield() }
      }
    }
    for await _ in started { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `settings that do not go together are refused, and a recipe keeps its task`() async throws {
    var recipe = Self.quick
    recipe.adjust = { $0.model.hidden = 0 }
    await #expect(throws: SeqError.self) { try await TextClassifier(fitting: Self.reviews, recipe: recipe) }
    recipe.adjust = { $0.task = .tagging }
    await #expect(throws: SeqError.self) { try await TextClassifier(fitting: Self.reviews, recipe: recipe) }
    recipe.adjust = { config in
      config.training.epochs = 1
      config.model.decoder.attention = .none
    }
    let pairs = (0..<20).map { TextPair("\($0)", becomes: "n\($0)") }
    _ = try? await Transducer(fitting: pairs, recipe: recipe)
  }

  @Test func `a fit tells what its caller should know`() async throws {
    let warnings = Mutex<[String]>([])
    let dev = [
      LabelledText("the soup was odd", label: "mixed"), LabelledText("the bread was fresh", label: "positive"),
    ]
    _ = try await TextClassifier(
      fitting: Self.reviews, dev: dev, recipe: Self.quick,
      onWarning: { warning in warnings.withLock { $0.append(warning) } })
    #expect(warnings.withLock { $0 }.contains { $0.contains("mixed") })
  }

  @Test func `settings that are changed in code are what is saved`() async throws {
    let (model, folder) = (try await Self.classifier.value, try Workspace())
    try model.write(to: folder.path + "/m")
    #expect(try folder.text("m/config.json").contains("\"hidden\": 16"))
  }

  @Test func `examples that cannot be learned from are named`() async throws {
    await #expect(throws: SeqError.self) { try await TextClassifier(fitting: []) }
    await #expect(throws: SeqError.self) { try await TextClassifier(fitting: [.init("a", label: "x")]) }
    let uneven = [TaggedSentence(tokens: ["a", "b"], tags: ["O"])]
    let error = await #expect(throws: SeqError.self) { try await SequenceTagger(fitting: uneven) }
    #expect(try #require(error).description.contains("examples[0]: it has 2 tokens and 1 tags"))
  }
}
