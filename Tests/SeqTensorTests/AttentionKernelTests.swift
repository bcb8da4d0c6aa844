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

/// Attention of every level against plain loops in double precision, at every size.
@Suite struct AttentionKernelTests {
  @Test(arguments: KernelLevel.all, [false, true])
  func `weights, contexts and gradients are the equations'`(level: KernelLevel, isAdditive: Bool) {
    for size in 1...67 {
      let trial = AttentionTrial(keys: size, values: 1 + (size * 7) % 67, isAdditive: isAdditive)
      let run = AttentionRun(trial, level.table)
      let (weights, contexts) = trial.forward(trial.numbers)
      #expect(largestError(of: run.weights, from: weights) < 2e-6, "\(size)")
      #expect(largestError(of: run.contexts, from: contexts) < 4e-6, "\(size)")
      for (name, found) in run.gradients {
        let elements = trial.someElements(of: name)
        let expected = trial.finiteDifference(of: name, at: elements)
        #expect(relativeError(of: elements.map { found[$0] }, from: expected, floor: 1e-2) < 3e-5, "\(name), \(size)")
      }
      #expect(run.gapsAreUntouched, "\(size)")
    }
  }

}

/// Five queries over the memories of three sequences whose rows lie across each other, and a loss Σ contexts · probe.
struct AttentionTrial {
  let keys: Int
  let values: Int
  let isAdditive: Bool
  let sequence: [Int32] = [2, 0, 1, 0, 2]
  let start: [Int32] = [0, 3, 4, 8]
  let member: [Int32] = [0, 3, 6, 1, 2, 4, 5, 7]
  var rows: Int { sequence.count }
  var memory: Int { member.count }
  /// By name: query, key, value, vector, probe; exact in Float.
  let numbers: [String: [Double]]

  init(keys: Int, values: Int, isAdditive: Bool) {
    self.keys = keys
    self.values = values
    self.isAdditive = isAdditive
    var random = Seed(41).child("attention", keys).generator
    let bound = isAdditive ? 1 : 1 / Float(keys).squareRoot()
    numbers = [
      "query": random.floats(5 * keys, bound: bound).doubles, "key": random.floats(8 * keys).doubles,
      "value": random.floats(8 * values).doubles, "vector": random.floats(keys).doubles,
      "probe": random.floats(5 * values).doubles,
    ]
  }

  func forward(_ x: [String: [Double]]) -> (weights: [Double], contexts: [Double]) {
    var (weights, contexts): ([Double], [Double]) = ([], [])
    for r in 0..<rows {
      let members = member[Int(start[Int(sequence[r])])..<Int(start[Int(sequence[r]) + 1])].map(Int.init)
      let scores = members.map { m in
        (0..<keys).reduce(0.0) { sum, j in
          let (q, k) = (x["query"]![r * keys + j], x["key"]![m * keys + j])
          return sum + (isAdditive ? x["vector"]![j] * tanh(q + k) : q * k)
        }
      }
      let total = scores.reduce(0) { $0 + exp($1) }
      let own = scores.map { exp($0) / total }
      weights += own + [Double](repeating: 0, count: 4 - own.count)
      contexts += (0..<values).map { j in
        zip(members, own).reduce(0) { $0 + $1.1 * x["value"]![$1.0 * values + j] }
      }
    }
    return (weights, contexts)
  }

  /// All elements of small tensors, a part of large ones.
  func someElements(of name: String) -> [Int] {
    numbers[name]!.indices.filter { $0 % 13 == 0 || numbers[name]!.count < 40 }
  }

  func finiteDifference(of name: String, at elements: [Int]) -> [Double] {
    func loss(_ x: [String: [Double]]) -> Double {
      zip(forward(x).contexts, x["probe"]!).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return elements.map { i in
      var (above, below) = (numbers, numbers)
      above[name]![i] += 1e-5
      below[name]![i] -= 1e-5
      return (loss(above) - loss(below)) / 2e-5
    }
  }
}

/// A trial through the kernels, with gaps between rows and sums that the gradients are added to.
struct AttentionRun {
  let weights: [Double]
  let contexts: [Double]
  let gradients: [(String, [Double])]
  let gapsAreUntouched: Bool

  init(_ trial: AttentionTrial, _ table: seqk_table) {
    func matrix(_ name: String, _ columns: Int) -> GuardedMatrix {
      let values = trial.numbers[name]!.map { Float($0) }
      return GuardedMatrix(rows: values.count / columns, columns: columns, gap: 3, values: values)
    }
    let (query, key, value) = (matrix("query", trial.keys), matrix("key", trial.keys), matrix("value", trial.values))
    let probe = matrix("probe", trial.values)
    let vector = GuardedFloats(trial.numbers["vector"]!.map { Float($0) })
    let weights = GuardedMatrix(rows: trial.rows, columns: 4, gap: 2, values: [Float](repeating: 0, count: 20))
    let contexts = GuardedMatrix(rows: trial.rows, columns: trial.values, gap: 1)
    let scratch = GuardedMatrix(rows: trial.rows, columns: 4, gap: 2)
    func ones(_ rows: Int, _ columns: Int) -> GuardedMatrix {
      GuardedMatrix(rows: rows, columns: columns, gap: 1, values: [Float](repeating: 1, count: rows * columns))
    }
    let (dKey, dValue) = (ones(trial.memory, trial.keys), ones(trial.memory, trial.values))
    let dQuery = GuardedMatrix(rows: trial.rows, columns: trial.keys, gap: 1)
    let dVector = GuardedFloats(repeating: 1, count: trial.keys)
    let (sequence, start, member) = (Guarded(trial.sequence), Guarded(trial.start), Guarded(trial.member))
    var step = seqk_attention(
      rows: trial.rows, keys: trial.keys, values: trial.values, sequence: sequence.base, start: start.base,
      member: member.base, query: query.base, ldq: query.stride, key: key.base, ldk: key.stride, value: value.base,
      ldv: value.stride, additive: trial.isAdditive ? UnsafePointer(vector.base) : nil, weights: weights.base,
      ldw: weights.stride, context: contexts.base, ldc: contexts.stride)
    table.attend(&step)
    var gradient = seqk_attention_gradient(
      d_context: probe.base, lddc: probe.stride, d_weights: scratch.base, d_query: dQuery.base, lddq: dQuery.stride,
      d_key: dKey.base, lddk: dKey.stride, d_value: dValue.base, lddv: dValue.stride, d_additive: dVector.base)
    table.attend_backward(&step, &gradient)
    self.weights = weights.values.doubles
    self.contexts = contexts.values.doubles
    var gradients = [
      ("query", dQuery.values.doubles), ("key", dKey.values.doubles.map { $0 - 1 }),
      ("value", dValue.values.doubles.map { $0 - 1 }),
    ]
    if trial.isAdditive { gradients.append(("vector", dVector.values.doubles.map { $0 - 1 })) }
    self.gradients = gradients
    gapsAreUntouched = [weights, contexts, dKey, dValue, dQuery].allSatisfy(\.gapsAreUntouched)
    withExtendedLifetime((query, key, value, probe, vector, scratch, sequence, start, member)) {}
  }
}
