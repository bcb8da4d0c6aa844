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

/// The operations on elements of rows, at every level and size, against plain loops in double precision.
@Suite struct ElementwiseKernelTests {
  @Test(arguments: KernelLevel.all)
  func `sigmoid and tanh of rows`(level: KernelLevel) {
    for trial in Trial.all {
      let x = trial.matrix(4)
      trial.check(level, x.map { 1 / (1 + exp(-$0)) }, within: 3e-7) { table, y in
        let input = trial.guarded(x)
        table.gate_sigmoid(trial.rows, trial.columns, input.base, input.stride, y.base, y.stride)
      }
      trial.check(level, x.map { tanh($0) }, within: 5e-7) { table, y in
        let input = trial.guarded(x)
        table.gate_tanh(trial.rows, trial.columns, input.base, input.stride, y.base, y.stride)
      }
    }
  }

  @Test(arguments: KernelLevel.all)
  func `the way back through sigmoid and tanh, also in place`(level: KernelLevel) {
    for trial in Trial.all {
      let (d, y) = (trial.matrix(1), trial.matrix(2))
      let sigmoid = zip(d, y).map { $0 * $1 * (1 - $1) }
      let tanh = zip(d, y).map { $0 * (1 - $1 * $1) }
      trial.check(level, sigmoid) { table, x in
        let (left, right) = (trial.guarded(d), trial.guarded(y))
        table.sigmoid_gradient(
          trial.rows, trial.columns, left.base, left.stride, right.base, right.stride, x.base, x.stride)
      }
      trial.check(level, tanh, startingWith: y) { table, x in
        let left = trial.guarded(d)
        table.tanh_gradient(trial.rows, trial.columns, left.base, left.stride, x.base, x.stride, x.base, x.stride)
      }
      trial.check(level, sigmoid, startingWith: d) { table, x in
        let right = trial.guarded(y)
        table.sigmoid_gradient(
          trial.rows, trial.columns, x.base, x.stride, right.base, right.stride, x.base, x.stride)
      }
    }
  }

  @Test(arguments: KernelLevel.all)
  func `products with rows, and with one row for all`(level: KernelLevel) {
    for trial in Trial.all {
      let (x, start) = (trial.matrix(1), trial.matrix(3))
      for isSingle in [false, true] {
        let m = isSingle ? Array(trial.matrix(2).prefix(trial.columns)) : trial.matrix(2)
        let factors = x.indices.map { m[isSingle ? $0 % trial.columns : $0] }
        let product = zip(x, factors).map { $0 * $1 }
        trial.check(level, product) { table, y in
          let (left, right) = (trial.guarded(x), trial.guarded(m, rows: isSingle ? 1 : trial.rows))
          table.multiply_rows(
            trial.rows, trial.columns, left.base, left.stride, right.base, isSingle ? 0 : right.stride, y.base,
            y.stride)
        }
        trial.check(level, zip(start, product).map { $0 - 1.5 * $1 }, startingWith: start) { table, y in
          let (left, right) = (trial.guarded(x), trial.guarded(m, rows: isSingle ? 1 : trial.rows))
          table.multiply_add_rows(
            trial.rows, trial.columns, -1.5, left.base, left.stride, right.base, isSingle ? 0 : right.stride, y.base,
            y.stride)
        }
      }
    }
  }

  @Test(arguments: KernelLevel.all)
  func `a blend goes from one to the other, also in place of one`(level: KernelLevel) {
    for trial in Trial.all {
      let (z, a, b) = (trial.matrix(1), trial.matrix(2), trial.matrix(3))
      let expected = z.indices.map { (1 - z[$0]) * a[$0] + z[$0] * b[$0] }
      trial.check(level, expected, startingWith: a) { table, y in
        let (gate, right) = (trial.guarded(z), trial.guarded(b))
        table.blend(
          trial.rows, trial.columns, gate.base, gate.stride, y.base, y.stride, right.base, right.stride, y.base,
          y.stride)
      }
    }
  }

