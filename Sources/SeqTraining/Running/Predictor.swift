package import SeqData
package import SeqModel
package import SeqTensor
import Synchronization

/// Runs a model over many sequences on a team of threads.
///
/// Sequences of about one length share a shard, so that its steps stay wide. A thread has one pass and takes one shard
/// after the other, the longest first: the memory is that of a shard a thread, and all threads end at about the same
/// time. What is predicted for a sequence does not depend on its neighbours, so neither does it on the cut into shards.
package final class Predictor {
  /// Tokens of a shard, but for one sequence that is longer: the memory of a pass goes by them.
  package static let shardTokens = 4_096
  /// Sequences that a shard has even if that leaves a thread without work: fewer would waste the kernels.
  private static let leastSequences = 4

  package let model: SequenceModel
  package let weights: Weights
  let team: WorkerTeam
  /// One for each thread that ever had work.
  private var lanes: [Lane] = []
  private var keys: [UInt64] = []
  /// The sequences, longest first.
  private var order: [Int] = []
  /// Where the shards end in `order`.
  private var ends: [Int] = []
  private let next = Counter()

  package init(model: SequenceModel, weights: Weights, team: WorkerTeam) {
    self.model = model
    self.weights = weights
    self.team = team
  }

  /// Predicts all sequences of `data`. Allocates nothing once it has seen as many and as long ones.
  ///
  /// - Parameters:
  ///   - asLogits: whether to give the scores before the softmax instead of probabilities.
  ///   - take: called once for each sequence, in any order and on several threads at a time.
  package func predict(
    _ data: EncodedDataset, asLogits: Bool = false,
    _ take: @Sendable (_ sequence: Int, _ prediction: Prediction) -> Void
  ) {
    plan(data)
    let (order, ends, next, weights) = (order, ends, next, weights)
    let width = min(team.width, ends.count)
    while lanes.count < width { lanes.append(Lane(model, team)) }
    let lanes = lanes
    next.reset()
    team.run(width) { w in
      while let s = next.take(below: ends.count) {
        let sequences = order[(s == 0 ? 0 : ends[s - 1])..<ends[s]]
        lanes[w].predict(sequences, data, weights, asLogits: asLogits, take)
      }
    }
  }

  /// Sorts the sequences and cuts them into shards.
  private func plan(_ data: EncodedDataset) {
    order.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    sort(data)
    // Two shards a thread, if there are not enough for more.
    let size = max(Self.leastSequences, min(Shard.size, (data.count + 2 * team.width - 1) / (2 * team.width)))
    var (start, tokens) = (0, 0)
    for (i, sequence) in order.enumerated() {
      let length = data.length(sequence)
      if i > start, i - start == size || tokens + length > Self.shardTokens {
        ends.append(i)
        (start, tokens) = (i, 0)
      }
      tokens += length
    }
    if start < order.count { ends.append(order.count) }
  }

  /// Length and number in one key, as whole numbers sort fastest.
  private func sort(_ data: EncodedDataset) {
    keys.removeAll(keepingCapacity: true)
    for sequence in 0..<data.count {
      keys.append(UInt64(UInt32.max - UInt32(data.length(sequence))) << 32 | UInt64(sequence))
    }
    keys.sortInPlace()
    for key in keys { order.append(Int(key & 0xFFFF_FFFF)) }
  }
}

/// What one thread predicts with.
private final class Lane: @unchecked Sendable {
  /// In turns: the pass holds the shape of the last one, so that filling that anew would copy it.
  private var shard = Shard(), other = Shard()
  private let pass: ModelPass
  private let task: SequenceTask

  init(_ model: SequenceModel, _ team: WorkerTeam) {
    pass = model.makePass(team)
    task = model.task
  }

  func predict(
    _ sequences: ArraySlice<Int>, _ data: EncodedDataset, _ weights: Weights, asLogits: Bool,
    _ take: (Int, Prediction) -> Void
  ) {
    swap(&shard, &other)
    shard.fill(sequences, data, task)
    pass.predict(shard, weights: weights, asLogits: asLogits)
    let (probabilities, shape) = (pass.predicted, shard.shape)
    for (place, sequence) in sequences.enumerated() {
      take(sequence, Prediction(probabilities: probabilities, shape: shape, place: place, task: task))
    }
  }
}

/// Hands out numbers from 0, each once, to whoever comes first.
private final class Counter: Sendable {
  private let next = Atomic<Int>(0)

  func reset() { next.store(0, ordering: .relaxed) }

  func take(below end: Int) -> Int? {
    let number = next.add(1, ordering: .relaxed).oldValue
    return number < end ? number : nil
  }
}
