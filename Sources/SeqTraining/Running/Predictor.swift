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
  package static var shardTokens: Int { ShardPlan.tokens }

  package let model: SequenceModel
  package let weights: Weights
  let team: WorkerTeam
  /// One for each thread that ever had work.
  private var lanes: [Lane] = []
  private var plan = ShardPlan()
  private let next = Counter()

  package init(model: SequenceModel, weights: Weights, team: WorkerTeam) {
    self.model = model
    self.weights = weights
    self.team = team
  }

  /// Predicts all sequences of `data`. Allocates nothing once it has seen as many and as long ones.
  ///
  /// - Parameters:
  ///   - request: what is wanted beside labels and tags.
  ///   - take: called once for each sequence, in any order and on several threads at a time.
  package func predict(
    _ data: EncodedDataset, _ request: PredictionRequest = PredictionRequest(),
    _ take: @Sendable (_ sequence: Int, _ prediction: Prediction) -> Void
  ) {
    plan.set(data, width: team.width)
    let (plan, next, weights) = (plan, next, weights)
    let width = min(team.width, plan.count)
    while lanes.count < width { lanes.append(Lane(model, team)) }
    let lanes = lanes
    next.reset()
    team.run(width) { w in
      while let s = next.take(below: plan.count) {
        lanes[w].predict(plan[s], data, weights, request, take)
      }
    }
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
    _ sequences: ArraySlice<Int>, _ data: EncodedDataset, _ weights: Weights, _ request: PredictionRequest,
    _ take: (Int, Prediction) -> Void
  ) {
    swap(&shard, &other)
    shard.fill(sequences, data, task)
    pass.predict(shard, weights: weights, request)
    let (probabilities, shape) = (pass.predicted, shard.shape)
    for (place, sequence) in sequences.enumerated() {
      take(
        sequence,
        Prediction(
          probabilities: probabilities, labels: pass.predictedLabels, decoded: pass.decoded, shape: shape, place: place,
          task: task))
    }
  }
}

/// Hands out numbers from 0, each once, to whoever comes first.
final class Counter: Sendable {
  private let next = Atomic<Int>(0)

  func reset() { next.store(0, ordering: .relaxed) }

  func take(below end: Int) -> Int? {
    let number = next.add(1, ordering: .relaxed).oldValue
    return number < end ? number : nil
  }
}
