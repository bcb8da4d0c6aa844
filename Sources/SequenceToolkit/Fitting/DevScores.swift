import SeqModel
import SeqTensor
import SeqTraining

/// Scores the weights of a fit on the dev data, with the precision that the model will be used with.
final class DevScores {
  private let evaluator: Evaluator
  private let model: SequenceModel
  private let precision: Precision
  private let team: WorkerTeam
  private var used: (weights: Weights, predictor: Predictor)?

  init(_ evaluator: Evaluator, model: SequenceModel, precision: Precision, team: WorkerTeam) {
    self.evaluator = evaluator
    self.model = model
    self.precision = precision
    self.team = team
  }

  /// - Parameter trained: the same at every call; packed as they are now.
  func scores(of trained: Weights) -> [Score] {
    let (weights, predictor) = used ?? prepared(trained)
    if weights !== trained { weights.refresh(team) }
    return evaluator.evaluate(predictor).scores
  }

  private func prepared(_ trained: Weights) -> (Weights, Predictor) {
    let weights =
      trained.precision == precision ? trained : Weights(trained.vector, training: false, precision: precision)
    let new = (weights, Predictor(model: model, weights: weights, team: team))
    used = new
    return new
  }
}
