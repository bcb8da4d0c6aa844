import SeqCore
import SeqLayers
import SeqTensor
import SeqTestSupport
import Testing

/// Chains against the enumeration of all tag sequences.
@Suite struct CRFTests {
  static let shapes: [(tags: Int, lengths: [Int])] = [
    (1, [3, 1]), (2, [5, 5, 2, 1]), (3, [5, 3, 3, 1]), (4, [4, 2, 1]), (5, [1]), (17, [2, 1]), (33, [2]),
  ]

  /// Moderate scores, and such that whole sums are lost below what floats hold.
  @Test(arguments: 0..<7, [Float(2), 60, 300])
  func `marginals and best tags are those of all sequences`(shape: Int, bound: Float) {
    let (tags, lengths) = Self.shapes[shape]
    let run = CRFRun(tags: tags, lengths: lengths, bound: bound, seed: Seed(7).child("shape", shape))
    let (found, masses, _) = run.decode { _ in }
    // What single precision leaves of an exponential of numbers as great.
    let tolerance = 5e-6 * Double(bound)
    for s in lengths.indices {
      let paths = run.paths(s)
      let total = logSum(paths.map(\.score))
      let best = paths.max { $0.score < $1.score }
      let own = (0..<lengths[s]).map { run.shape.row(sequence: s, step: $0) }
      #expect(own.map { found[$0] } == best?.tags, "sequence \(s)")
      for (t, row) in own.enumerated() {
        for tag in 0..<tags {
          let expected = paths.reduce(0) { $1.tags[t] == tag ? $0 + exponential($1.score - total) : $0 }
          #expect(abs(masses[row * tags + tag] - expected) < tolerance, "sequence \(s), token \(t), tag \(tag)")
        }
      }
    }
  }

  @Test(arguments: 0..<7, [Float(2), 60])
  func `the loss and its gradients are those of all sequences`(shape: Int, bound: Float) {
    let (tags, lengths) = Self.shapes[shape]
    let run = CRFRun(tags: tags, lengths: lengths, bound: bound, seed: Seed(11).child("shape", shape))
    var random = Seed(13).child("labels", shape).generator
    let labels = (0..<run.shape.rows).map { _ in Int32(random.index(below: tags)) }
    let learned = run.learn(labels, scale: 0.5)
    var loss = 0.0
    var transitions = [Double](repeating: 0, count: tags * tags)
    for s in lengths.indices {
      let paths = run.paths(s)
      let total = logSum(paths.map(\.score))
      let truth = (0..<lengths[s]).map { Int(labels[run.shape.row(sequence: s, step: $0)]) }
      loss += 0.5 * (total - run.score(truth, s))
      for (path, weight) in paths.map({ ($0.tags, exponential($0.score - total)) }) + [(truth, -1.0)] {
        for t in path.indices.dropFirst() { transitions[path[t - 1] * tags + path[t]] += 0.5 * weight }
      }
    }
    #expect(abs(learned.loss - loss) < 3e-6 * max(Double(bound), loss))
    #expect(largestError(of: learned.gradients["transitions"] ?? [], from: transitions) < 1.5e-5 * Double(bound))
  }

  @Test func `a sequence with an unknown tag costs nothing`() {
    let run = CRFRun(tags: 3, lengths: [4, 2], seed: Seed(17))
    // Rows 0, 2, 4, 5 are those of the first sequence.
    let learned = run.learn([0, 1, -1, 2, 1, 0])
    let other = CRFRun(tags: 3, lengths: [2], seed: Seed(17))
    var alone = other
    alone.scores = [1, 3].flatMap { row in run.scores[row * 3..<row * 3 + 3] }
    (alone.start, alone.transitions, alone.end) = (run.start, run.transitions, run.end)
    #expect(abs(learned.loss - alone.learn([1, 2]).loss) < 1e-6)
    #expect(learned.gradients["emissions"]?.prefix(3).allSatisfy { $0 == 0 } == true)
  }

  @Test(arguments: 0..<6)
  func `the most probable sequences come in order, with their probabilities`(trial: Int) {
    let run = CRFRun(tags: 3, lengths: [4, 1], seed: Seed(19).child("trial", trial))
    let (_, _, found) = run.decode { lattices in lattices.map { $0.best(100) } }
    for s in 0..<2 {
      let paths = run.paths(s).sorted { $0.score > $1.score }
      let total = logSum(paths.map(\.score))
      #expect(found[s].map(\.tags) == paths.prefix(100).map(\.tags))
      for (path, expected) in zip(found[s], paths) {
        #expect(abs(path.logProbability - (expected.score - total)) < 1e-5)
      }
    }
    #expect(abs(found[1].reduce(0) { $0 + exponential($1.logProbability) } - 1) < 1e-6)
  }

  /// Rules that always leave a way: from each tag to some other, and from the first tag to the last.
  @Test(arguments: 0..<30, [Float(1), 40, 1_000])
  func `with rules, only what they allow is found, and it is the best of that`(trial: Int, bound: Float) {
    var random = Seed(23).child("rules", trial).generator
    let tags = 2 + random.index(below: 4)
    var run = CRFRun(
      tags: tags, lengths: random.lengths(4, in: 1...5), bound: bound, seed: Seed(29).child("trial", trial))
    let allowed = (0..<tags * tags).map { _ in random.index(below: 3) > 0 }
    run.rules = TransitionRules(
      count: tags, mayStart: { $0 != 1 }, mayFollow: { $0 == 0 || $1 == 0 || allowed[$1 * tags + $0] },
      mayEnd: { $0 != 1 })
    let (found, masses, sequences) = run.decode(penalty: bound * 50) { lattices in lattices.map { $0.best(3) } }
    for s in 0..<run.shape.sequences {
      let own = (0..<run.shape.lengths[s]).map { run.shape.row(sequence: s, step: $0) }
      let tagsFound = own.map { found[$0] }
      #expect(run.rules?.allow(tagsFound) == true)
      let paths = run.paths(s).sorted { $0.score > $1.score }
      #expect(abs(run.score(tagsFound, s) - paths[0].score) < 1e-5 * Double(bound))
      #expect(sequences[s].allSatisfy { run.rules?.allow($0.tags) == true })
      #expect(sequences[s].count == min(3, paths.count))
      for row in own where run.shape.lengths[s] == 1 { #expect(masses[row * tags + 1] < 1e-9) }
    }
  }
}
