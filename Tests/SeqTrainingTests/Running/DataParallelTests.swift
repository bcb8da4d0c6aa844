import SeqCore
import SeqLayers
import SeqModel
import SeqRecords
import SeqTensor
import SeqTraining
import Testing

/// The gradient of a batch on several threads.
struct DataParallelTests {
  private func gradient(
    _ model: SequenceModel, _ data: EncodedDataset, batches: [[Int]], threads: Int, options: LossOptions = LossOptions()
  ) -> (loss: Double, norm: Double, gradient: [Float]) {
    let parallel = DataParallel(model: model, weights: Toy.weights(of: model), team: WorkerTeam(width: threads))
    var loss = 0.0
    for (i, batch) in batches.enumerated() {
      loss = parallel.step(batch[...], of: data, seed: Seed(7).child("step", i), options: options)
    }
    return (loss, parallel.gradientNorm(), parallel.gradient.numbers)
  }

  static let variants: [(Topology, CellKind, PoolingKind)] =
    PoolingKind.allCases.map { (.pooled, .lstm, $0) }
    + CellKind.allCases.flatMap { [(.stepwise, $0, .last), (.pooled, $0, .max)] }

  @Test(arguments: variants) func theBitsDoNotDependOnTheThreads(
    topology: Topology, cell: CellKind, pooling: PoolingKind
  ) {
    let model = Toy.model(topology) {
      ($0.cell, $0.pooling, $0.layers) = (cell, pooling, 2)
    }
    let data = Toy.data(topology, count: 70)
    let batches = [Array(0..<70), Array(5..<6), Array(20..<53)]
    let one = gradient(model, data, batches: batches, threads: 1)
    #expect(one.gradient.contains { $0 != 0 })
    for threads in [2, 3, 7] {
      let other = gradient(model, data, batches: batches, threads: threads)
      #expect(other.loss == one.loss && other.norm == one.norm && other.gradient == one.gradient)
    }
  }

  @Test(arguments: [Topology.pooled, .stepwise]) func aBatchLeavesNothingForTheNext(topology: Topology) {
    let model = Toy.model(topology) { $0.dropout = DropoutSettings() }
    let data = Toy.data(topology, count: 60)
    let alone = gradient(model, data, batches: [[3, 4]], threads: 2)
    let afterOthers = gradient(model, data, batches: [Array(0..<60), Array(30..<50), [3, 4]], threads: 2)
    #expect(alone.gradient == afterOthers.gradient && alone.loss == afterOthers.loss)
  }

  @Test func theLossIsTheMeanOverTheBatch() {
    let model = Toy.model(.pooled) { $0.dropout = DropoutSettings() }
    let data = Toy.data(.pooled, count: 40)
    let whole = gradient(model, data, batches: [Array(0..<40)], threads: 1)
    let parts = (0..<40).map { gradient(model, data, batches: [[$0]], threads: 1) }
    #expect(abs(parts.reduce(0) { $0 + $1.loss } / 40 - whole.loss) < 1e-6)
    for (i, value) in whole.gradient.enumerated() {
      #expect(abs(parts.reduce(0) { $0 + $1.gradient[i] } / 40 - value) < 1e-5)
    }
  }

  @Test func classWeightsCountInTheMean() {
    let model = Toy.model(.pooled) { $0.dropout = DropoutSettings() }
    let data = Toy.data(.pooled, count: 30)
    let one = LossOptions(classWeights: [1, 1, 1])
    let doubled = LossOptions(classWeights: [2, 2, 2])
    let plain = gradient(model, data, batches: [Array(0..<30)], threads: 1)
    for options in [one, doubled] {
      let weighted = gradient(model, data, batches: [Array(0..<30)], threads: 1, options: options)
      #expect(abs(weighted.loss - plain.loss) < 1e-6, "equal weights change nothing, however great")
    }
    let uneven = LossOptions(classWeights: [0, 1, 5])
    #expect(gradient(model, data, batches: [Array(0..<30)], threads: 1, options: uneven).gradient != plain.gradient)
  }

