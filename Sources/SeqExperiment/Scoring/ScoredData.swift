import SeqData
package import SeqModel
package import SeqRecords
package import SeqTensor
import SeqTraining

/// Data that a network is scored on, in the way of its task.
package protocol ScoredData {
  associatedtype Net: Network
  /// What runs a network over many sequences.
  associatedtype Runner

  /// The records as ids.
  var data: EncodedDataset { get }
  /// Labels of the data that the model does not know.
  var unseenLabels: [String] { get }
  /// What models that are no network score on the same data.
  var baseline: BaselineScores? { get }
  /// The same for the first sequences alone.
  func prefix(_ count: Int) -> Self
  /// Runs a network with given weights.
  static func runner(_ network: Net, weights: Weights, team: WorkerTeam) -> Runner
  /// - Parameter isQuick: whether greedy search will do, and the scores alone, within a fit.
  func evaluate(_ runner: Runner, isQuick: Bool) -> Evaluation
}

extension ScoredData {
  package var unseenLabels: [String] { [] }
  package var baseline: BaselineScores? { nil }
}
