package import SeqModel
package import SeqRecords
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
  private let members: [EnsemblePass.Member]
  /// Whether it is more than one network.
  package var isEnsemble: Bool { members.count > 1 }
  package let team: WorkerTeam
  /// One for each thread that ever had work.
  private var workers: [PredictingWorker] = []
  private var plan = ShardPlan()
  private let next = Counter()

  package convenience init(model: SequenceModel, weights: Weights, team: WorkerTeam) {
    self.init([(model, weights)], team: team)
  }

  /// Networks that predict together: see `EnsemblePass`.
  /// - Precondition: there is at least one, and they are for the same inputs and classes.
  package init(_ members: [EnsemblePass.Member], team: WorkerTeam) {
    self.members = members
    (model, weights) = members[0]
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
    let (plan, next) = (plan, next)
    let width = min(team.width, plan.count)
    while workers.count < width { workers.append(PredictingWorker(members, team)) }
    let workers = workers
    next.reset()
    team.run(width) { w in
      while let s = next.take(below: plan.count) {
        workers[w].predict(plan[s], data, request, take)
      }
    }
  }
}

/// What one thread predicts with.
private final class PredictingWorker: @unchecked Sendable {
  /// In turns: the pass holds the shape of the last one, so that filling that anew would copy it.
  private var shard = Shard(), other = Shard()
  private let pass: EnsemblePass
  private let topology: Topology
  private let readings: [ShardReading]

  init(_ members: [EnsemblePass.Member], _ team: WorkerTeam) {
    pass = EnsemblePass(members, team)
    topology = members[0].model.topology
    readings = members.map { .predicting($0.model) }
  }

  func predict(
    _ sequences: ArraySlice<Int>, _ data: EncodedDataset, _ request: PredictionRequest,
    _ take: (Int, Prediction) -> Void
  ) {
    swap(&shard, &other)
    let shard = shard
    pass.predict(request) { member in
      shard.fill(sequences, data, readings[member])
      return shard
    }
    for (place, sequence) in sequences.enumerated() {
      take(
        sequence,
        Prediction(
          probabilities: pass.predicted, labels: pass.predictedLabels, decoded: pass.decoded, shape: shard.shape,
          place: place, topology: topology))
    }
  }
}

/// Hands out numbers from 0, each once, to whoever comes first.
package final class Counter: Sendable {
  private let next = Atomic<Int>(0)

  package func reset() { next.store(0, ordering: .relaxed) }

  package func take(below end: Int) -> Int? {
    let number = next.add(1, ordering: .relaxed).oldValue
    return number < end ? number : nil
  }
}