  @Test func onlyRowsOfTokensThatOccurHaveAGradient() {
    let model = Toy.model(.pooled)
    let data = Toy.data(.pooled, count: 5)
    let batch = [0, 1]
    let used = Set(batch.flatMap { s in (0..<data.length(s)).map { data.token(s, $0) } })
    let parallel = DataParallel(model: model, weights: Toy.weights(of: model), team: WorkerTeam(width: 2))
    _ = parallel.step(batch[...], of: data, seed: Seed(1), options: LossOptions())
    let table = parallel.gradient.rows(model.embedding)
    for id in 0..<Toy.vocabularySize { #expect(table[id].contains { $0 != 0 } == used.contains(Int32(id))) }
  }

  @Test(arguments: [1, 2, 5]) func aBatchMadeReadyBesideAnotherHasTheSameBits(threads: Int) {
    let model = Toy.model(.stepwise)
    let data = Toy.data(.stepwise, count: 90)
    let batches = [Array(0..<70), Array(5..<6), Array(5..<6), Array(20..<53), Array(0..<90), Array(60..<70)]
    func run(_ next: (Int) -> ArraySlice<Int>?) -> [[UInt64]] {
      let parallel = DataParallel(model: model, weights: Toy.weights(of: model), team: WorkerTeam(width: threads))
      return batches.indices.map { i in
        parallel.prepare(batches[i][...], of: data)
        let loss = parallel.step(next: next(i), of: data, seed: Seed(UInt64(i)), options: LossOptions())
        return [loss.bitPattern, parallel.gradientNorm().bitPattern]
          + parallel.gradient.numbers.map { UInt64($0.bitPattern) }
      }
    }
    let alone = run { _ in nil }
    #expect(run { $0 + 1 < batches.count ? batches[$0 + 1][...] : nil } == alone)
    #expect(run { _ in batches[4][...] } == alone, "another batch than was told")
  }

  @Test func theRowsOfABatchThatIsGivenUpHaveNoGradientLeft() {
    let model = Toy.model(.pooled)
    let data = Toy.data(.pooled, count: 40)
    let parallel = DataParallel(model: model, weights: Toy.weights(of: model), team: WorkerTeam(width: 1))
    _ = parallel.step(Array(0..<40)[...], of: data, seed: Seed(1), options: LossOptions())
    parallel.prepare([1], of: data)
    parallel.prepare([2], of: data)
    _ = parallel.step(next: nil, of: data, seed: Seed(1), options: LossOptions())
    let table = parallel.gradient.rows(model.embedding)
    for id in 0..<Toy.vocabularySize { #expect(table[id].contains { $0 != 0 } == parallel.rows.contains(Int32(id))) }
  }

  @Test func theOrderOfABatchSaysNothing() {
    let model = Toy.model(.pooled)
    let data = Toy.data(.pooled, count: 70)
    let one = gradient(model, data, batches: [Array(0..<70)], threads: 1)
    for seed in 0..<5 {
      var shuffled = Array(0..<70)
      shuffled.shuffle(seed: Seed(UInt64(seed)))
      #expect(gradient(model, data, batches: [shuffled], threads: 1).gradient == one.gradient)
    }
  }

  @Test(arguments: [Topology.pooled, .stepwise]) func theNormIsThatOfAllNumbers(topology: Topology) {
    let model = Toy.model(topology)
    let data = Toy.data(topology, count: 60)
    for batches in [[Array(0..<60)], [Array(0..<60), [3]], [[3], Array(5..<50)]] {
      let found = gradient(model, data, batches: batches, threads: 2)
      let squares = found.gradient.reduce(0) { $0 + Double($1) * Double($1) }
      #expect(abs(found.norm - squares.squareRoot()) < 1e-12 * found.norm)
    }
  }

  @Test func dropoutDependsOnTheStepsSeed() {
    let model = Toy.model(.pooled)
    let data = Toy.data(.pooled, count: 20)
    let parallel = DataParallel(model: model, weights: Toy.weights(of: model), team: WorkerTeam(width: 2))
    func loss(_ seed: UInt64) -> Double {
      parallel.step(Array(0..<20)[...], of: data, seed: Seed(seed), options: LossOptions())
    }
    #expect(loss(1) == loss(1))
    #expect(loss(1) != loss(2))
  }
}
