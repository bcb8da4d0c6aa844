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

/// tanh and σ of every level against libm in double precision.
@Suite struct ActivationTests {
  @Test(arguments: KernelLevel.all)
  func `tanh is within 2e-7 of libm's, and relatively within 1e-6`(level: KernelLevel) {
    let found = apply(level.table.tanh, to: sweep)
    let expected = sweep.map { tanh(Double($0)) }
    #expect(largestError(of: found.doubles, from: expected) < 2e-7)
    #expect(worstRelativeError(found, expected) < 1e-6)
  }

  /// The relative error grows with |x|, because x · log₂ e is rounded to a Float before its fraction is taken.
  @Test(arguments: KernelLevel.all)
  func `sigmoid is within 1.5e-7 of libm's, and relatively within 1e-5 down to −87`(level: KernelLevel) {
    let found = apply(level.table.sigmoid, to: sweep)
    let expected = sweep.map { 1 / (1 + exp(-Double($0))) }
    #expect(largestError(of: found.doubles, from: expected) < 1.5e-7)
    let shown = sweep.indices.filter { sweep[$0] > -87 }
    #expect(worstRelativeError(shown.map { found[$0] }, shown.map { expected[$0] }) < 1e-5)
  }

  @Test(arguments: KernelLevel.all)
  func `infinite and huge arguments saturate`(level: KernelLevel) {
    let huge: [Float] = [
      .infinity, .greatestFiniteMagnitude, 1e10, 200, -200, -1e10, -.greatestFiniteMagnitude, -.infinity,
    ]
    #expect(apply(level.table.tanh, to: huge) == [1, 1, 1, 1, -1, -1, -1, -1])
    let sigmoids = apply(level.table.sigmoid, to: huge)
    #expect(Array(sigmoids.prefix(4)) == [1, 1, 1, 1])
    #expect(sigmoids.suffix(4).allSatisfy { $0 >= 0 && $0 < 1e-37 })
  }

  @Test(arguments: KernelLevel.all)
  func `zero and tiny arguments are exact`(level: KernelLevel) {
    let tiny: [Float] = [0, -0.0, 1e-30, -1e-30, .leastNormalMagnitude]
    #expect(apply(level.table.tanh, to: tiny).map(\.bitPattern) == tiny.map(\.bitPattern))
    #expect(apply(level.table.sigmoid, to: tiny) == [0.5, 0.5, 0.5, 0.5, 0.5])
  }

  @Test(arguments: KernelLevel.all)
  func `NaN stays NaN, in every lane`(level: KernelLevel) {
    let payload = Float(nan: 5, signaling: false)
    for nan in [Float.nan, -Float.nan, payload] {
      for n in 1...67 {
        var x = [Float](repeating: 1, count: n)
        x[n - 1] = nan
        #expect(apply(level.table.tanh, to: x)[n - 1].isNaN && apply(level.table.sigmoid, to: x)[n - 1].isNaN, "\(n)")
      }
    }
  }

  @Test(arguments: KernelLevel.all)
  func `an element's bits depend on its value alone, not on its place`(level: KernelLevel) {
    var random = Seed(5).generator
    let x = random.floats(67, bound: 4)
    let tanhs = apply(level.table.tanh, to: x)
    let sigmoids = apply(level.table.sigmoid, to: x)
    for n in everySize {
      let end = Array(x.suffix(n))
      #expect(apply(level.table.tanh, to: end) == Array(tanhs.suffix(n)), "\(n)")
      #expect(apply(level.table.sigmoid, to: end) == Array(sigmoids.suffix(n)), "\(n)")
    }
  }
}

/// Arguments close together around 0, and wider until all is saturated.
private let sweep: [Float] =
  stride(from: -1.0, through: 1, by: 1.0 / 8192).map { Float($0) }
  + stride(from: -100.0, through: 100, by: 1.0 / 64).map { Float($0) }

private func worstRelativeError(_ found: [Float], _ expected: [Double]) -> Double {
  zip(found, expected).reduce(0) { $1.1 == 0 ? $0 : max($0, abs(Double($1.0) / $1.1 - 1)) }
}

private typealias Function = @convention(c) (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void

private func apply(_ function: Function, to x: [Float]) -> [Float] {
  let input = GuardedFloats(x)
  let y = GuardedFloats(repeating: 7, count: x.count)
  function(x.count, input.base, y.base)
  return y.values
}
