import CSeqKernels
import SeqCore
import SeqTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The steps of chains of every level against plain loops in double precision, at every size.
@Suite struct ChainKernelTests {
  @Test(arguments: KernelLevel.all)
  func `exponentials are those of the library, and 0 where floats end`(level: KernelLevel) {
    for size in everySize {
      var random = Seed(311).child("exponentials", size).generator
      // At most 87, as chains have it.
      let x = GuardedFloats(random.floats(size, bound: 100).map { $0 > 90 ? -$0 : $0 })
      let y = GuardedFloats(repeating: .nan, count: size)
      level.table.exponentials(size, 3, x.base, y.base)
      for (value, found) in zip(x.values, y.values) {
        let expected = Double(value) - 3 < -87 ? 0 : exp(Double(value) - 3)
        #expect(abs(Double(found) - expected) <= 1e-5 * expected, "exp(\(value) - 3)")
      }
    }
  }

  @Test(arguments: KernelLevel.all, [Float(3), 200])
  func `messages are the logarithms of sums`(level: KernelLevel, bound: Float) {
    for tags in 1...67 {
      let trial = ChainTrial(tags: tags, bound: bound)
      let run = ChainKernelRun(trial, level.table)
      let expected = trial.messages()
      #expect(
        largestError(of: run.messages.values.doubles, from: expected.flatMap { $0 }) < 2e-5 * Double(bound), "\(tags)")
      for (s, row) in expected.enumerated() {
        let greatest = row.max() ?? 0
        #expect(abs(Double(run.greatest.values[s]) - greatest) < 2e-5 * Double(bound))
        let shares = (0..<tags).map { Double(run.shares.values[s * tags + $0]) }
        #expect(largestError(of: shares, from: row.map { exp($0 - greatest) }) < 2e-5 * Double(bound), "\(tags)")
      }
      #expect(run.gapsAreUntouched)
    }
  }

  @Test(arguments: KernelLevel.all, [Float(3), 200])
  func `masses go on with the probabilities of the next tags`(level: KernelLevel, bound: Float) {
    for tags in 1...67 {
      let trial = ChainTrial(tags: tags, bound: bound)
      let run = ChainKernelRun(trial, level.table)
      let (found, counts) = run.arrivals(level.table)
      let expected = trial.arrivals()
      #expect(largestError(of: found, from: expected.masses) < 2e-5 * Double(bound), "\(tags)")
      #expect(largestError(of: counts, from: expected.counts) < 2e-5 * Double(bound), "\(tags)")
    }
  }

  @Test(arguments: KernelLevel.all)
  func `the search finds the best tag before, and the first of equals`(level: KernelLevel) {
    for tags in 1...67 {
      let trial = ChainTrial(tags: tags, bound: 3, isCoarse: true)
      let width = (tags + 15) / 16 * 16
      let previous = GuardedMatrix(rows: 2, columns: width, gap: 0, values: trial.padded(trial.next, rows: 2, width))
      let best = GuardedMatrix(rows: 2, columns: width, gap: 0)
      let scores = GuardedMatrix(rows: 2, columns: tags, gap: 1, values: Array(trial.scores.prefix(2 * tags)))
      let transitions = GuardedMatrix(
        rows: tags, columns: width, gap: 0, values: trial.padded(trial.transitions, rows: tags, width))
      let from = Guarded([Int32](repeating: -1, count: 2 * width))
      var step = seqk_chain_best(
        rows: 2, tags: tags, previous: previous.base, transitions: transitions.base, ldt: width, scores: scores.base,
        lds: scores.stride, best: best.base, ldb: width, from: from.base, ldf: width)
      level.table.chain_best(&step)
      for row in 0..<2 {
        let top = (0..<tags).map { trial.next[row * tags + $0] }.max() ?? 0
        for tag in 0..<tags {
          let ways = (0..<tags).map { trial.next[row * tags + $0] - top + trial.transitions[$0 * tags + tag] }
          let greatest = ways.max() ?? 0
          #expect(Int(from.values[row * width + tag]) == ways.firstIndex(of: greatest), "\(tags)")
          #expect(best.values[row * width + tag] == greatest + trial.scores[row * tags + tag], "\(tags)")
        }
      }
      withExtendedLifetime((previous, best, scores, transitions, from)) {}
    }
  }
}

