import SeqCore

/// A pattern as a deterministic automaton, which reads every scalar of a line a bounded number of times.
///
/// Among several matches it chooses as Perl does: the leftmost, and of those the one that the order of alternatives and
/// the greediness of repeats prefer. A tokenizer cannot use Swift's `Regex`: it backtracks, so `(a+)+b` takes minutes
/// on a line of 20 letters, and it is not `Sendable`.
struct PatternAutomaton: Sendable {
  private static let maximumStates = 4096, maximumCells = 1 << 20

  /// The kind of each scalar; scalars of one kind are in the same classes of the pattern.
  private let kinds: ScalarTable
  private let kindCount: Int
  /// The next state for a state and a kind, state after state; −1 if there is none.
  private var next: [Int32] = []
  private var accepts: [Bool] = []

  /// - Throws: `.data` for a pattern that is invalid or too large.
  init(_ pattern: String) throws(SeqError) {
    let (tree, classes) = try PatternParser.parse(pattern)
    let program = try PatternProgram(tree)
    let (runs, members) = try Self.kinds(classes)
    kinds = ScalarTable(runs: runs)
    kindCount = members.count
    try build(program, members)
  }

  /// Divides the scalars into kinds.
  /// - Returns: runs of scalars of one kind, and for each kind whether each class contains it.
  private static func kinds(_ classes: [ScalarClass]) throws(SeqError) -> (runs: [UInt32], members: [[Bool]]) {
    let borders = Set([0] + classes.flatMap(\.borders) + CategoryTable.runs.map { $0 >> 8 }).filter { $0 < 0x110000 }
    var runs: [UInt32] = []
    var members: [[Bool]] = []
    var numbers: [[Bool]: UInt32] = [:]
    for scalar in borders.sorted() {
      let category = ScalarCategory(scalar)
      let isMember = classes.map { $0.contains(scalar, category) }
      let number = numbers[isMember] ?? UInt32(members.count)
      if Int(number) == members.count {
        guard members.count < 256 else {
          throw .data("the pattern distinguishes more than 256 kinds of characters", remedy: "use ranges or \\p{…}")
        }
        members.append(isMember)
        numbers[isMember] = number
      }
      if runs.last.map({ $0 & 0xFF }) != number { runs.append(scalar << 8 | number) }
    }
    return (runs, members)
  }

  /// Makes the states one by one, each from the set of steps at which the program can be.
  private mutating func build(_ program: PatternProgram, _ members: [[Bool]]) throws(SeqError) {
    let first = program.closure([program.start])
    var numbers = [first: 0]
    var states = [first]
    var done = 0
    while done < states.count {
      let state = states[done]
      done += 1
      accepts.append(state.last == 0)
      for kind in members {
        let steps = state.compactMap { step in
          if case .scalar(let number, let next) = program.steps[step], kind[number] { next } else { nil }
        }
        let reached = program.closure(steps)
        if reached.isEmpty {
          next.append(-1)
        } else if let number = numbers[reached] {
          next.append(Int32(number))
        } else {
          guard states.count < Self.maximumStates, next.count < Self.maximumCells else {
            throw PatternProgram.tooLarge
          }
          numbers[reached] = states.count
          next.append(Int32(states.count))
          states.append(reached)
        }
      }
    }
  }

  /// Calls `body` with every match that is not empty, in order.
  func forEachMatch(in bytes: [UInt8], _ body: (Range<Int>) -> Void) {
    var hopeless = Hopeless()
    var start = 0
    while start < bytes.count {
      let end = endOfMatch(bytes, start, &hopeless)
      if end > start { body(start..<end) }
      start = end > start ? end : bytes.scalar(at: start).end
    }
  }

  /// The end of the match that begins at an index; the index itself if there is none.
  private func endOfMatch(_ bytes: [UInt8], _ start: Int, _ hopeless: inout Hopeless) -> Int {
    var (state, at, end) = (0, start, start)
    hopeless.begin()
    while at < bytes.count {
      let (value, after) = bytes.scalar(at: at)
      let reached = Int(next[state * kindCount + Int(kinds[value])])
      guard reached >= 0 else { break }
      let isMark = at >> 6 != after >> 6
      (state, at) = (reached, after)
      if accepts[state] {
        end = at
        hopeless.begin()
      }
      if isMark, hopeless.visit(state, at) { break }
    }
    hopeless.finish()
    return end
  }
}

/// Pairs of a place in the line and a state from which no match can end. Remembering them makes the time linear (Reps
/// 1998, "Maximal munch tokenization in linear time"). About one place in 64 bytes is remembered.
private struct Hopeless {
  private var known: Set<UInt64> = []
  private var visited: [UInt64] = []

  /// Forgets the places since the last match.
  @inline(__always)
  mutating func begin() { if !visited.isEmpty { visited.removeAll(keepingCapacity: true) } }

  /// Records a place; true if no match can end from it.
  mutating func visit(_ state: Int, _ index: Int) -> Bool {
    let place = UInt64(index) << 16 | UInt64(state)
    if known.contains(place) { return true }
    visited.append(place)
    return false
  }

  /// Ends a search: the places visited since the last match led to none.
  mutating func finish() { if !visited.isEmpty { known.formUnion(visited) } }
}
