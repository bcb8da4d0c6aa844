package import SeqTensor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The tag sequences of one sequence of tokens with their probabilities, after `ChainSweep.runBack`; valid as long as what
/// that has left.
package struct ChainLattice {
  let scores: Matrix
  let sweep: ChainSweep
  let tables: ChainTables
  private let masses: Matrix?
  private let steps: [Range<Int>]
  private let place: Int
  /// Tokens.
  package let count: Int
  /// Tags.
  package var tagCount: Int { tables.count }

  /// - Parameters:
  ///   - masses: what `ChainSweep.runOn` has set, if it was run.
  ///   - place: of the sequence in its shard.
  package init(
    scores: Matrix, sweep: ChainSweep, tables: ChainTables, masses: Matrix? = nil, shape: PackedShape, place: Int
  ) {
    (self.scores, self.sweep, self.tables, self.masses, self.place) = (scores, sweep, tables, masses, place)
    steps = shape.steps
    count = shape.lengths[place]
  }

  private func row(_ step: Int) -> Int { steps[step].lowerBound + place }

  /// p(y(t) = tag | x). - Precondition: the masses are known.
  package func marginal(_ t: Int, _ tag: Int) -> Double {
    guard let masses else { preconditionFailure("marginals before the sweep on") }
    return Double(masses[row(t), tag])
  }

  /// log p(y(0) = tag | x).
  package func logStart(_ tag: Int) -> Double {
    let (start, row) = (tables.start, row(0))
    func score(_ tag: Int) -> Double { Double(start[0, tag]) + Double(sweep.messages[row, tag]) }
    var greatest = -Double.infinity
    for other in 0..<tables.count { greatest = max(greatest, score(other)) }
    var sum = 0.0
    for other in 0..<tables.count { sum += exp(score(other) - greatest) }
    return score(tag) - greatest - log(sum)
  }

  /// log p(y(t) = tag | y(t − 1) = previous, x), for t from 1.
  package func logStep(_ t: Int, from previous: Int, to tag: Int) -> Double {
    let (row, before) = (row(t), row(t - 1))
    let message = Double(sweep.messages[before, previous])
    // A tag that is ruled out has no followers.
    guard message > -.infinity else { return -.infinity }
    let after = message - Double(scores[before, previous])
    return Double(tables.transitions[previous, tag]) + Double(sweep.messages[row, tag])
      - Double(sweep.greatest[0, row]) - after
  }

  /// The score of a tag at a step, of a first, a following or a last tag.
  func score(_ t: Int, _ tag: Int) -> Double { Double(scores[row(t), tag]) }
}

/// A tag sequence and how probable it is.
package struct TagPath: Sendable, Equatable {
  package var tags: [Int]
  package var logProbability: Double
}

extension ChainLattice {
  /// log p(y | x) of a whole sequence.
  package func logProbability(of tags: [Int]) -> Double {
    guard let first = tags.first else { return 0 }
    return tags.indices.dropFirst().reduce(logStart(first)) { $0 + logStep($1, from: tags[$1 - 1], to: tags[$1]) }
  }

  /// The most probable tag sequences, the best first: Viterbi's search forward, then A* back from the end with its scores
  /// as the exact estimate of what is left (Soong and Huang 1991, "tree-trellis"). With rules, only sequences that keep
  /// them, or that breach them as little as can be.
  package func best(_ limit: Int) -> [TagPath] {
    let reached = searchForward()
    var open = PathHeap()
    for tag in 0..<tagCount {
      open.push(
        .init(
          estimate: reached[(count - 1) * tagCount + tag] + Double(tables.end[0, tag]), tag: tag, step: count - 1,
          next: -1, behind: Double(tables.end[0, tag])))
    }
    var nodes: [PathHeap.Node] = []
    var paths: [TagPath] = []
    var least = -Double.infinity
    while paths.count < limit, let node = open.pop(), node.estimate > least {
      if paths.isEmpty, tables.penalty > 0 { least = node.estimate - Double(tables.penalty) / 2 }
      if node.step == 0 {
        let tags = Self.tags(from: node, nodes)
        paths.append(TagPath(tags: tags, logProbability: logProbability(of: tags)))
        continue
      }
      nodes.append(node)
      let behind = node.behind + score(node.step, node.tag)
      for tag in 0..<tagCount {
        let step = Double(tables.transitions[tag, node.tag]) + behind
        open.push(
          .init(
            estimate: reached[(node.step - 1) * tagCount + tag] + step, tag: tag, step: node.step - 1,
            next: nodes.count - 1, behind: step))
      }
    }
    return paths
  }

  /// The score of the best way to each tag of each step.
  private func searchForward() -> [Double] {
    var reached = (0..<tagCount).map { Double(tables.start[0, $0]) + score(0, $0) }
    let transitions = tables.transitions.elements.map(Double.init)
    for t in 1..<max(1, count) {
      let before = (t - 1) * tagCount
      for tag in 0..<tagCount {
        var best = -Double.infinity
        for previous in 0..<tagCount {
          best = max(best, reached[before + previous] + transitions[previous * tagCount + tag])
        }
        reached.append(best + score(t, tag))
      }
    }
    return reached
  }

  private static func tags(from node: PathHeap.Node, _ nodes: [PathHeap.Node]) -> [Int] {
    var (tags, next) = ([node.tag], node.next)
    while next >= 0 {
      tags.append(nodes[next].tag)
      next = nodes[next].next
    }
    return tags
  }
}

/// The ends of paths that may be gone on with, the most promising on top.
private struct PathHeap {
  struct Node {
    /// The best score of a whole path with this end.
    var estimate: Double
    var tag: Int
    var step: Int
    /// The node of the step behind; −1 at the end.
    var next: Int
    /// The score of what is behind this tag.
    var behind: Double
  }

  private var nodes: [Node] = []

  mutating func push(_ node: Node) {
    nodes.append(node)
    var child = nodes.count - 1
    while child > 0, nodes[(child - 1) / 2].estimate < nodes[child].estimate {
      nodes.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> Node? {
    guard let top = nodes.first else { return nil }
    let last = nodes.removeLast()
    guard !nodes.isEmpty else { return top }
    nodes[0] = last
    var parent = 0
    while true {
      var greatest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < nodes.count {
        if nodes[child].estimate > nodes[greatest].estimate { greatest = child }
      }
      if greatest == parent { return top }
      nodes.swapAt(parent, greatest)
      parent = greatest
    }
  }
}
