import CSeqKernels
import SeqTestSupport
import Testing

/// The steps of every cell on every level, forward and backward, against the equations in `CellEquations`.
@Suite struct CellKernelTests {
  @Test(arguments: KernelLevel.all + KernelLevel.tiles, StepCell.allCases)
  func `a step forward is the equations'`(level: KernelLevel, cell: StepCell) {
    for size in StepSize.all {
      let trial = StepTrial(cell, size, planes: level.planes)
      let expected = CellEquations.forward(trial)
      let runs = StepInput.allCases.map { StepRun.forward(trial, $0, level.table) }
      #expect(runs[0].excess(from: expected) <= 1, "\(size)")
      for run in runs {
        #expect(run.isClean && run.outputs == runs[0].outputs, "the bits depend on where W x + b lies: \(size)")
      }
    }
  }

  @Test(arguments: KernelLevel.all + KernelLevel.tiles, StepCell.allCases)
  func `a step backward is the equations'`(level: KernelLevel, cell: StepCell) {
    for size in StepSize.all {
      let trial = StepTrial(cell, size, planes: level.planes)
      let run = StepRun.backward(trial, level.table)
      #expect(run.excess(from: CellEquations.backward(trial)) <= 1, "\(size)")
    }
  }

  @Test(arguments: KernelLevel.all + KernelLevel.tiles, StepCell.allCases)
  func `a NaN stays, and stays in its row`(level: KernelLevel, cell: StepCell) {
    for spoilt in 0..<9 {
      var trial = StepTrial(cell, StepSize(rows: 9, previous: 9, following: 9, hidden: 21))
      let sound = StepRun.forward(trial, .apart, level.table)
      trial.hPrevious[spoilt * 21 + 20] = .nan
      let run = StepRun.forward(trial, .apart, level.table)
      for (output, values) in run.outputs {
        let columns = values.count / 9
        for (i, value) in values.enumerated() {
          #expect(i / columns == spoilt ? value.isNaN : value == sound.outputs[output]?[i], "\(output), \(i)")
        }
      }
    }
  }

  @Test(arguments: StepCell.allCases)
  func `mistakes in a step are detected`(cell: StepCell) {
    let table = KernelLevel.all[0].table
    let size = StepSize(rows: 5, previous: 4, following: 3, hidden: 8)
    let trial = StepTrial(cell, size)
    let (forward, backward) = (CellEquations.forward(trial), CellEquations.backward(trial))
    // One sequence more or fewer than there is.
    for other in [
      StepSize(rows: 5, previous: 3, following: 3, hidden: 8), StepSize(rows: 5, previous: 4, following: 2, hidden: 8),
    ] {
      var changed = trial
      changed.size = other
      changed.hPrevious = Array(trial.hPrevious.prefix(other.previous * 8))
      changed.cPrevious = Array(trial.cPrevious.prefix(other.previous * 8))
      changed.dNext = Array(trial.dNext.prefix(other.following * trial.depth))
      if other.previous < 4 { #expect(StepRun.forward(changed, .apart, table).excess(from: forward) > 1) }
      if other.following < 3 { #expect(StepRun.backward(changed, table).excess(from: backward) > 1) }
    }
    // Two units change places.
    var swapped = trial
    swapped.table.swapAt(Int(trial.index[0]) * trial.depth, Int(trial.index[0]) * trial.depth + trial.depth - 1)
    #expect(StepRun.forward(swapped, .gathered, table).excess(from: forward) > 1)
    // One result is off by a few roundings.
    var run = StepRun.backward(trial, table)
    #expect(run.excess(from: backward) <= 1)
    run.outputs[.gates]?[7] += 1e-5
    #expect(run.excess(from: backward) > 1)
  }
}