/// A step of three sequences of which the first two go on.
struct ChainTrial {
  let tags: Int
  let scores: [Float]
  let end: [Float]
  let transitions: [Float]
  /// u(t + 1)
  let next: [Float]
  let masses: [Float]
  let labels: [Int32]
  let added: [Float] = [0.25, -0.5]

  /// - Parameter isCoarse: whether the numbers are few, so that equals occur and sums are exact.
  init(tags: Int, bound: Float, isCoarse: Bool = false) {
    self.tags = tags
    var random = Seed(307).child("chain", tags).generator
    func numbers(_ count: Int) -> [Float] {
      isCoarse ? (0..<count).map { _ in Float(random.index(below: 5)) - 2 } : random.floats(count, bound: bound)
    }
    scores = numbers(3 * tags)
    end = numbers(tags)
    transitions = numbers(tags * tags)
    next = numbers(2 * tags)
    masses = random.floats(2 * tags).map(abs)
    labels = [Int32(tags - 1), 0]
  }

  var shift: Float { transitions.max() ?? 0 }
  func greatest(_ row: Int) -> Float { (0..<tags).map { next[row * tags + $0] }.max() ?? 0 }

  /// T(i, j) + u(j) less the greatest, for all j.
  private func ways(_ row: Int, from tag: Int) -> [Double] {
    (0..<tags).map {
      Double(transitions[tag * tags + $0]) + Double(next[row * tags + $0]) - Double(greatest(row))
    }
  }

  private func logSum(_ x: [Double]) -> Double {
    let top = x.max() ?? 0
    return top + log(x.reduce(0) { $0 + exp($1 - top) })
  }

  func messages() -> [[Double]] {
    (0..<3).map { row in
      (0..<tags).map { tag in
        Double(scores[row * tags + tag]) + (row == 2 ? Double(end[tag]) : logSum(ways(row, from: tag)))
      }
    }
  }

  /// m(t + 1), and how much moved from tag to tag.
  func arrivals() -> (masses: [Double], counts: [Double]) {
    var (found, counts) = ([Double](repeating: 0, count: 2 * tags), [Double](repeating: 0, count: tags * tags))
    for row in 0..<2 {
      for tag in 0..<tags {
        let mass = Double(masses[row * tags + tag]) + (Int(labels[row]) == tag ? Double(added[row]) : 0)
        let ways = ways(row, from: tag)
        let total = logSum(ways)
        for other in 0..<tags {
          found[row * tags + other] += mass * exp(ways[other] - total)
          counts[tag * tags + other] += mass * exp(ways[other] - total)
        }
      }
    }
    return (found, counts)
  }

  func padded(_ values: [Float], rows: Int, _ width: Int) -> [Float] {
    (0..<rows * width).map { $0 % width < tags ? values[$0 / width * tags + $0 % width] : -.infinity }
  }
}

/// A trial through the kernels, with gaps between rows.
struct ChainKernelRun {
  let trial: ChainTrial
  let messages: GuardedMatrix, shares: GuardedMatrix, sums: GuardedMatrix
  let greatest: GuardedFloats
  private let next: GuardedMatrix, transitions: GuardedMatrix
  private let exponentials: [Float]
  private let nextShares: [Float]

