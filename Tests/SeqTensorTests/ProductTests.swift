import CSeqKernels
import SeqCore
import SeqTestSupport
import Testing

/// Every product kernel of every level against plain loops in double precision.
@Suite struct ProductTests {
  @Test(arguments: KernelLevel.all + KernelLevel.tiles)
  func `a product is the sum of its products`(level: KernelLevel) {
    for size in ProductSize.all {
      for accumulate in [false, true] {
        let trial = ProductTrial(size, accumulate: accumulate, planes: level.planes)
        #expect(trial.run(level.table).excess <= 1, "\(size), accumulate \(accumulate)")
      }
    }
  }

  @Test(arguments: KernelLevel.all + KernelLevel.tiles)
  func `a transposed product is the sum of its products`(level: KernelLevel) {
    for size in ProductSize.all {
      for accumulate in [false, true] {
        let trial = ProductTrial(size, accumulate: accumulate, planes: level.planes)
        #expect(trial.runTransposed(level.table).excess <= 1, "\(size), accumulate \(accumulate)")
      }
    }
  }

  @Test(arguments: KernelLevel.all)
  func `packing a matrix and packing its transpose give the same panels`(level: KernelLevel) {
    let table = level.table
    for n in everySize {
      for k in [0, 1, 3, 67] {
        var random = Seed(7).child("pack", n * 100 + k).generator
        let values = random.floats(k * n)
        let transposed = (0..<n * k).map { values[$0 % k * n + $0 / k] }
        let panels = pack(table, k, n, GuardedMatrix(rows: k, columns: n, gap: 3, values: values), transposed: false)
        let same = pack(table, k, n, GuardedMatrix(rows: n, columns: k, gap: 2, values: transposed), transposed: true)
        #expect(panels == same && panels == expectedPanels(table, k, n, values), "\(k) × \(n)")
      }
    }
  }

  @Test(arguments: KernelLevel.all + KernelLevel.tiles)
  func `the same product gives the same bits`(level: KernelLevel) {
    let trial = ProductTrial(ProductSize(m: 23, n: 67, k: 41), accumulate: false, planes: level.planes)
    #expect(trial.run(level.table).values == trial.run(level.table).values)
  }

  @Test func `a wrong element of a product is detected`() {
    let trial = ProductTrial(ProductSize(m: 5, n: 7, k: 9), accumulate: true)
    var values = trial.run(KernelLevel.all[0].table).values
    values[17] += 1e-4
    #expect(trial.excess(of: values, untouched: true, product: trial.product) > 1)
    #expect(trial.excess(of: trial.run(KernelLevel.all[0].table).values, untouched: false, product: trial.product) > 1)
  }
}

/// Packs into memory that is NaN before, so that an element left out is seen.
func pack(_ table: seqk_table, _ k: Int, _ n: Int, _ source: GuardedMatrix, transposed: Bool) -> [Float] {
  var table = table
  let packed = GuardedFloats(repeating: .nan, count: seqk_packed_size(&table, k, n))
  table.pack(k, n, source.base, source.stride, transposed, packed.base)
  return packed.values
}

/// Panels of columns, each with its rows one after the other, the last padded with zeros to whole vectors.
private func expectedPanels(_ table: seqk_table, _ k: Int, _ n: Int, _ values: [Float]) -> [Float] {
  stride(from: 0, to: n, by: table.panel).flatMap { start in
    let width = min(table.panel, (n - start + table.lanes - 1) / table.lanes * table.lanes)
    return (0..<k).flatMap { p in
      (start..<start + width).map { $0 < n ? values[p * n + $0] : 0 }
    }
  }
}

/// C [m, n] (+)= A [m, k] · B [k, n].
struct ProductSize: CustomStringConvertible {
  let m: Int
  let n: Int
  let k: Int

  var description: String { "[\(m), \(k)] · [\(k), \(n)]" }

