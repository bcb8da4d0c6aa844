import CSeqKernels
import SeqCore
import SeqTestSupport
import Testing

/// Every product kernel of every level against plain loops in double precision.
@Suite struct ProductTests {
  @Test(arguments: KernelLevel.all + KernelLevel.tiles, ProductStart.allCases)
  func `a product is its start and the sum of its products`(level: KernelLevel, start: ProductStart) {
    for size in ProductSize.all {
      let trial = ProductTrial(size, planes: level.planes)
      #expect(trial.run(level.table, start).excess <= 1, "\(size)")
    }
  }

  @Test(arguments: KernelLevel.all + KernelLevel.tiles, RowChoice.allCases)
  func `a transposed product is the sum of its products, over the rows that are named`(
    level: KernelLevel, rows: RowChoice
  ) {
    for size in ProductSize.all {
      let trial = ProductTrial(size, planes: level.planes)
      for accumulate in [false, true] {
        #expect(trial.runTransposed(level.table, rows, accumulate).excess <= 1, "\(size), accumulate \(accumulate)")
      }
    }
  }

  @Test(arguments: KernelLevel.all + KernelLevel.tiles)
  func `the same product gives the same bits`(level: KernelLevel) {
    let trial = ProductTrial(ProductSize(m: 23, n: 67, k: 41), planes: level.planes)
    #expect(trial.run(level.table, .none).values == trial.run(level.table, .none).values)
    let copied = trial.runTransposed(level.table, .all, false).values
    for rows in RowChoice.allCases {
      #expect(trial.runTransposed(level.table, rows, false).values == copied, "\(rows)")
    }
  }

  @Test func `a wrong element of a product is detected`() {
    let trial = ProductTrial(ProductSize(m: 5, n: 7, k: 9))
    let table = KernelLevel.all[0].table
    var values = trial.run(table, .itself).values
    #expect(trial.excess(of: values, untouched: false, .itself) > 1)
    #expect(trial.excess(of: values, untouched: true, .bias) > 1)
    values[17] += 1e-4
    #expect(trial.excess(of: values, untouched: true, .itself) > 1)
  }
}

/// What a product is added to.
enum ProductStart: Sendable, CaseIterable {
  /// Zero, what is there, one row for all, or another matrix.
  case none, itself, bias, other
}

/// Which of the two sides of a transposed product have their rows named.
enum RowChoice: Sendable, CaseIterable {
  case all, left, right, both

  var namesLeft: Bool { self == .left || self == .both }
  var namesRight: Bool { self == .right || self == .both }
}

/// C [m, n] = start + A [m, k] · B [k, n].
struct ProductSize: CustomStringConvertible {
  let m: Int
  let n: Int
  let k: Int

  var description: String { "[\(m), \(k)] · [\(k), \(n)]" }

  /// Every size in each of the three places, the two others drawn; and some that need several panels, chunks and
  /// slices.
  static let all: [ProductSize] = {
    var random = Seed(3).generator
    let others = [0, 1, 2, 3, 5, 6, 7, 11, 16, 17, 31, 33, 64, 67]
    var sizes = [
      ProductSize(m: 13, n: 130, k: 300), ProductSize(m: 6, n: 64, k: 128), ProductSize(m: 2, n: 193, k: 129),
      ProductSize(m: 53, n: 161, k: 400), ProductSize(m: 115, n: 35, k: 530),
    ]
    for size in everySize {
      for _ in 0..<3 {
        let a = others[random.index(below: others.count)]
        let b = others[random.index(below: others.count)]
        sizes += [ProductSize(m: size, n: a, k: b), ProductSize(m: a, n: size, k: b), ProductSize(m: a, n: b, k: size)]
      }
    }
    return sizes
  }()
}

/// One product of random matrices whose rows have gaps.
struct ProductTrial {
  let size: ProductSize
  /// What is multiplied.
  let factors: [Factors]
  let a: [Float]  // [m, k]
  let b: [Float]  // [k, n]
  let c: [Float]  // [m, n]: a start
  let bias: [Float]  // [n]: another one
  let product: (sums: [Double], magnitudes: [Double])

  /// - Parameter planes: see `KernelLevel.planes`.
  init(_ size: ProductSize, planes: Int = 0) {
    var random = Seed(11).child("product", size.m * 1_000_000 + size.n * 1_000 + size.k).generator
    self.size = size
    a = random.floats(size.m * size.k)
    b = random.floats(size.k * size.n)
    c = random.floats(size.m * size.n)
    bias = random.floats(size.n)
    factors = Factors.of(a, b, planes: planes)
    product = Self.naive(size, factors)
  }

  /// A product of given matrices, in single precision and without a start.
  init(_ size: ProductSize, a: [Float], b: [Float]) {
    self.size = size
    self.a = a
    self.b = b
    (c, bias) = ([], [])
    factors = [Factors(a: a, b: b)]
    product = Self.naive(size, factors)
  }

