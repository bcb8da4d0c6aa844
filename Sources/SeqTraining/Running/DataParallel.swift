package import SeqCore
package import SeqData
package import SeqLayers
package import SeqModel
package import SeqTensor

/// The gradient of a batch on a team of threads.
///
/// Shards are tasks of the sweeps, blocks of weights are tasks of the gradients; both divisions depend on the batch and
/// the model alone, so that the bits do not depend on the number of threads.
package final class DataParallel {
  package let model: SequenceModel
  package let weights: Weights
  package let gradient: ParameterVector
  private let team: WorkerTeam
  private let embedding: EmbeddingGradient
  private var passes: [ModelPass] = []
  private var shards: [Shard] = []
  private var sorted: [Int] = []
  private let partials = Partials()

  package init(model: SequenceModel, weights: Weights, team: WorkerTeam) {
    self.model = model
    self.weights = weights
    self.team = team
    gradient = ParameterVector(model.layout)
    embedding = EmbeddingGradient(model.embedding)
  }

  /// Computes the mean loss of a batch and leaves its gradient in `gradient`.
  ///
  /// - Parameter seed: of this step, for dropout.
  /// - Returns: the mean loss in nats.
  package func step(_ batch: ArraySlice<Int>, of data: EncodedDataset, seed: Seed, options: LossOptions) -> Double {
    let count = fill(batch, data)
    let passes = passes
    let shards = shards[..<count]
    let weights = weights
    let partials = partials
    let denominator = shards.reduce(0) { $0 + options.denominator(of: $1.labels) }
    let scale = denominator > 0 ? 1 / denominator : 0
    weights.refresh(team)
    partials.reset(count)
    team.run(count) { i in
      partials[i] = passes[i].step(
        shards[i], weights: weights, mode: .training(seed: seed.child("shard", i)), scale: scale, options: options)
    }
    let loss = partials.sum(count)
    accumulateGradient(count)
    return loss
  }

  /// The Euclidean norm of the gradient.
  package func gradientNorm() -> Double {
    let size = 1 << 16
    let total = model.layout.count
    let tasks = (total + size - 1) / size
    let partials = partials
    let gradient = gradient
    partials.reset(tasks)
    team.run(tasks) { partials[$0] = gradient.flat.columns($0 * size..<min(total, ($0 + 1) * size)).sumOfSquares }
    return partials.sum(tasks).squareRoot()
  }

  private func accumulateGradient(_ count: Int) {
    let tasks = model.gradientTasks
    let passes = passes
    let shards = shards[..<count]
    let gradient = gradient
    let embedding = embedding
    team.run(EmbeddingGradient.taskCount + tasks.count) { i in
      guard i >= EmbeddingGradient.taskCount else {
        return embedding.accumulate(task: i, shards: shards, passes: passes, into: gradient)
      }
      for s in 0..<count {
        passes[s].accumulate(tasks[i - EmbeddingGradient.taskCount], into: gradient, adding: s > 0)
      }
    }
  }

  /// Deals a batch out to shards, longest first and in turns, so that they cost about the same.
  private func fill(_ batch: ArraySlice<Int>, _ data: EncodedDataset) -> Int {
    sorted.removeAll(keepingCapacity: true)
    sorted.append(contentsOf: batch)
    sorted.sort { (-data.length($0), $0) < (-data.length($1), $1) }
    let count = (sorted.count + Shard.size - 1) / Shard.size
    while shards.count < count {
      shards.append(Shard())
      passes.append(model.makePass())
    }
    for s in 0..<count {
      shards[s].fill(stride(from: s, to: sorted.count, by: count).lazy.map { self.sorted[$0] }, data, model.task)
    }
    return count
  }
}

extension Shard {
  /// Takes sequences of a dataset, longest first.
  func fill(_ sequences: some Sequence<Int>, _ data: EncodedDataset, _ task: SequenceTask) {
    fill(
      positions: sequences, length: data.length, token: data.token, task: task, label: { data.label($0, $1) })
  }
}