  init(_ trial: ChainTrial, _ table: seqk_table) {
    self.trial = trial
    let n = trial.tags
    func cut(_ x: Double) -> Float { x < -87 ? 0 : Float(exp(x)) }
    let exponentials = trial.transitions.map { cut(Double($0) - Double(trial.shift)) }
    let nextShares = trial.next.indices.map { cut(Double(trial.next[$0]) - Double(trial.greatest($0 / n))) }
    (self.exponentials, self.nextShares) = (exponentials, nextShares)
    var q: [Float] = []
    for row in 0..<2 {
      for i in 0..<n {
        q.append((0..<n).reduce(0) { $0 + exponentials[i * n + $1] * nextShares[row * n + $1] })
      }
    }
    let scores = GuardedMatrix(rows: 3, columns: n, gap: 1, values: trial.scores)
    let end = GuardedFloats(trial.end)
    transitions = GuardedMatrix(rows: n, columns: n, gap: 2, values: trial.transitions)
    sums = GuardedMatrix(rows: 2, columns: n, gap: 3, values: q)
    next = GuardedMatrix(rows: 2, columns: n, gap: 1, values: trial.next)
    let nextGreatest = GuardedFloats((0..<2).map(trial.greatest))
    messages = GuardedMatrix(rows: 3, columns: n, gap: 2)
    shares = GuardedMatrix(rows: 3, columns: n, gap: 1)
    greatest = GuardedFloats(repeating: .nan, count: 3)
    var step = seqk_chain_messages(
      rows: 3, following: 2, tags: n, scores: scores.base, lds: scores.stride, end: end.base,
      transitions: transitions.base, ldt: transitions.stride, shift: trial.shift, sums: sums.base, ldq: sums.stride,
      next: next.base, ldn: next.stride, next_greatest: nextGreatest.base, messages: messages.base,
      ldm: messages.stride, shares: shares.base, ldr: shares.stride, greatest: greatest.base)
    table.chain_messages(&step)
    withExtendedLifetime((scores, end, nextGreatest)) {}
  }

  var gapsAreUntouched: Bool { messages.gapsAreUntouched && shares.gapsAreUntouched }

  /// m(t + 1), and what moved from tag to tag.
  func arrivals(_ table: seqk_table) -> (masses: [Double], counts: [Double]) {
    let n = trial.tags
    let masses = GuardedMatrix(rows: 2, columns: n, gap: 1, values: trial.masses)
    let departures = GuardedMatrix(rows: 2, columns: n, gap: 2)
    let arrived = GuardedMatrix(rows: 2, columns: n, gap: 1)
    let shares = GuardedMatrix(rows: 2, columns: n, gap: 0, values: nextShares)
    let counts = GuardedMatrix(rows: n, columns: n, gap: 1, values: [Float](repeating: 0, count: n * n))
    let (labels, added) = (Guarded(trial.labels), GuardedFloats(trial.added))
    var step = seqk_chain_masses(
      rows: 2, tags: n, masses: masses.base, ldm: masses.stride, labels: labels.base, added: added.base,
      sums: sums.base, ldq: sums.stride, transitions: transitions.base, ldt: transitions.stride, next: next.base,
      ldu: next.stride, next_shares: shares.base, ldr: shares.stride, departures: departures.base,
      ldp: departures.stride, next_masses: arrived.base, ldn: arrived.stride, counts: counts.base, ldc: counts.stride)
    table.chain_departures(&step)
    let left = departures.values
    var moved = counts.values.doubles
    for row in 0..<2 {
      for j in 0..<n {
        arrived.base[row * arrived.stride + j] = (0..<n).reduce(0) {
          $0 + left[row * n + $1] * exponentials[$1 * n + j]
        }
        for i in 0..<n {
          moved[i * n + j] += Double(left[row * n + i]) * Double(exponentials[i * n + j] * nextShares[row * n + j])
        }
      }
    }
    table.chain_arrivals(&step)
    for (i, rare) in counts.values.enumerated() { moved[i] += Double(rare) }
    withExtendedLifetime((masses, departures, labels, added, shares)) {}
    return (arrived.values.doubles, moved)
  }
}
