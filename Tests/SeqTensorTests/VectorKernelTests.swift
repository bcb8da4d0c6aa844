import CSeqKernels
import SeqCore
import SeqTestSupport
import Testing

/// Sums, scalings and dropout of every level against plain loops, at every size.
@Suite struct VectorKernelTests {
  @Test(arguments: KernelLevel.all)
  func `add, add scaled and multiply work on each element`(level: KernelLevel) {
    let table = level.table
    for n in everySize {
      let (x, y) = vectors(n)
      let (left, right) = (GuardedFloats(x), GuardedFloats(y))
      let sum = GuardedFloats(y)
      table.add(n, left.base, sum.base)
      #expect(sum.values == zip(x, y).map { $1 + $0 }, "\(n)")

      let scaled = GuardedFloats(y)
      table.add_scaled(n, -1.75, left.base, scaled.base)
      let expected = zip(x, y).map { Double($1) - 1.75 * Double($0) }
      #expect(largestError(of: scaled.values.doubles, from: expected) < 3e-7, "\(n)")

      let product = GuardedFloats(repeating: .nan, count: n)
      table.multiply(n, left.base, right.base, product.base)
      #expect(product.values == zip(x, y).map { $0 * $1 }, "\(n)")
    }
  }

  @Test(arguments: KernelLevel.all)
  func `multiply works in place`(level: KernelLevel) {
    let (x, y) = vectors(67)
    let product = GuardedFloats(x)
    let factors = GuardedFloats(y)
    level.table.multiply(67, product.base, factors.base, product.base)
    #expect(product.values == zip(x, y).map { $0 * $1 })
  }

  @Test(arguments: KernelLevel.all)
  func `dot and sum of squares are sums of products`(level: KernelLevel) {
    for n in everySize {
      let (x, y) = vectors(n)
      let (left, right) = (GuardedFloats(x), GuardedFloats(y))
      let dot = Double(level.table.dot(n, left.base, right.base))
      let magnitude = zip(x, y).reduce(0) { $0 + abs(Double($1.0) * Double($1.1)) }
      #expect(abs(dot - zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }) <= magnitude * 2e-6, "\(n)")
      let squares = level.table.sum_squares(n, left.base)
      #expect(abs(squares - x.reduce(0) { $0 + Double($1) * Double($1) }) <= 1e-14 * Double(n), "\(n)")
    }
  }

  @Test(arguments: KernelLevel.all)
  func `a sum of squares does not overflow a Float`(level: KernelLevel) {
    let x = GuardedFloats([1e30, -1e30])
    #expect(abs(level.table.sum_squares(2, x.base) / 2e60 - 1) < 1e-6)
  }

  @Test(arguments: KernelLevel.all)
  func `column sums replace or add`(level: KernelLevel) {
    for n in everySize {
      for rows in [0, 1, 2, 13] {
        var random = Seed(23).child("sums", n * 100 + rows).generator
        let values = random.floats(rows * n)
        let start = random.floats(n)
        let x = GuardedMatrix(rows: rows, columns: n, gap: 3, values: values)
        for accumulate in [false, true] {
          let y = GuardedFloats(accumulate ? start : Array(repeating: .nan, count: n))
          level.table.column_sums(rows, n, x.base, x.stride, y.base, accumulate)
          let expected = (0..<n).map { j in
            (0..<rows).reduce(accumulate ? Double(start[j]) : 0) { $0 + Double(values[$1 * n + j]) }
          }
          #expect(largestError(of: y.values.doubles, from: expected) < 2e-6, "\(rows) × \(n)")
        }
      }
    }
  }
}

private func vectors(_ n: Int) -> ([Float], [Float]) {
  var random = Seed(29).child("vectors", n).generator
  return (random.floats(n), random.floats(n))
}
