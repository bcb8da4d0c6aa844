import CSeqKernels
import SeqCore
import SeqTestSupport
import Testing

/// What the products and the steps of cells read: every number in its place, and zeros up to whole vectors.
@Suite struct PackingTests {
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

  @Test(arguments: KernelLevel.all, [1, 3, 4])
  func `gates are packed by blocks of units`(level: KernelLevel, gates: Int) {
    for hidden in everySize {
      for k in [0, 1, 3, 67] {
        var random = Seed(311).child("gates", hidden * 100 + k).generator
        let u = random.floats(gates * hidden * k)
        let matrix = GuardedMatrix(rows: gates * hidden, columns: k, gap: 3, values: u)
        let packed = pack(gates: gates, level.table, k, hidden, matrix)
        #expect(packed == expectedBlocks(level.table, k, hidden, gates, u), "\(hidden) units, \(k) inputs")
      }
    }
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

  /// Blocks of one vector of units, of two if there is but one gate. A block is a list of vectors, gate by gate, in chunks
  /// of a panel's width if that divides it; in a chunk, all its vectors for each input.
  private func expectedBlocks(_ table: seqk_table, _ k: Int, _ hidden: Int, _ gates: Int, _ u: [Float]) -> [Float] {
    let width = gates == 1 ? 2 * table.lanes : table.lanes
    let block = gates * width
    let chunk = block % table.panel == 0 ? table.panel : block
    return stride(from: 0, to: hidden, by: width).flatMap { start in
      stride(from: 0, to: block, by: chunk).flatMap { first in
        (0..<k * chunk).map { place in
          let column = first + place % chunk
          let unit = start + column % width
          return unit < hidden ? u[(column / width * hidden + unit) * k + place / chunk] : 0
        }
      }
    }
  }
}

/// Packs into memory that is NaN before, so that an element left out is seen.
func pack(_ table: seqk_table, _ k: Int, _ n: Int, _ source: GuardedMatrix, transposed: Bool) -> [Float] {
  var table = table
  let packed = GuardedFloats(repeating: .nan, count: seqk_packed_size(&table, k, n))
  table.pack(k, n, source.base, source.stride, transposed, packed.base)
  return packed.values
}

/// The same for the gates of a cell: `source` is U [gates · hidden, k].
func pack(gates: Int, _ table: seqk_table, _ k: Int, _ hidden: Int, _ source: GuardedMatrix) -> [Float] {
  var table = table
  let packed = GuardedFloats(repeating: .nan, count: seqk_gates_size(&table, k, hidden, gates))
  table.pack_gates(k, hidden, gates, source.base, source.stride, packed.base)
  return packed.values
}
