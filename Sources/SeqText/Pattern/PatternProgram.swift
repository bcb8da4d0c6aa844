import SeqCore

/// A pattern as the steps of a nondeterministic machine (Thompson 1968).
struct PatternProgram {
  enum Step {
    /// Takes a scalar of a class.
    case scalar(class: Int, next: Int)
    /// Takes both ways; the first has priority.
    case fork(Int, Int)
    case match
  }

  private static let maximumSteps = 20_000
  private(set) var steps: [Step] = [.match]
  private(set) var start = 0

  /// - Throws: `.data` if nested repeats make it too large.
  init(_ tree: PatternNode) throws(SeqError) { start = try add(tree, before: 0) }

  private mutating func add(_ step: Step) throws(SeqError) -> Int {
    guard steps.count < Self.maximumSteps else { throw Self.tooLarge }
    steps.append(step)
    return steps.count - 1
  }

  static let tooLarge = SeqError.data("the pattern is too large", remedy: "use + or * instead of counted repeats")

  /// Adds the steps of a node, whose last one leads to `next`; returns the first.
  private mutating func add(_ node: PatternNode, before next: Int) throws(SeqError) -> Int {
    switch node {
    case .empty: return next
    case .scalar(let number): return try add(.scalar(class: number, next: next))
    case .sequence(let parts):
      var first = next
      for part in parts.reversed() { first = try add(part, before: first) }
      return first
    case .choice(let branches):
      var first = try add(branches[branches.count - 1], before: next)
      for branch in branches.dropLast().reversed() { first = try add(.fork(try add(branch, before: next), first)) }
      return first
    case .repeated(let part, let least, let most, let isLazy):
      return try add(part, least, most, isLazy, before: next)
    }
  }

  private mutating func add(
    _ part: PatternNode, _ least: Int, _ most: Int?, _ isLazy: Bool, before next: Int
  ) throws(SeqError) -> Int {
    func fork(_ part: Int, _ next: Int) -> Step { isLazy ? .fork(next, part) : .fork(part, next) }
    var first = next
    if let most {
      for _ in least..<most { first = try add(fork(try add(part, before: first), next)) }
    } else {
      first = try add(.fork(next, next))
      steps[first] = fork(try add(part, before: first), next)
    }
    for _ in 0..<least { first = try add(part, before: first) }
    return first
  }

  /// The steps that take a scalar or match, and that can be reached from `from` without taking a scalar, in order of
  /// priority. Steps with a lower priority than a match are left out.
  func closure(_ from: [Int]) -> [Int] {
    var result: [Int] = []
    var isSeen = [Bool](repeating: false, count: steps.count)
    var stack = Array(from.reversed())
    while let step = stack.popLast() {
      if isSeen[step] { continue }
      isSeen[step] = true
      switch steps[step] {
      case .fork(let first, let second): stack += [second, first]
      case .scalar: result.append(step)
      case .match: return result + [step]
      }
    }
    return result
  }
}
