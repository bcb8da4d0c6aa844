import CSeqKernels
import SeqTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// tanh and σ as the gates compute them, seen through a step of an LSTM that has no predecessor: its gates are functions
/// of its input alone. The tolerances of `CellEquations` rest on these.
@Suite struct GateFunctionTests {
  @Test(arguments: KernelLevel.all)
  func `tanh is within 4e-7 of libm's, and never outside −1 and 1`(level: KernelLevel) {
    let found = gates(sweep, level.table).tanh
    #expect(largestError(of: found.doubles, from: sweep.map { tanh(Double($0)) }) < 4e-7)
    #expect(found.allSatisfy { abs($0) <= 1 })
    let small = sweep.indices.filter { abs(sweep[$0]) < 1 && sweep[$0] != 0 }
    #expect(small.allSatisfy { abs(Double(found[$0]) / tanh(Double(sweep[$0])) - 1) < 1e-6 })
  }

  @Test(arguments: KernelLevel.all)
  func `sigmoid is within 2.1e-7 of libm's, and never outside 0 and 1`(level: KernelLevel) {
    let found = gates(sweep, level.table).sigmoid
    #expect(largestError(of: found.doubles, from: sweep.map { 1 / (1 + exp(-Double($0))) }) < 2.1e-7)
    #expect(found.allSatisfy { $0 >= 0 && $0 <= 1 })
  }

  @Test(arguments: KernelLevel.all)
  func `infinite and huge arguments saturate, zero is exact`(level: KernelLevel) {
    let x: [Float] = [.infinity, .greatestFiniteMagnitude, 1e10, -1e10, -.greatestFiniteMagnitude, -.infinity]
    let huge = gates(x, level.table)
    #expect(largestError(of: huge.tanh.doubles, from: [1, 1, 1, -1, -1, -1]) < 4e-7)
    #expect(largestError(of: huge.sigmoid.doubles, from: [1, 1, 1, 0, 0, 0]) < 2.1e-7)
    let zero = gates([0, -0.0, 1e-30, -1e-30], level.table)
    #expect(zero.tanh == [0, 0, 1e-30, -1e-30] && zero.sigmoid == [0.5, 0.5, 0.5, 0.5])
  }

  @Test(arguments: KernelLevel.all)
  func `NaN stays NaN, in every lane`(level: KernelLevel) {
    for nan in [Float.nan, -Float.nan, Float(nan: 5, signaling: false)] {
      for n in 1...67 {
        var x = [Float](repeating: 1, count: n)
        x[n - 1] = nan
        let found = gates(x, level.table)
        #expect(found.tanh[n - 1].isNaN && found.sigmoid[n - 1].isNaN, "\(n)")
        #expect(!found.tanh.dropLast().contains { $0.isNaN }, "\(n)")
      }
    }
  }

  @Test(arguments: KernelLevel.all)
  func `tanh is odd, and a gate's bits depend on its value alone`(level: KernelLevel) {
    let positive = sweep.filter { $0 > 0 && $0 < 9 }
    let both = gates(positive + positive.map { -$0 }, level.table).tanh
    #expect(Array(both.suffix(positive.count)) == both.prefix(positive.count).map { -$0 })
    let x = Array(positive.prefix(67))
    let all = gates(x, level.table)
    for n in everySize {
      let end = gates(Array(x.suffix(n)), level.table)
      #expect(end.tanh == Array(all.tanh.suffix(n)) && end.sigmoid == Array(all.sigmoid.suffix(n)), "\(n)")
    }
  }
}

/// Arguments close together where the functions bend, wider until all is saturated, and in the last place before they are
/// constant every third number, of both signs and for both functions: there rounding could leave [−1, 1].
private let sweep: [Float] = {
  let ends = stride(from: Float(7.95).bitPattern, to: Float(8.15).bitPattern, by: 3).map { Float(bitPattern: $0) }
  return stride(from: -9.0, through: 9, by: 1.0 / 8192).map { Float($0) }
    + stride(from: -100.0, through: 100, by: 1.0 / 16).map { Float($0) } + ends + ends.map { -2 * $0 }
}()

/// The input gate's σ and the cell gate's tanh of the same numbers.
private func gates(_ x: [Float], _ table: seqk_table) -> (sigmoid: [Float], tanh: [Float]) {
  let n = x.count
  let input = GuardedFloats(x + x + x + x)
  let gates = GuardedFloats(repeating: .nan, count: 4 * n)
  let h = GuardedFloats(repeating: .nan, count: n)
  let cell = GuardedFloats(repeating: .nan, count: n)
  let tanhCell = GuardedFloats(repeating: .nan, count: n)
  var step = seqk_cell_step(
    rows: 1, previous: 0, hidden: n, x: input.base, ldx: 4 * n, index: nil, u: nil, bias: nil, h_previous: nil, ldp: 0,
    h_direct: nil, ldd: 0, h: h.base, ldh: n, gates: gates.base, ldg: 4 * n, recurrent: nil, ldr: 0, c_previous: nil,
    c: cell.base, tanh_c: tanhCell.base, activation: SEQK_TANH)
  table.lstm(&step)
  return (Array(gates.values[..<n]), Array(gates.values[(2 * n)..<(3 * n)]))
}
