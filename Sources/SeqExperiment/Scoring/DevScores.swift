import SeqModel
package import SeqTensor
package import SeqTraining

/// Scores the weights of a fit on the dev data, with the precision that the model will be used with.
package final class DevScores<Part: ScoredPart> {
  private let part: Part
  private let network: Part.Net
  private let precision: Precision
  private let team: WorkerTeam
  private var used: (weights: Weights, runner: Part.Runner)?

  package init(_ part: Part, network: Part.Net, precision: Precision, team: WorkerTeam) {
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

  private func prepared(_ trained: Weights) -> (Weights, Part.Runner) {
    let weights =
      trained.precision == precision ? trained : Weights(trained.vector, training: false, precision: precision)
    let new = (weights, Part.runner(network, weights: weights, team: team))
    used = new
    return new
  }
}
