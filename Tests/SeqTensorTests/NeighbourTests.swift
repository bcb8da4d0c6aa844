import CSeqKernels
import SeqTestSupport
import Testing

/// A row's results have the same bits whichever rows are computed beside it, so that a prediction does not depend on the
/// texts that happen to be in the same batch. Kernels take rows in blocks, and have ways of their own for few rows.
@Suite struct NeighbourTests {
  @Test(arguments: KernelLevel.all + KernelLevel.tiles)
  func `a row of a product does not depend on the rows beside it`(level: KernelLevel) {
    for n in everySize {
      let size = ProductSize(m: 17, n: n, k: 3 + n * 5 % 67)
      let trial = ProductTrial(size)
      let together = trial.run(level.table, .bias).values
      for rows in 1..<17 {
        #expect(product(trial, rows, level.table) == Array(together.prefix(rows * n)), "\(rows) rows of \(size)")
      }
    }
  }

  @Test(arguments: KernelLevel.all + KernelLevel.tiles, StepCell.allCases)
  func `a sequence's step does not depend on the sequences beside it`(level: KernelLevel, cell: StepCell) {
    for hidden in [1, 5, 8, 16, 31, 32, 33, 48, 64, 67] {
      let trial = StepTrial(cell, StepSize(rows: 17, previous: 15, following: 16, hidden: hidden))
      let forward = StepRun.forward(trial, .apart, level.table).outputs
      let backward = StepRun.backward(trial, level.table).outputs
      for rows in 1..<17 {
        let part = trial.prefix(rows)
        let found = [StepRun.forward(part, .apart, level.table), StepRun.backward(part, level.table)]
        for (run, together) in zip(found, [forward, backward]) {
          let expected = together.mapValues { Array($0.prefix($0.count / 17 * rows)) }
          #expect(run.isClean && run.outputs == expected, "\(rows) rows, \(hidden) units")
        }
      }
    }
  }

  @Test func `another row is detected`() {
    let table = KernelLevel.all[0].table
    var trial = StepTrial(.lstm, StepSize(rows: 17, previous: 15, following: 16, hidden: 8))
    let together = StepRun.forward(trial, .apart, table).outputs[.h] ?? []
    trial.hPrevious[3] += 1e-3
    #expect(StepRun.forward(trial.prefix(1), .apart, table).outputs[.h] != Array(together.prefix(8)))
  }

  /// The first rows of a product alone.
  private func product(_ trial: ProductTrial, _ rows: Int, _ table: seqk_table) -> [Float] {
    let (n, k) = (trial.size.n, trial.size.k)
    let right = GuardedMatrix(rows: k, columns: n, gap: 1, values: trial.b)
    let packed = GuardedFloats(pack(table, k, n, right, transposed: false))
    let left = GuardedFloats(Array(trial.a.prefix(rows * k)))
    let bias = GuardedFloats(trial.bias)
    let result = GuardedFloats(repeating: .nan, count: rows * n)
    table.product(rows, n, k, left.base, k, packed.base, bias.base, 0, result.base, n)
    return result.values
  }
}
