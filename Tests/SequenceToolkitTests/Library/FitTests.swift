import SequenceToolkit
import Synchronization
import Testing

/// Fits whose events are read as a sequence.
struct FitTests {
  /// What happened, without its numbers.
  private func name(_ event: FitEvent) -> String {
    switch event {
    case .training(.started): "started"
    case .training(.progress(let progress)): "progress \(progress.epoch)"
    case .training(.epochEnded(let epoch, _, _, _)): "epoch \(epoch.epoch)"
    case .training(.stopped): "stopped"
    case .warning: "warning"
    }
  }

  /// A recipe with a number of epochs.
  private func recipe(epochs: Int) -> Recipe {
    var recipe = Recipe.words
    recipe.adjust = { config in
      config.training.epochs = epochs
      config.model.hidden = 16
      config.training.optimizer.learningRate = 0.01
      config.training.patience = 0
    }
    return recipe
  }

  private let reviews = MemoryFitTests.reviews
  private static let forever = 1_000_000

  @Test func `events come in their order, and then the model is there`() async throws {
    let fit = TextClassifier.fit(reviews, dev: reviews, recipe: recipe(epochs: 4))
    var names: [String] = []
    for try await event in fit.events { names.append(name(event)) }
    #expect(names.first == "started" && names.filter { $0.hasPrefix("epoch") } == (1...4).map { "epoch \($0)" })
    let (last, end) = (try #require(names.lastIndex(of: "epoch 4")), try #require(names.firstIndex(of: "stopped")))
    #expect(last < end)
    for (i, name) in names.enumerated() where name.hasPrefix("progress") {
      let number = names[..<i].count { $0.hasPrefix("epoch") } + 1
      #expect(name == "progress \(number)")
    }
    let model = try await fit.model
    let same = try await TextClassifier(fitting: reviews, dev: reviews, recipe: recipe(epochs: 4))
    #expect(try model.predict("the bread was stale") == same.predict("the bread was stale"))
    var iterator = fit.events.makeAsyncIterator()
    #expect(try await iterator.next() == nil)
  }

  @Test func `a late reader misses only progress that is out of date`() async throws {
    let fit = TextClassifier.fit(reviews, dev: reviews, recipe: recipe(epochs: 3))
    _ = try await fit.model
    var names: [String] = []
    for try await event in fit.events where name(event) != "warning" { names.append(name(event)) }
    #expect(
      names == ["started"] + (1...3).flatMap { ["progress \($0)", "epoch \($0)"] } + ["stopped"])
  }

  @Test func `warnings are events`() async throws {
    let odd = [
      LabelledText("the soup was odd", label: "mixed"), LabelledText("the bread was fresh", label: "positive"),
    ]
    let fit = TextClassifier.fit(reviews, dev: odd, recipe: recipe(epochs: 1))
    var warnings: [String] = []
    for try await event in fit.events { if case .warning(let text) = event { warnings.append(text) } }
    #expect(warnings.contains { $0.contains("mixed") })
  }

  @Test func `all four types have fits`() async throws {
    let tagger = try await SequenceTagger.fit(MemoryFitTests.sentences, recipe: recipe(epochs: 1)).model
    #expect(tagger.tag("go to Rome").count == 3)
    let generator = try await TextGenerator.fit(reviews.map(\.text), recipe: recipe(epochs: 1)).model
    #expect(try generator.generate(2).count == 2)
    #expect(try await TextGenerator.fit(reviews, recipe: recipe(epochs: 1)).model.labels == ["negative", "positive"])
    let pairs = (0..<20).map { TextPair("\($0)", becomes: "n\($0)") }
    #expect(try await Transducer.fit(pairs, recipe: recipe(epochs: 1)).model.transduce("3") != nil)
  }

  @Test(.timeLimit(.minutes(30))) func `a cancelled reader ends its fit`() async throws {
    let fit = TextClassifier.fit(reviews, recipe: recipe(epochs: Self.forever))
    let (started, continuation) = AsyncStream<Void>.makeStream()
    let reader = Task {
      for try await event in fit.events { if case .training(.started) = event { continuation.yield() } }
    }
    for await _ in started { break }
    reader.cancel()
    await #expect(throws: CancellationError.self) { try await reader.value }
    await #expect(throws: CancellationError.self) { _ = try await fit.model }
  }

  @Test(.timeLimit(.minutes(30))) func `a cancelled fit ends its events and its model`() async throws {
    let fit = TextClassifier.fit(reviews, recipe: recipe(epochs: Self.forever))
    await #expect(throws: CancellationError.self) {
      for try await event in fit.events { if case .training(.progress) = event { fit.cancel() } }
    }
    await #expect(throws: CancellationError.self) { _ = try await fit.model }
  }

  @Test(.timeLimit(.minutes(30))) func `who is cancelled while awaiting the model ends the fit`() async throws {
    let fit = TextClassifier.fit(reviews, recipe: recipe(epochs: Self.forever))
    let client = Task { try await fit.model }
    client.cancel()
    await #expect(throws: CancellationError.self) { _ = try await client.value }
    await #expect(throws: CancellationError.self) { for try await _ in fit.events {} }
  }

  @Test(.timeLimit(.minutes(30))) func `a fit that nobody holds stops, and one that is awaited does not`() async throws
  {
    let (stops, continuation) = AsyncStream<Void>.makeStream()
    func start() {
      _ = Fit<Int> { _ in
        try await withTaskCancellationHandler {
          try await Task.sleep(for: .seconds(600))
          return 1
        } onCancel: {
          continuation.yield()
        }
      }
    }
    start()
    for await _ in stops { break }
    let awaited = try await Fit<Int> { _ in
      try await Task.sleep(for: .milliseconds(50))
      return 2
    }.model
    #expect(awaited == 2)
  }

  @Test func `an error reaches the events and the model`() async throws {
    var wrong = Recipe.words
    wrong.adjust = { $0.model.hidden = 0 }
    let fit = TextClassifier.fit(reviews, recipe: wrong)
    let error = await #expect(throws: SeqError.self) { for try await _ in fit.events {} }
    #expect(try #require(error).description.contains("hidden"))
    await #expect(throws: SeqError.self) { _ = try await fit.model }
    let nothing = SequenceTagger.fit([])
    await #expect(throws: SeqError.self) { _ = try await nothing.model }
    await #expect(throws: SeqError.self) { for try await _ in nothing.events {} }
  }
}
