package import SeqModel
package import SeqRecords
package import SeqTensor

/// Runs an encoder–decoder over many sources on a team of threads, as `Predictor` does for other networks: what is
/// written for a source depends neither on its neighbours nor on the threads.
package final class Transcriber {
  private let model: TransductionModel
  private let weights: Weights
  private let team: WorkerTeam
  private var workers: [TranscribingWorker] = []
  private var plan = ShardPlan()
  private let next = Counter()

  package init(model: TransductionModel, weights: Weights, team: WorkerTeam) {
    self.model = model
    self.weights = weights
    self.team = team
  }

  /// What is written.
  package struct Request: Sendable {
    package var settings: DecodingSettings
    /// Texts for each source, at most the beam.
    package var count = 1
    /// Whether the attention is told.
    package var attention = false

    package init(_ settings: DecodingSettings, count: Int = 1, attention: Bool = false) {
      (self.settings, self.count, self.attention) = (settings, count, attention)
    }
  }

  /// Writes the targets of all sources.
  /// - Parameter take: called once for each source with its texts, the best first; in any order and on several threads at
  ///   a time.
  package func write(
    _ data: EncodedDataset, _ request: Request, _ take: @Sendable (_ sequence: Int, _ texts: [Hypothesis]) -> Void
  ) {
    plan.set(data, width: team.width)
    let weights = weights
    forEachShard { worker, sequences in
      let texts = worker.search.write(
        worker.fill(sequences, data), weights: weights, settings: request.settings, count: request.count,
        attention: request.attention)
      for (sequence, texts) in zip(sequences, texts) { take(sequence, texts) }
    }
  }

  /// Σ −ln p of the targets' tokens, their ends included, given those before; unknown tokens are left out.
  package func nats(_ data: EncodedDataset) -> Double {
    // By shards that do not depend on the threads, so that neither does the sum.
    plan.set(data, width: 1)
    let (sums, weights) = (Partials(), weights)
    sums.reset(plan.count)
    forEachShard { worker, sequences in
      sums[worker.shardNumber] = worker.pass.nats(worker.fill(sequences, data), weights: weights)
    }
    return sums.sum(plan.count)
  }

  private func forEachShard(_ body: @Sendable (_ worker: TranscribingWorker, _ sequences: ArraySlice<Int>) -> Void) {
    let (plan, next) = (plan, next)
    let width = min(team.width, plan.count)
    while workers.count < width { workers.append(TranscribingWorker(model, team)) }
    let workers = workers
    next.reset()
    team.run(width) { w in
      while let s = next.take(below: plan.count) {
        workers[w].shardNumber = s
        body(workers[w], plan[s])
      }
    }
  }
}

/// What one thread writes with.
///
/// Unchecked because one task at a time uses it: see `WorkerTeam`.
private final class TranscribingWorker: @unchecked Sendable {
  let pass: TransductionPass
  let search: BeamSearch
  var shardNumber = 0
  private var shard = Shard()
  private let reading: ShardReading

  init(_ model: TransductionModel, _ team: WorkerTeam) {
    reading = .predicting(model)
    pass = model.makePass(team)
    search = BeamSearch(pass)
  }

  func fill(_ sequences: ArraySlice<Int>, _ data: EncodedDataset) -> Shard {
    shard.fill(sequences, data, reading)
    return shard
  }
}
