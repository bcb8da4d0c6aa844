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
  /// All that predict together, `model` the first.
  private let members: [Member]
  let team: WorkerTeam
  /// One for each thread that ever had work.
  private var lanes: [Lane] = []
  private var plan = ShardPlan()
  private let next = Counter()

  /// A network and its weights.
  package typealias Member = (model: SequenceModel, weights: Weights)

  package convenience init(model: SequenceModel, weights: Weights, team: WorkerTeam) {
    self.init([(model, weights)], team: team)
  }

  /// Networks that predict together: the mean of their probabilities.
  /// - Precondition: there is at least one, and they are for the same inputs and classes.
  package init(_ members: [Member], team: WorkerTeam) {
    self.members = members
    (model, weights) = members[0]
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
    plan.set(data, width: team.width)
    let (plan, next) = (plan, next)
    let width = min(team.width, plan.count)
    while lanes.count < width { lanes.append(Lane(members, team)) }
    let lanes = lanes
    next.reset()
    team.run(width) { w in
      while let s = next.take(below: plan.count) {
        lanes[w].predict(plan[s], data, asLogits: asLogits, take)
      }
    }
  }
}

/// What one thread predicts with.
private final class Lane: @unchecked Sendable {
  /// In turns: the pass holds the shape of the last one, so that filling that anew would copy it.
  private var shard = Shard(), other = Shard()
  private let members: [(pass: ModelPass, weights: Weights)]
  private let mean = FloatBuffer()
  private let task: SequenceTask
  private let readings: [ShardReading]

  init(_ members: [Predictor.Member], _ team: WorkerTeam) {
    self.members = members.map { ($0.model.makePass(team), $0.weights) }
    task = members[0].model.task
    readings = members.map { .predicting($0.model) }
  }

  func predict(
    _ sequences: ArraySlice<Int>, _ data: EncodedDataset, asLogits: Bool, _ take: (Int, Prediction) -> Void
  ) {
    swap(&shard, &other)
    shard.fill(sequences, data, readings[0])
    let shape = shard.shape
    let probabilities = predicted(sequences, data, asLogits: asLogits)
    for (place, sequence) in sequences.enumerated() {
      take(sequence, Prediction(probabilities: probabilities, shape: shape, place: place, task: task))
    }
  }

  /// What the members predict of the shard: their mean.
  private func predicted(_ sequences: ArraySlice<Int>, _ data: EncodedDataset, asLogits: Bool) -> Matrix {
    for (i, member) in members.enumerated() {
      if i > 0 { shard.fill(sequences, data, readings[i]) }
      member.pass.predict(shard, weights: member.weights, asLogits: asLogits)
    }
    let first = members[0].pass.predicted
    guard members.count > 1 else { return first }
    let mean = mean.reserve(rows: first.rows, columns: first.columns)
    mean.fill(0)
    for member in members { mean.add(1 / Float(members.count), times: member.pass.predicted) }
    return mean
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
