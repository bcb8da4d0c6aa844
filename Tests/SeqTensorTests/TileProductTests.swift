import CSeqKernels
import SeqCore
import SeqTestSupport
import Testing

/// What products of bf16 tiles have beyond those of `ProductTests`: rounding, the layout of tiles, the order of sums.
@Suite struct TileProductTests {
  @Test(arguments: KernelLevel.tiles)
  func `numbers are rounded to the nearest bf16, ties to even, and the rest likewise`(level: KernelLevel) {
    let upper = (0..<0x1_0000).map { UInt32($0) << 16 }
    for lower: UInt32 in [0, 1, 0x5A5A, 0x7FFF, 0x8000, 0x8001, 0xFFFF] {
      let values = upper.map { Float(bitPattern: $0 | lower) }
      let source = GuardedMatrix(rows: values.count / 16, columns: 16, gap: 0, values: values)
      let halves = Tiles(level, packing: source).values(0)
      let rests = level.planes == 2 ? Tiles(level, packing: source).values(1) : []
      #expect(halves.indices.allSatisfy { same(halves[$0], values[$0].bfloat16) }, "\(lower)")
      #expect(rests.indices.allSatisfy { same(rests[$0], (values[$0] - values[$0].bfloat16).bfloat16) }, "\(lower)")
    }
  }

  @Test(arguments: KernelLevel.tiles)
  func `tiles hold pairs of rows, the rest is zero`(level: KernelLevel) {
    for n in everySize {
      for k in [0, 1, 3, 31, 32, 67] {
        var random = Seed(7).child("tiles", n * 100 + k).generator
        let values = random.floats(k * n)
        let transposed = (0..<n * k).map { values[$0 % k * n + $0 / k] }
        let rows = Tiles(level, packing: GuardedMatrix(rows: k, columns: n, gap: 3, values: values))
        let columns = Tiles(
          level, packing: GuardedMatrix(rows: n, columns: k, gap: 2, values: transposed), transposed: true)
        #expect(rows.words == columns.words && rows.values(0) == values.map(\.bfloat16), "\(k) × \(n)")
        #expect(rows.sumOfPadding == 0)
      }
    }
  }

  @Test(arguments: KernelLevel.tiles, [1, 3, 4])
  func `gates are packed by blocks of units`(level: KernelLevel, gates: Int) {
    let table = level.table
    for hidden in everySize {
      for k in [0, 3, 67] {
        var random = Seed(311).child("gates", hidden * 100 + k).generator
        let u = random.floats(gates * hidden * k)
        let matrix = GuardedMatrix(rows: gates * hidden, columns: k, gap: 3, values: u)
        let packed = pack(gates: gates, table, k, hidden, matrix)
        // The same as the matrix whose columns are, block by block, the units of each gate.
        let width = gates == 1 ? 64 : 16
        let columns = stride(from: 0, to: hidden, by: width).flatMap { start in
          (0..<gates * width).map { place -> [Float] in
            let (gate, unit) = (place / width, start + place % width)
            return (0..<k).map { unit < hidden ? u[(gate * hidden + unit) * k + $0] : 0 }
          }
        }
        let same = GuardedMatrix(rows: columns.count, columns: k, gap: 1, values: Array(columns.joined()))
        let expected = pack(table, k, columns.count, same, transposed: true)
        #expect(packed.map(\.bitPattern) == expected.map(\.bitPattern), "\(hidden) units, \(k) inputs")
      }
    }
  }

  @Test(arguments: KernelLevel.tiles.filter { $0.name != "amx" })
  func `the emulation sums in the order that the instruction is documented to have`(level: KernelLevel) {
    for size in [ProductSize(m: 3, n: 5, k: 7), ProductSize(m: 17, n: 40, k: 100), ProductSize(m: 33, n: 20, k: 530)] {
      let trial = ProductTrial(size, planes: level.planes)
      for accumulate in [false, true] {
        let expected = documentedProduct(trial, accumulate)
        let start = accumulate ? ProductStart.itself : .none
        #expect(trial.run(level.table, start).values == expected, "\(size), accumulate \(accumulate)")
        let transposed = trial.runTransposed(level.table, .all, accumulate).values
        #expect(transposed == expected, "transposed \(size), accumulate \(accumulate)")
      }
    }
  }

  @Test(arguments: KernelLevel.tiles)
  func `a row of a product does not depend on the other rows`(level: KernelLevel) {
    let trial = ProductTrial(ProductSize(m: 37, n: 50, k: 67))
    let together = trial.run(level.table, .none).values
    for row in [0, 15, 16, 36] {
      let alone = trial.rows(row..<row + 1).run(level.table, .none).values
      #expect(alone == Array(together[row * 50..<(row + 1) * 50]), "row \(row)")
    }
  }

