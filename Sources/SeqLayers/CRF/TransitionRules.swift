/// Which tags may begin a sequence, follow each other and end a sequence.
package struct TransitionRules: Sendable, Equatable {
  /// Tags.
  package let count: Int
  private let starts: [Bool]
  /// From a tag to another: [K · K].
  private let follows: [Bool]
  private let ends: [Bool]

  /// Rules of `count` tags.
  package init(
    count: Int, mayStart: (Int) -> Bool, mayFollow: (_ tag: Int, _ previous: Int) -> Bool, mayEnd: (Int) -> Bool
  ) {
    self.count = count
    starts = (0..<count).map(mayStart)
    follows = (0..<count).flatMap { previous in (0..<count).map { mayFollow($0, previous) } }
    ends = (0..<count).map(mayEnd)
  }

  package func mayStart(_ tag: Int) -> Bool { starts[tag] }
  package func mayFollow(_ tag: Int, _ previous: Int) -> Bool { follows[previous * count + tag] }
  package func mayEnd(_ tag: Int) -> Bool { ends[tag] }

  /// Whether a sequence keeps all of them.
  package func allow(_ tags: some Collection<Int>) -> Bool {
    guard let first = tags.first, mayStart(first) else { return tags.isEmpty }
    var previous = first
    for tag in tags.dropFirst() {
      if !mayFollow(tag, previous) { return false }
      previous = tag
    }
    return mayEnd(previous)
  }
}
