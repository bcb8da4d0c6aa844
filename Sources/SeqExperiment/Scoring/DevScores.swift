import SeqModel
package import SeqTensor
package import SeqTraining

/// Scores the weights of a fit on the dev data, with the precision that the model will be used with.
package final class DevScores<Scored: ScoredData> {
  private let part: Scored
  private let network: Scored.Net
  private let precision: Precision
  private let team: WorkerTeam
  private var used: (weights: Weights, runner: Scored.Runner)?

  package init(_ part: Scored, network: Scored.Net, precision: Precision, team: WorkerTeam) {
    self.part = part
    self.network = network
    self.precision = precision
    self.team = team
  }

  /// - Parameter trained: the same at every call; packed as they are now.
  package func scores(of trained: Weights) -> [Score] {
    let (weights, runner) = used ?? prepared(trained)
    if weights !== trained { weights.refresh(team) }
    return part.evaluate(runner, isQuick: true).scores
  }

  private func prepared(_ trained: Weights) -> (Weights, Scored.Runner) {
    let weights =
      trained.precision == precision ? trained : Weights(trained.vector, training: false, precision: precision)
    let new = (weights, Scored.runner(network, weights: weights, team: team))
    used = new
    return new
  }
}
