import CMallocCounter
import SeqCore
import SeqLayers
import SeqModel
import SeqTensor
import Testing

/// Nothing allocates in a step: buffers are made with a pass and grow before a sweep.
///
/// All of it runs on the test's thread, whose allocations alone are counted: other tests run beside it.
@Suite(
  .enabled(if: !isDebug, "the compiler's debug code allocates"),
  .enabled(if: malloc_counter_value() > 0, "malloc cannot be replaced here"))
struct AllocationTests {
  @Test(arguments: [Topology.pooled, .stepwise], CellKind.allWithClient)
  func `ten steps on shards of the same sizes allocate nothing`(topology: Topology, cell: CellKind) {
    for pooling in PoolingKind.allCases where topology == .pooled || pooling == .last {
      let (run, shards) = makeRun(topology, cell, pooling, tokens: 50)
      let options = LossOptions(classWeights: [1, 2, 0.5, 1, 1]).with(\.labelSmoothing, 0.1)
      let count = allocations(run, shards, options)
      #expect(count.steps == 0 && count.gradient == 0, "\(pooling)")
    }
  }

  @Test(arguments: [Topology.pooled, .stepwise]) func `ten steps with a confidence penalty allocate nothing`(
    topology: Topology
  ) {
    let (run, shards) = makeRun(topology, .lstm, .last, tokens: 50)
    let count = allocations(run, shards, LossOptions(classWeights: [1, 2, 0.5, 1, 1]).with(\.confidencePenalty, 0.2))
    #expect(count.steps == 0 && count.gradient == 0)
  }

  @Test(arguments: [PoolingKind?.none, .max, .attention])
  func `ten steps with a CRF, and with a label beside the tags, allocate nothing`(sentenceLabel: PoolingKind?) {
    let (run, shards) = makeRun(.stepwise, .lstm, .last, tokens: 50, head: .crf, sentenceLabel: sentenceLabel)
    let count = allocations(run, shards, LossOptions(classWeights: [1, 2, 0.5, 1, 1]))
    #expect(count.steps == 0 && count.gradient == 0)
  }

  @Test(arguments: [CellKind.elman, .lstm, .gru])
  func `ten steps with noise of every kind allocate nothing`(cell: CellKind) {
    var dropout = DropoutSettings(0.2)
    (dropout.isLocked, dropout.recurrent, dropout.state, dropout.zoneout) = (true, 0.2, 0.2, 0.1)
    let (run, shards) = makeRun(.stepwise, cell, .last, tokens: 50, dropout: dropout)
    let count = allocations(run, shards, LossOptions())
    #expect(count.steps == 0 && count.gradient == 0)
  }

  /// Without dropout of the input, the encoder works on the distinct tokens.
  @Test(arguments: CellKind.allCases)
  func `ten steps on few distinct tokens allocate nothing`(cell: CellKind) {
    let (run, shards) = makeRun(.stepwise, cell, .last, tokens: 4, inputDropout: 0)
    let count = allocations(run, shards, LossOptions())
    #expect(count.steps == 0 && count.gradient == 0)
  }

  @Test(arguments: ConnectionKind.allCases, [CellKind.lstmPeephole, .mut1])
  func `ten steps with connections between layers allocate nothing`(connections: ConnectionKind, cell: CellKind) {
    let (run, shards) = makeRun(.stepwise, cell, .last, tokens: 50, connections: connections)
    let count = allocations(run, shards, LossOptions())
    #expect(count.steps == 0 && count.gradient == 0)
  }

  @Test(arguments: Precision.allCases)
  func `ten steps in any precision allocate nothing`(precision: Precision) {
    let (run, shards) = makeRun(.pooled, .lstm, .attention, tokens: 50, precision: precision)
    let count = allocations(run, shards, LossOptions())
    #expect(count.steps == 0 && count.gradient == 0)
  }