  @Test(arguments: KernelLevel.all)
  func `sums of products over rows in order and over named rows`(level: KernelLevel) {
    for trial in Trial.all {
      let (x, m, start) = (trial.matrix(1), trial.matrix(2), Array(trial.matrix(3).prefix(trial.columns)))
      let (left, right) = (trial.guarded(x), trial.guarded(m))
      var random = Seed(19).child("rows", trial.columns).generator
      let named = (0..<5).map { _ in (random.index(below: trial.rows), random.index(below: trial.rows)) }
      for places in [(0..<trial.rows).map { ($0, $0) }, named] {
        let isNamed = places.count == 5 && trial.rows != 5
        for accumulate in [false, true] {
          let y = GuardedFloats(accumulate ? start.map { Float($0) } : [Float](repeating: .nan, count: trial.columns))
          let xRows = Guarded<Int32>(places.map { Int32($0.0) })
          let mRows = Guarded<Int32>(places.map { Int32($0.1) })
          level.table.product_sums(
            places.count, trial.columns, left.base, left.stride, isNamed ? xRows.base : nil, right.base, right.stride,
            isNamed ? mRows.base : nil, y.base, accumulate)
          let expected = (0..<trial.columns).map { j in
            places.reduce(accumulate ? start[j] : 0) {
              $0 + x[$1.0 * trial.columns + j] * m[$1.1 * trial.columns + j]
            }
          }
          #expect(largestError(of: y.values.doubles, from: expected) < 5e-6, "\(trial)")
        }
      }
    }
  }

  @Test(arguments: KernelLevel.all)
  func `rows are normalised, and the way back is that of the equation`(level: KernelLevel) {
    for trial in Trial.all where trial.columns > 0 {
      let (x, d) = (trial.matrix(1), trial.matrix(2))
      let rows = (0..<trial.rows).map { Array(x[$0 * trial.columns..<($0 + 1) * trial.columns]) }
      let factors = rows.map(inverseDeviation)
      let normalized = zip(rows, factors).flatMap { row, factor in row.map { ($0 - mean(row)) * factor } }
      let inverse = GuardedFloats(repeating: .nan, count: trial.rows)
      trial.check(level, normalized, within: 2e-5) { table, y in
        let input = trial.guarded(x)
        table.normalize(trial.rows, trial.columns, 1e-5, input.base, input.stride, y.base, y.stride, inverse.base, 1)
      }
      #expect(relativeError(of: inverse.values.doubles, from: factors) < 1e-5, "\(trial)")

      let expected = (0..<trial.rows).flatMap { r in
        let (d, y) = (slice(d, r, trial.columns), slice(normalized, r, trial.columns))
        let (level, slope) = (mean(d), mean(zip(d, y).map { $0 * $1 }))
        return d.indices.map { factors[r] * (d[$0] - level - y[$0] * slope) }
      }
      let scale = factors.max() ?? 1
      trial.check(level, expected, startingWith: d, within: 2e-5 * max(1, scale)) { table, out in
        let y = trial.guarded(normalized)
        table.normalize_gradient(
          trial.rows, trial.columns, out.base, out.stride, y.base, y.stride, inverse.base, 1, out.base, out.stride)
      }
    }
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private func inverseDeviation(_ row: [Double]) -> Double {
    let center = mean(row)
    return 1 / (mean(row.map { ($0 - center) * ($0 - center) }) + 1e-5).squareRoot()
  }

  private func slice(_ values: [Double], _ row: Int, _ width: Int) -> [Double] {
    Array(values[row * width..<(row + 1) * width])
  }
}

/// Random rows of a width, with gaps between them and a guard behind.
private struct Trial: CustomStringConvertible {
  let rows: Int
  let columns: Int

  var description: String { "\(rows) × \(columns)" }

  static let all = everySize.flatMap { n in [1, 3].map { Trial(rows: $0, columns: n) } }

  /// Numbers that are exact in single precision.
  func matrix(_ index: Int) -> [Double] {
    var random = Seed(17).child("matrix", 100 * columns + 10 * rows + index).generator
    return random.floats(rows * columns, bound: index == 4 ? 12 : 1).doubles
  }

  func guarded(_ values: [Double], rows: Int? = nil) -> GuardedMatrix {
    GuardedMatrix(rows: rows ?? self.rows, columns: columns, gap: 3, values: values.map { Float($0) })
  }

  /// Compares what `body` writes with what it should write.
  func check(
    _ level: KernelLevel, _ expected: [Double], startingWith start: [Double]? = nil, within tolerance: Double = 5e-7,
    _ body: (seqk_table, GuardedMatrix) -> Void
  ) {
    let output = GuardedMatrix(rows: rows, columns: columns, gap: 2, values: start?.map { Float($0) })
    body(level.table, output)
    #expect(largestError(of: output.values.doubles, from: expected) < tolerance, "\(self)")
    #expect(output.gapsAreUntouched, "\(self)")
  }
}