  /// Every size in each of the three places, the two others drawn; and some that need several panels and slices.
  static let all: [ProductSize] = {
    var random = Seed(3).generator
    let others = [0, 1, 2, 3, 5, 6, 7, 11, 16, 17, 31, 33, 64, 67]
    var sizes = [
      ProductSize(m: 13, n: 130, k: 300), ProductSize(m: 6, n: 64, k: 128), ProductSize(m: 2, n: 193, k: 129),
      ProductSize(m: 130, n: 70, k: 530), ProductSize(m: 35, n: 33, k: 1030),
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
  /// bf16 numbers that stand for one number of a and b: see `KernelLevel.planes`.
  let planes: Int
  let a: [Float]  // [m, k]
  let b: [Float]  // [k, n]
  let c: [Float]?  // [m, n] before; nil: the product replaces what is there
  let product: (sums: [Double], magnitudes: [Double])

  init(_ size: ProductSize, accumulate: Bool, planes: Int = 0) {
    var random = Seed(11).child("product", size.m * 1_000_000 + size.n * 1_000 + size.k).generator
    self.size = size
    self.planes = planes
    a = random.floats(size.m * size.k)
    b = random.floats(size.k * size.n)
    c = accumulate ? random.floats(size.m * size.n) : nil
    product = Self.naive(size, Self.terms(a, b, planes: planes), c)
  }

  /// A product of given matrices that replaces what is there.
  init(_ size: ProductSize, planes: Int, a: [Float], b: [Float]) {
    self.size = size
    self.planes = planes
    self.a = a
    self.b = b
    c = nil
    product = Self.naive(size, Self.terms(a, b, planes: planes), nil)
  }

  /// What is multiplied: the numbers as they are, rounded to bf16, or the three products of the sums of two bf16.
  static func terms(_ a: [Float], _ b: [Float], planes: Int) -> [(a: [Float], b: [Float])] {
    let high = (a: a.map(\.bfloat16), b: b.map(\.bfloat16))
    let low = (a: zip(a, high.a).map { ($0 - $1).bfloat16 }, b: zip(b, high.b).map { ($0 - $1).bfloat16 })
    return switch planes {
    case 0: [(a, b)]
    case 1: [high]
    default: [high, (high.a, low.b), (low.a, high.b)]
    }
  }

  /// Plain loops: the sums, and the sums of magnitudes that rounding errors are in proportion to.
  private static func naive(
    _ size: ProductSize, _ terms: [(a: [Float], b: [Float])], _ c: [Float]?
  ) -> ([Double], [Double]) {
    var sums = c?.doubles ?? [Double](repeating: 0, count: size.m * size.n)
    var magnitudes = sums.map(abs)
    for (a, b) in terms {
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

  func run(_ table: seqk_table) -> (values: [Float], excess: Double) {
    let right = GuardedMatrix(rows: size.k, columns: size.n, gap: 5, values: b)
    let packed = GuardedFloats(pack(table, size.k, size.n, right, transposed: false))
    let left = GuardedMatrix(rows: size.m, columns: size.k, gap: 3, values: a)
    let result = GuardedMatrix(rows: size.m, columns: size.n, gap: 4, values: c)
    table.product(
      size.m, size.n, size.k, left.base, left.stride, packed.base, result.base, result.stride, c != nil)
    return (result.values, excess(of: result.values, untouched: result.gapsAreUntouched, product: product))
  }

  /// The same product with A given as its transpose [k, m].
  func runTransposed(_ table: seqk_table) -> (values: [Float], excess: Double) {
    let columns = (0..<size.k * size.m).map { a[$0 % size.m * size.k + $0 / size.m] }
    let left = GuardedMatrix(rows: size.k, columns: size.m, gap: 3, values: columns)
    let right = GuardedMatrix(rows: size.k, columns: size.n, gap: 5, values: b)
    let result = GuardedMatrix(rows: size.m, columns: size.n, gap: 4, values: c)
    table.transposed_product(
      size.m, size.n, size.k, left.base, left.stride, right.base, right.stride, result.base, result.stride, c != nil)
    return (result.values, excess(of: result.values, untouched: result.gapsAreUntouched, product: product))
  }

  /// The greatest error as a multiple of what rounding k + 1 sums may cost: (k + 2) · 2⁻²⁴ · Σ |a · b|; three times k
  /// with two planes.
  func excess(of values: [Float], untouched: Bool, product: (sums: [Double], magnitudes: [Double])) -> Double {
    guard untouched, values.count == product.sums.count else { return .infinity }
    return values.indices.reduce(0) { worst, i in
      let error = abs(Double(values[i]) - product.sums[i])
      let bound = Double((planes == 2 ? 3 : 1) * size.k + 2) * 0x1p-24 * product.magnitudes[i]
      return error.isNaN ? .infinity : max(worst, error == 0 ? 0 : error / bound)
    }
  }
}
