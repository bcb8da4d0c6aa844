public import SeqTraining
import Synchronization

/// What a fit reports while it runs.
public enum FitEvent: Sendable {
  /// How far the fit has come.
  case training(TrainingEvent)
  /// What you should know and need not mend.
  case warning(String)

  /// Whether only the latest one of its kind is of interest.
  fileprivate var isProgress: Bool {
    if case .training(.progress) = self { true } else { false }
  }
}

/// The events of a fit, in their order: see ``Fit/events``.
///
/// The sequence ends when the fit ends, and throws what the fit throws. The fit never waits for its reader. A reader that is
/// slow, or comes late, misses only progress that is out of date: of several `progress` events in a row that nobody has read, the
/// last one is kept. One task should read the events, because each event is given once.
public struct FitEvents: AsyncSequence, Sendable {
  /// Gives one event after the other.
  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let queue: FitEventQueue
    fileprivate var news: AsyncStream<Void>.Iterator

    /// The next event; nil after the last one.
    ///
    /// - Throws: what the fit throws; `CancellationError` if the calling task is cancelled, which stops the fit.
    public mutating func next() async throws -> FitEvent? {
      var isOpen = true
      while true {
        if Task.isCancelled {
          // Asked by a cancelled task, the stream tells the fit that its reader is gone.
          _ = await news.next()
          throw CancellationError()
        }
        switch try queue.take() {
        case .event(let event): return event
        case .end: return nil
        case .nothingYet: if !isOpen { throw CancellationError() }
        }
        isOpen = await news.next() != nil
      }
    }
  }

  private let queue: FitEventQueue
  private let news: AsyncStream<Void>

  fileprivate init(_ queue: FitEventQueue, _ news: AsyncStream<Void>) { (self.queue, self.news) = (queue, news) }

  /// An iterator over the events that nobody has taken yet.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(queue: queue, news: news.makeAsyncIterator()) }
}

/// The events that a fit has reported and nobody has taken.
///
/// The queue has no limit and stays short without one: a fit has one `progress` per batch, of which only the latest waits here, a
/// few other events per epoch, and a few warnings. An `AsyncThrowingStream` would keep all batches, or drop epochs with them.
final class FitEventQueue: Sendable {
  fileprivate enum Taken {
    case event(FitEvent)
    case end, nothingYet
  }

  private struct State {
    var unread: ArraySlice<FitEvent> = []
    var end: Result<Void, any Error>?
  }

  private let state = Mutex(State())
  /// Says that there is something to take. One announcement is enough for many events.
  private let announcing: AsyncStream<Void>.Continuation

  private init(_ announcing: AsyncStream<Void>.Continuation) { self.announcing = announcing }

  /// A queue, and the sequence that takes events from it.
  static func make() -> (FitEventQueue, FitEvents) {
    let (news, announcing) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let queue = FitEventQueue(announcing)
    return (queue, FitEvents(queue, news))
  }

  /// Sets what is called when the reader is cancelled, or when nobody holds the sequence any more.
  func onAbandoned(_ action: @escaping @Sendable () -> Void) {
    announcing.onTermination = { if case .cancelled = $0 { action() } }
  }

  /// Adds an event, which takes the place of progress that it makes out of date.
  func add(_ event: FitEvent) {
    state.withLock { state in
      if event.isProgress, state.unread.last?.isProgress == true { state.unread.removeLast() }
      state.unread.append(event)
    }
    announcing.yield()
  }

  /// Ends the sequence, with an error or without, after the events that are there.
  func finish(_ end: Result<Void, any Error>) {
    state.withLock { $0.end = end }
    announcing.finish()
  }

  fileprivate func take() throws -> Taken {
    try state.withLock { state in
      if let event = state.unread.popFirst() { return .event(event) }
      guard let end = state.end else { return .nothingYet }
      // An error is thrown once.
      state.end = .success(())
      try end.get()
      return .end
    }
  }
}
