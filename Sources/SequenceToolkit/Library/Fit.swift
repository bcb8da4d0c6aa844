/// A fit that runs: its events, and the model that it ends with.
///
///     let fit = TextClassifier.fit(examples, dev: held)
///     for try await event in fit.events {
///       if case .training(.epochEnded(let epoch, _, _, _)) = event { print(epoch.epoch, epoch.trainLoss) }
///     }
///     let classifier = try await fit.model
///
/// The fit starts at once, on a thread of its own. It stops with the batch that it is at if you call ``cancel()``, if the task that
/// reads its events or awaits its model is cancelled, or if nobody holds it any more.
public struct Fit<Fitted: Sendable>: Sendable {
  /// Progress and warnings, in their order. You need not read them.
  public let events: FitEvents

  private let task: Task<Fitted, any Error>

  /// Starts a fit.
  /// - Parameter work: fits, and tells a listener of it.
  package init(_ work: @escaping @Sendable (FitListener) async throws -> Fitted) {
    let (queue, events) = FitEventQueue.make()
    let task = Task {
      do {
        let model = try await work(
          FitListener(onEvent: { queue.add(.training($0)) }, onWarning: { queue.add(.warning($0)) }))
        queue.finish(.success(()))
        return model
      } catch {
        queue.finish(.failure(error))
        throw error
      }
    }
    queue.onAbandoned { task.cancel() }
    (self.events, self.task) = (events, task)
  }

  /// The model, once it is fitted.
  ///
  /// - Throws: `SeqError` if nothing can be learned from the examples or the loss diverges; `CancellationError` if the fit was
  ///   stopped.
  public var model: Fitted {
    get async throws {
      // Whoever awaits the model holds the fit.
      defer { withExtendedLifetime(events) {} }
      return try await withTaskCancellationHandler(operation: { try await task.value }, onCancel: cancel)
    }
  }

  /// Stops the fit. `events` and `model` throw a `CancellationError`, unless the fit has ended before.
  public func cancel() { task.cancel() }
}

// A fit of each type.

extension TextClassifier {
  /// Starts to fit a classifier: see ``init(fitting:dev:recipe:onEvent:onWarning:)`` for the parameters.
  public static func fit(
    _ examples: [LabelledText], dev: [LabelledText] = [], recipe: Recipe = .automatic
  ) -> Fit<TextClassifier> {
    Fit { try await Self(fitting: examples, dev: dev, recipe: recipe, onEvent: $0.onEvent, onWarning: $0.onWarning) }
  }
}

extension SequenceTagger {
  /// Starts to fit a tagger: see ``init(fitting:dev:recipe:onEvent:onWarning:)`` for the parameters.
  public static func fit(
    _ examples: [TaggedSentence], dev: [TaggedSentence] = [], recipe: Recipe = .automatic
  ) -> Fit<SequenceTagger> {
    Fit { try await Self(fitting: examples, dev: dev, recipe: recipe, onEvent: $0.onEvent, onWarning: $0.onWarning) }
  }
}

extension TextGenerator {
  /// Starts to fit a generator of texts like these.
  public static func fit(
    _ texts: [String], dev: [String] = [], recipe: Recipe = .automatic
  ) -> Fit<TextGenerator> {
    Fit { try await Self(fitting: texts, dev: dev, recipe: recipe, onEvent: $0.onEvent, onWarning: $0.onWarning) }
  }

  /// Starts to fit a generator of texts like these, each with a label.
  public static func fit(
    _ texts: [LabelledText], dev: [LabelledText] = [], recipe: Recipe = .automatic
  ) -> Fit<TextGenerator> {
    Fit { try await Self(fitting: texts, dev: dev, recipe: recipe, onEvent: $0.onEvent, onWarning: $0.onWarning) }
  }
}

extension Transducer {
  /// Starts to fit a transducer: see ``init(fitting:dev:recipe:onEvent:onWarning:)`` for the parameters.
  public static func fit(
    _ examples: [TextPair], dev: [TextPair] = [], recipe: Recipe = .automatic
  ) -> Fit<Transducer> {
    Fit { try await Self(fitting: examples, dev: dev, recipe: recipe, onEvent: $0.onEvent, onWarning: $0.onWarning) }
  }
}