  /// Plain loops: the sums, and the sums of magnitudes that rounding errors are in proportion to.
  private static func naive(_ size: ProductSize, _ factors: [Factors]) -> ([Double], [Double]) {
    var sums = [Double](repeating: 0, count: size.m * size.n)
    var magnitudes = sums
    for (a, b) in factors.lazy.map({ ($0.a, $0.b) }) {
      for i in 0..<size.m {
        for j in 0..<size.n {
          for p in 0..<size.k {
            let term = Double(a[i * size.k + p]) * Double(b[p * size.n + j])
            sums[i * size.n + j] += term
            magnitudes[i * size.n + j] += abs(term)
          }
        }
      }
    }
    return (sums, magnitudes)
  }

  func run(_ table: seqk_table, _ start: ProductStart) -> (values: [Float], excess: Double) {
    let right = GuardedMatrix(rows: size.k, columns: size.n, gap: 5, values: b)
    let packed = GuardedFloats(pack(table, size.k, size.n, right, transposed: false))
    let left = GuardedMatrix(rows: size.m, columns: size.k, gap: 3, values: a)
    let row = GuardedFloats(bias)
    let other = GuardedMatrix(rows: size.m, columns: size.n, gap: 2, values: c)
    let result = GuardedMatrix(rows: size.m, columns: size.n, gap: 4, values: start == .itself ? c : nil)
    let (from, stride): (UnsafePointer<Float>?, Int) =
      switch start {
      case .none: (nil, 0)
      case .itself: (UnsafePointer(result.base), result.stride)
      case .bias: (UnsafePointer(row.base), 0)
      case .other: (UnsafePointer(other.base), other.stride)
      }
    table.product(
      size.m, size.n, size.k, left.base, left.stride, packed.base, from, stride, result.base, result.stride)
    return (result.values, excess(of: result.values, untouched: result.gapsAreUntouched, start))
  }

  /// The same product with A given as its transpose [k, m], or both as rows of tables in another order.
  func runTransposed(_ table: seqk_table, _ rows: RowChoice, _ accumulate: Bool) -> (values: [Float], excess: Double) {
    let columns = (0..<size.k * size.m).map { a[$0 % size.m * size.k + $0 / size.m] }
    let left = RowSource(columns, rows: size.k, columns: size.m, gap: 3, isNamed: rows.namesLeft)
    let right = RowSource(b, rows: size.k, columns: size.n, gap: 5, isNamed: rows.namesRight)
    let result = GuardedMatrix(rows: size.m, columns: size.n, gap: 4, values: accumulate ? c : nil)
    table.transposed_product(
      size.m, size.n, size.k, left.matrix.base, left.matrix.stride, left.index.map { UnsafePointer($0.base) },
      right.matrix.base, right.matrix.stride, right.index.map { UnsafePointer($0.base) }, result.base, result.stride,
      accumulate)
    let start = accumulate ? ProductStart.itself : .none
    return (result.values, excess(of: result.values, untouched: result.gapsAreUntouched, start))
  }

  /// The greatest error as a multiple of what rounding k + 1 sums may cost: (k + 2) · 2⁻²⁴ · Σ |a · b|,
  /// with k for each pair of factors.
  func excess(of values: [Float], untouched: Bool, _ start: ProductStart) -> Double {
    guard untouched, values.count == product.sums.count else { return .infinity }
    return values.indices.reduce(0) { worst, i in
      let first = start == .none ? 0 : Double(start == .bias ? bias[i % size.n] : c[i])
      let error = abs(Double(values[i]) - first - product.sums[i])
      let bound = Double(factors.count * size.k + 2) * 0x1p-24 * (abs(first) + product.magnitudes[i])
      return error.isNaN ? .infinity : max(worst, error == 0 ? 0 : error / bound)
    }
  }
}

/// Rows as they are, or in a table in reverse order with rows of NaN between them that no index names.
private struct RowSource {
  let matrix: GuardedMatrix
  let index: Guarded<Int32>?

  init(_ values: [Float], rows: Int, columns: Int, gap: Int, isNamed: Bool) {
    guard isNamed else {
      matrix = GuardedMatrix(rows: rows, columns: columns, gap: gap, values: values)
      index = nil
      return
    }
    let spread = (0..<2 * rows).flatMap { row in
      let from = (rows - 1 - row / 2) * columns
      return row % 2 == 0 ? [Float](repeating: .nan, count: columns) : Array(values[from..<from + columns])
    }
    matrix = GuardedMatrix(rows: 2 * rows, columns: columns, gap: gap, values: spread)
    index = Guarded((0..<rows).map { Int32(2 * (rows - 1 - $0) + 1) })
  }
}
