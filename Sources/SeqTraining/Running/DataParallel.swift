package import SeqCore
package import SeqLayers
package import SeqModel
package import SeqPrediction
package import SeqRecords
package import SeqTensor

/// The gradient of a batch on a team of threads.
///
/// Shards are tasks of the sweeps, blocks of weights are tasks of the gradients; both divisions depend on the batch and
/// the model alone, so that the bits do not depend on the number of threads. The next batch is made ready beside the
/// gradients of this one.
package final class DataParallel {
  package let model: any Network
  package let weights: Weights
  package let gradient: ParameterVector
  private let team: WorkerTeam
  private let embedding: EmbeddingGradient
  private let tasks: [GradientTask]
  private var passes: [any NetworkPass] = []
  /// The batch of this step.
  private var current = PreparedBatch()
  /// Until this step's gradients are computed, the batch of the step before; then that of the next.
  private var other = PreparedBatch()
  /// What windows of parallel streams hand on; nil if sequences do not belong together.
  package let carried: CarriedStates?
  /// How batches are read; its noise is of an epoch, set before the first batch of that is prepared.
  package var reading: ShardReading
  private let losses = Partials(), squares = Partials()
  private var squaresCount = 0
  /// What the loss of the last step was divided by.
  package private(set) var denominator = 0.0

  /// - Parameter streams: if the sequences of a batch are windows of streams, how many these are.
  package init(model: any Network, weights: Weights, team: WorkerTeam, streams: Int? = nil) {
    self.model = model
    reading = .training(model)
    carried = streams.map { CarriedStates(streams: $0, size: model.stateSize) }
    self.weights = weights
    self.team = team
    gradient = ParameterVector(model.layout)
    embedding = EmbeddingGradient(model.tables)
    tasks = model.gradientTasks
  }

  /// The rows of the embedding tables that the current batch needs.
  package var rows: [Int32] { current.rows.ids }

  /// Makes a batch the current one; nothing is left to do if `step` was told of it.
  package func prepare(_ batch: ArraySlice<Int>, of data: EncodedDataset) {
    if other.batch != batch {
      if other.hasGradient { embedding.clear(other.rows, in: gradient) }
      other.hasGradient = false
      other.fill(batch, data, reading)
    }
    swap(&current, &other)
    while passes.count < current.count {
      passes.append(model.makePass(team))
      passes[passes.count - 1].state = carried?.state(ofShard: passes.count - 1)
    }
  }

  /// Computes the mean loss of the current batch and leaves its gradient in `gradient`.
  ///
  /// - Parameters:
  ///   - next: the batch that will be prepared next, made ready meanwhile.
  ///   - later: a batch to come, which the system reads from disk meanwhile if the data is there.
  ///   - seed: of this step, for dropout.
  /// - Returns: the mean loss in nats.
  package func step(
    next: ArraySlice<Int>?, later: ArraySlice<Int>? = nil, of data: EncodedDataset, seed: Seed, options: LossOptions
  ) -> Double {
    let (shards, count) = (current.shards, current.count)
    let (passes, weights, losses) = (passes, weights, losses)
    denominator = shards.reduce(0) { $0 + options.denominator(of: $1.labels) }
    let scale = denominator > 0 ? 1 / denominator : 0
    var options = options
    options.sentenceLabelScale = model.sentenceLabelScale(shards)
    let given = options
    weights.refresh(team, dropping: seed.child("recurrent"))
    losses.reset(count)
    team.run(count) { i in
      losses[i] = passes[i].step(
        shards[i], weights: weights, mode: .training(seed: seed.child("shard", i)), scale: scale, options: given)
    }
    accumulateGradient(next: next, later: later, of: data)
    return losses.sum(count)
  }

  /// Prepares a batch and computes its gradient.
  package func step(_ batch: ArraySlice<Int>, of data: EncodedDataset, seed: Seed, options: LossOptions) -> Double {
    prepare(batch, of: data)
    return step(next: nil, of: data, seed: seed, options: options)
  }

  /// The Euclidean norm of the gradient of the last step.
  package func gradientNorm() -> Double { squares.sum(squaresCount).squareRoot() }

  /// The first task is the longest: it makes the next batch ready. The others each set a part of the gradient, and sum
  /// its squares while it is in the cache.
  private func accumulateGradient(next: ArraySlice<Int>?, later: ArraySlice<Int>?, of data: EncodedDataset) {
    let tasks = tasks
    let (passes, gradient, embedding, squares) = (passes, gradient, embedding, squares)
    let (current, other, weights, reading) = (current, other, weights, reading)
    squaresCount = tasks.count + embedding.taskCount(current.rows)
    squares.reset(squaresCount)
    team.run(1 + squaresCount) { i in
      guard i > 0 else {
        if other.hasGradient { embedding.clear(other.rows, besides: current.rows, in: gradient) }
        other.hasGradient = false
        if let next {
          other.fill(next, data, reading)
        } else {
          other.removeAll()
        }
        if let later { data.willNeed(later) }
        return
      }
      guard i <= tasks.count else {
        squares[i - 1] = embedding.accumulate(task: i - 1 - tasks.count, current.rows, passes: passes, into: gradient)
        return
      }
      let task = tasks[i - 1]
      for s in 0..<current.count { passes[s].accumulate(task, into: gradient, adding: s > 0) }
      let block = gradient[task.block.slot].rows(task.block.rows)
      if let factors = weights.factors(of: task.block.slot) {
        block.setElementwiseProduct(block, factors.rows(task.block.rows))
      }
      squares[i - 1] = block.sumOfSquares
    }
    current.hasGradient = true
  }
}
