import SeqCore
import SeqTensor
import SeqTestSupport
import SeqTraining
import Testing

/// Rows of the embedding table that do not occur for a while.
struct IdleRowTests {
  @Test(arguments: RowRun.settings, 0..<4)
  func theyEndWithTheBitsOfADenseOptimizer(settings: OptimizerSettings, trial: Int) {
    for threads in trial == 0 ? [1, 3] : [1] {
      let run = RowRun(settings, threads: threads, trial: trial)
      for step in 0..<300 {
        run.step()
        if step % 11 == 0 { #expect(run.rowsOfTheBatchAreEqual, "step \(step)") }
        if run.random.index(below: 90) == 0 { run.sparse.settle(run.weights, team: run.team) }
      }
      run.sparse.settle(run.weights, team: run.team)
      #expect(run.isEqual, "\(threads) threads")
    }
  }

  @Test(arguments: RowRun.settings)
  func theyEndWithTheSameBitsWhenAFitIsTakenUpAgain(settings: OptimizerSettings) {
    let run = RowRun(settings, threads: 2, trial: 9)
    for _ in 0..<60 { run.step() }
    run.sparse.settle(run.weights, team: run.team)
    run.takeUp()
    for _ in 0..<60 { run.step() }
    run.sparse.settle(run.weights, team: run.team)
    #expect(run.isEqual)
  }

  /// The plain rule: a dense step, after which everything of the rows that did not occur is put back.
  @Test(arguments: RowRun.settings)
  func lazyOnesStayAsTheyAre(settings: OptimizerSettings) {
    var lazy = settings
    lazy.isLazy = true
    let run = RowRun(lazy, threads: 1, trial: 1)
    for step in 0..<150 {
      let before = run.denseRows
      run.step()
      run.putBack(before)
      if step % 11 == 0 { #expect(run.isEqual, "step \(step)") }
    }
    run.sparse.settle(run.weights, team: run.team)
    #expect(run.isEqual, "nothing is owed")
  }

  @Test(arguments: RowRun.settings)
  func beingLazyMeansSomethingWhereItIsSaidTo(settings: OptimizerSettings) {
    var lazy = settings
    lazy.isLazy = true
    let run = RowRun(lazy, threads: 1, trial: 6)
    for _ in 0..<20 { run.step() }
    #expect(run.isEqual == !settings.movesIdleRows)
  }

  /// The comparison can fail: a row that is moved without what it missed.
  @Test func aRowThatIsNotSettledDiffers() {
    let run = RowRun(OptimizerSettings(.adam), threads: 1, trial: 7)
    for _ in 0..<20 { run.step() }
    #expect(!run.isEqual)
    run.sparse.settle(run.weights, team: run.team)
    #expect(run.isEqual)
  }
}

/// A dense optimiser beside one that knows of the table's rows, on the same random gradients.
private final class RowRun {
  /// Every kind, and every option that a gradient of zero meets.
  static let settings: [OptimizerSettings] = OptimizerKind.allCases.flatMap { kind in
    var variants = [OptimizerSettings(kind)]
    func add(_ change: (inout OptimizerSettings) -> Void) {
      var settings = OptimizerSettings(kind)
      change(&settings)
      variants.append(settings)
    }
    add { $0.weightDecay = 0.03 }
    if kind == .sgd || kind == .rmsprop { add { $0.momentum = 0.8 } }
    if kind == .sgd { add { ($0.momentum, $0.isNesterov, $0.weightDecay) = (0.9, true, 0.01) } }
    if kind == .adam || kind == .nadam { add { ($0.beta1, $0.beta2) = (0.99, 0.5) } }
    if kind == .amsgrad || kind == .adam { add { ($0.beta1, $0.beta2) = (0.2, 0) } }
    return variants
  }

  let settings: OptimizerSettings
  let team: WorkerTeam
  var random: SplitMix64
  let weights: ParameterVector
  private(set) var sparse: Optimizer
  private let denseWeights: ParameterVector
  private let dense: Optimizer
  private let gradient: ParameterVector
  private let layout: ParameterLayout
  private let table: ParameterSlot
  private var rows: [Int32] = []
  private var rate = 0.01

  init(_ settings: OptimizerSettings, threads: Int, trial: Int) {
    self.settings = settings
    team = WorkerTeam(width: threads)
    random = Seed(211).child(settings.kind.rawValue, trial).generator
    // The table's place, height and width change from trial to trial; rows of 1 and rows longer than a vector.
    var layout = ParameterLayout()
    if trial % 2 == 1 { _ = layout.addVector("before", count: 21, initialization: .zero) }
    table = layout.addMatrix(
      "table", rows: 30 + 40 * trial, columns: [13, 1, 40, 100][trial % 4], initialization: .zero, packing: nil)
    _ = layout.addMatrix("after", rows: 3, columns: 7, initialization: .zero)
    self.layout = layout
    (weights, denseWeights, gradient) = (ParameterVector(layout), ParameterVector(layout), ParameterVector(layout))
    for slot in layout.slots {
      let numbers = random.floats(slot.rows * slot.columns, bound: 1)
      weights[slot].copy(from: numbers)
      denseWeights[slot].copy(from: numbers)
    }
    sparse = Optimizer(settings, layout: layout, table: table)
    dense = Optimizer(settings, layout: layout)
  }

  /// One step of both on a few rows, at a rate that now and then rises, falls or is 0.
  func step() {
    for row in rows { gradient[table].rows(Int(row)..<Int(row) + 1).fill(0) }
    drawRows()
    sparse.catchUp(rows, of: weights, team: team)
    for slot in layout.slots where slot.name != table.name {
      gradient[slot].copy(from: random.floats(slot.rows * slot.columns, bound: 2))
    }
    for row in rows {
      gradient[table].rows(Int(row)..<Int(row) + 1).copy(from: random.floats(table.columns, bound: 2))
    }
    if random.index(below: 10) == 0 { rate = [0, 1e-4, 0.003, 0.02, 0.1][random.index(below: 5)] }
    let scale = random.index(below: 2) == 0 ? 1 : random.uniform()
    sparse.step(weights, gradient: gradient, rows: rows, rate: rate, scale: scale, team: team)
    dense.step(denseWeights, gradient: gradient, rate: rate, scale: scale, team: team)
  }

  /// The first rows often, the last ones hardly ever.
  private func drawRows() {
    rows = (0..<table.rows).map(Int32.init).filter { row in
      random.index(below: 1 + (Int(row) < 8 ? Int(row) : 40 * Int(row))) == 0
    }
    rows.shuffle(seed: Seed(random.next()))
  }

  /// Goes on with an optimiser that has been given the state of the first.
  func takeUp() {
    let other = Optimizer(settings, layout: layout, table: table)
    for (old, new) in zip(sparse.moments, other.moments) { if let old { new?.flat.copy(from: old.flat) } }
    other.resume(steps: sparse.steps)
    sparse = other
  }

  /// Weights and moments of both, number by number.
  var isEqual: Bool {
    zip(vectors(weights, sparse), vectors(denseWeights, dense)).allSatisfy { bits($0.numbers) == bits($1.numbers) }
  }

  var rowsOfTheBatchAreEqual: Bool {
    zip(vectors(weights, sparse), vectors(denseWeights, dense)).allSatisfy { one, other in
      rows.allSatisfy { bits(one[table].row(Int($0))) == bits(other[table].row(Int($0))) }
    }
  }

  /// The table's weights and moments of the dense optimiser.
  var denseRows: [[[Float]]] { vectors(denseWeights, dense).map { $0.rows(table) } }

  /// Undoes the last dense step for the rows that did not occur in it.
  func putBack(_ before: [[[Float]]]) {
    for (vector, numbers) in zip(vectors(denseWeights, dense), before) {
      for row in 0..<table.rows where !rows.contains(Int32(row)) {
        vector[table].rows(row..<row + 1).copy(from: numbers[row])
      }
    }
  }

  private func vectors(_ weights: ParameterVector, _ optimizer: Optimizer) -> [ParameterVector] {
    [weights] + optimizer.moments.compactMap { $0 }
  }

  private func bits(_ numbers: [Float]) -> [UInt32] { numbers.map(\.bitPattern) }
}