  @Test(arguments: [AttentionKind.none, .general, .additive], [0, 0.5])
  func `ten steps of an encoder–decoder allocate nothing`(attention: AttentionKind, samplingRate: Double) {
    var settings = ModelSettings.transduction(cell: .lstm, attention: attention, feedsInput: true, layers: 2)
    settings.dropout = DropoutSettings(0.2)
    let run = TransductionRun(settings, seed: Seed(229))
    let lengths = (0..<20).map { (1 + $0 % 7, $0 % 5) }
    let batch = PairBatch(
      lengths: lengths, vocabulary: TransductionRun.vocabulary, classes: TransductionRun.classes, seed: Seed(233))
    let shards = batch.shards(2)
    var options = LossOptions().with(\.labelSmoothing, 0.1)
    options.samplingRate = samplingRate
    for _ in 0..<2 { _ = run.step(shards, options: options) }
    let (passes, tasks) = (run.passes, run.model.gradientTasks)
    let before = malloc_counter_thread_value()
    for step in 0..<10 {
      for (pass, shard) in zip(passes, shards) {
        let mode = Mode.training(seed: Seed(7).child("step", step))
        _ = pass.step(shard, weights: run.weights, mode: mode, scale: 0.1, options: options)
      }
      for task in tasks {
        for s in passes.indices { passes[s].accumulate(task, into: run.gradient, adding: s > 0) }
      }
    }
    #expect(malloc_counter_thread_value() == before)
  }

  @Test func `an allocation is counted`() {
    let before = malloc_counter_thread_value()
    let buffer = FloatBuffer(capacity: 100)
    #expect(malloc_counter_thread_value() > before && buffer.capacity == 100)
  }

  /// Allocations in ten steps after two to warm up.
  private func allocations(
    _ run: ModelRun, _ shards: [Shard], _ options: LossOptions
  ) -> (steps: UInt64, gradient: UInt64) {
    for _ in 0..<2 { _ = run.step(shards, options: options) }
    let passes: [any NetworkPass] = run.passes
    let tasks = run.model.gradientTasks
    let embedding = EmbeddingGradient(run.model.embedding)
    // As the trainer has them; turning one list into the other allocates.
    let networkPasses: [any NetworkPass] = passes
    var rows = BatchRows()
    rows.collect(shards[...])
    var (steps, gradient) = (UInt64(0), UInt64(0))
    for step in 0..<10 {
      let before = malloc_counter_thread_value()
      for (pass, shard) in zip(passes, shards) {
        let mode = Mode.training(seed: Seed(7).child("step", step))
        _ = pass.step(shard, weights: run.weights, mode: mode, scale: 0.1, options: options)
      }
      let middle = malloc_counter_thread_value()
      for task in tasks {
        for s in passes.indices { passes[s].accumulate(task, into: run.gradient, adding: s > 0) }
      }
      rows.collect(shards[...])
      for i in 0..<embedding.taskCount(rows) {
        _ = embedding.accumulate(task: i, rows, passes: networkPasses, into: run.gradient)
      }
      gradient += malloc_counter_thread_value() - middle
      steps += middle - before
    }
    return (steps, gradient)
  }

  /// - Parameter tokens: how many of the vocabulary occur, at most.
  private func makeRun(
    _ topology: Topology, _ cell: CellKind, _ pooling: PoolingKind, tokens: Int, inputDropout: Double = 0.3,
    dropout: DropoutSettings? = nil, precision: Precision = .float32, connections: ConnectionKind = .none,
    head: HeadKind = .softmax, sentenceLabel: PoolingKind? = nil
  ) -> (ModelRun, [Shard]) {
    var settings = ModelSettings()
    settings.embedding = 12
    settings.hidden = 20
    settings.layers = 2
    settings.cell = cell
    settings.pooling = pooling
    settings.dropout.input = inputDropout
    if let dropout { settings.dropout = dropout }
    settings.connections = connections
    settings.head = head
    if let sentenceLabel {
      settings.sentenceLabel = SentenceLabelSettings()
      settings.sentenceLabel?.pooling = sentenceLabel
    }
    let run = ModelRun(
      topology: topology, settings: settings, vocabulary: 50, classes: 5, seed: Seed(149), precision: precision,
      sequenceLabels: 3)
    let lengths = (0..<20).map { 1 + $0 % 7 }
    var batch = TokenBatch(topology: topology, lengths: lengths, vocabulary: tokens, classes: 5, seed: Seed(151))
    if sentenceLabel != nil {
      batch.hasSequenceLabels = true
      for s in batch.labels.indices { batch.labels[s].append(s % 3) }
    }
    return (run, batch.shards(2))
  }
}

private var isDebug: Bool {
  #if DEBUG
    true
  #else
    false
  #endif
}