  @Test(arguments: KernelLevel.tiles.filter { $0.planes == 2 })
  func `three products of bf16 are nearly as good as one of single precision`(level: KernelLevel) {
    for size in [ProductSize(m: 16, n: 64, k: 128), ProductSize(m: 16, n: 64, k: 1)] {
      let trial = ProductTrial(size)
      let single = trial.product
      let found = trial.run(level.table, .none).values
      let errors = found.indices.map { abs(Double(found[$0]) - single.sums[$0]) / single.magnitudes[$0] }
      #expect((errors.max() ?? 1) < 3 * 0x1p-16 && errors.reduce(0, +) / Double(errors.count) < 4e-6, "\(size)")
    }
  }

  @Test(arguments: KernelLevel.tiles)
  func `denormal products count as zero`(level: KernelLevel) {
    let product = product(level, [0x1p-70, 1], [0x1p-70, 0x1p-120])
    #expect(product == [0x1p-120])
    #expect(self.product(level, [0x1p-70], [0x1p-70]) == [0])
  }

  @Test(arguments: KernelLevel.tiles)
  func `no number and infinity are seen in the product`(level: KernelLevel) {
    #expect(product(level, [.nan, 1], [1, 1])[0].isNaN && product(level, [1, 1], [1, -.nan])[0].isNaN)
    #expect(!product(level, [.infinity, 1], [1, 1])[0].isFinite)
  }

  /// A row times a column.
  private func product(_ level: KernelLevel, _ a: [Float], _ b: [Float]) -> [Float] {
    let packed = GuardedFloats(
      pack(level.table, b.count, 1, GuardedMatrix(rows: b.count, columns: 1, gap: 0, values: b), transposed: false))
    let left = GuardedFloats(a)
    let result = GuardedFloats(repeating: .nan, count: 1)
    level.table.product(1, 1, a.count, left.base, a.count, packed.base, nil, 0, result.base, 1)
    return result.values
  }
}

private func same(_ a: Float, _ b: Float) -> Bool { a.isNaN ? b.isNaN : a.bitPattern == b.bitPattern }

/// A packed matrix, taken apart.
private struct Tiles {
  let words: [UInt32]
  private let rows: Int
  private let columns: Int
  private let planes: Int

  init(_ level: KernelLevel, packing source: GuardedMatrix, transposed: Bool = false) {
    rows = transposed ? source.columns : source.rows
    columns = transposed ? source.rows : source.columns
    planes = level.planes
    words = pack(level.table, rows, columns, source, transposed: transposed).map(\.bitPattern)
  }

  /// [rows, columns]: the first or the second bf16 of each number.
  func values(_ plane: Int) -> [Float] {
    (0..<rows * columns).map { Float(bitPattern: half($0 / columns, $0 % columns, plane)) }
  }

  /// 0 if all that belongs to no number is zero.
  var sumOfPadding: UInt64 {
    let all = words.reduce(0) { $0 + UInt64($1 >> 16) + UInt64($1 & 0xFFFF) }
    let real = (0..<planes).reduce(0) { sum, plane in
      (0..<rows * columns).reduce(sum) { $0 + UInt64(half($1 / columns, $1 % columns, plane) >> 16) }
    }
    return all - real
  }

  private func half(_ row: Int, _ column: Int, _ plane: Int) -> UInt32 {
    let tile = (column / 16 * ((rows + 31) / 32) + row / 32) * planes + plane
    let word = words[tile * 256 + row % 32 / 2 * 16 + column % 16]
    return row % 2 == 0 ? word << 16 : word & 0xFFFF_0000
  }
}

extension ProductTrial {
  /// The same product with some of the rows of A.
  fileprivate func rows(_ range: Range<Int>) -> ProductTrial {
    ProductTrial(
      ProductSize(m: range.count, n: size.n, k: size.k),
      a: Array(a[range.lowerBound * size.k..<range.upperBound * size.k]), b: b)
  }
}

/// 32 of k at a time, and for each pair of factors: the sum over even k, the sum over odd k, both fused multiply-adds from
/// zero, and then c + (even + odd).
private func documentedProduct(_ trial: ProductTrial, _ accumulate: Bool) -> [Float] {
  let size = trial.size
  return (0..<size.m * size.n).map { i in
    var sum = accumulate ? trial.c[i] : 0
    for start in stride(from: 0, to: size.k, by: 32) {
      for (a, b) in trial.factors.lazy.map({ ($0.a, $0.b) }) {
        var halves: [Float] = [0, 0]
        for p in start..<min(start + 32, size.k) {
          halves[p % 2].addProduct(a[i / size.n * size.k + p], b[p * size.n + i % size.n])
        }
        sum += halves[0] + halves[1]
      }
    }
    return sum
  }
}
