package import SeqCore
package import SeqEncoding
import SeqModel
package import SeqPrediction
package import SeqRecipes
package import SeqRecords
package import SeqTensor
import SeqText
import SeqTraining

/// What is peculiar to fits of one task: how the data is prepared, what a network is scored by, and what the card of a model
/// says. All else is the same for all tasks. `TaskDefinition` has what a fitted model needs.
///
/// There is one file a task, and one list of them: `SequenceTask.fit`.
package protocol FittedTask: TaskDefinition {
  associatedtype Scored: ScoredData where Scored.Net == Net

  /// The task as one that a `SequenceModel` learns; nil for one that another network learns.
  var labellingFit: (any LabellingFit)? { get }

  // MARK: Fitting

  /// Reads the data and turns it into ids.
  /// - Parameter note: is called with what a user may want to know.
  func prepare(
    _ config: ExperimentConfig, _ team: WorkerTeam, note: (String) -> Void
  ) throws(SeqError) -> PreparedData<Scored>
  /// Puts what the training data tells in the place of what the config leaves open.
  func settle(
    _ config: inout ExperimentConfig, _ learned: LearnedEncoder, _ train: EncodedDataset, _ hooks: Experiment.Hooks
  ) throws(SeqError)
  /// The score that tells which epoch is best, if the config names none.
  func defaultMetric(_ encoder: SequenceEncoder) -> String

  /// The settings of a fit.
  func recipe(_ profile: DataProfile) -> FitRecipe

  // MARK: The model's card

  /// What a model of the task does, after "A model that …".
  var purpose: String { get }
  /// The command that uses a model.
  func command(model name: String, _ encoder: SequenceEncoder) -> String
  /// The layers of a network.
  func layers(_ config: ExperimentConfig) -> String
  /// What a model of the task cannot do.
  func limits(_ config: ExperimentConfig, _ encoder: SequenceEncoder) -> String
}

extension FittedTask {
  package var labellingFit: (any LabellingFit)? { nil }

  package func settle(
    _ config: inout ExperimentConfig, _ learned: LearnedEncoder, _ train: EncodedDataset, _ hooks: Experiment.Hooks
  ) throws(SeqError) {}

  package func command(model name: String, _ encoder: SequenceEncoder) -> String {
    "seqtool tag --model \(name) < lines.txt"
  }
}

/// The settings of a fit: its sections beside `data`, as lines of JSON that end with commas, and further members of `data`.
package struct FitRecipe {
  package var body: String
  package var data: [String] = []
}

/// A task that a `SequenceModel` learns: classes are predicted, of sequences or of tokens.
package protocol LabellingFit: FittedTask, LabellingTask where Scored == Evaluator {
  /// Scores a network.
  /// - Parameter isQuick: whether the network's own scores, without the linear model's, may be left out.
  func evaluate(_ data: Evaluator, _ predictor: Predictor, isQuick: Bool) -> Evaluation
}

extension LabellingFit {
  package var labellingFit: (any LabellingFit)? { self }

  package func evaluate(_ data: Evaluator, _ predictor: Predictor, isQuick: Bool) -> Evaluation {
    data.compare(predictor, isQuick: isQuick)
  }

  package func defaultMetric(_ encoder: SequenceEncoder) -> String { "accuracy" }

  package func limits(_ config: ExperimentConfig, _ encoder: SequenceEncoder) -> String {
    let names = encoder.labels.labels.map { "`\($0)`" }.joined(separator: ", ")
    return """
      It knows \(encoder.labels.count) \(answer)s: \(names). It also gives one of them \
      to texts unlike those it was trained on.
      """
  }
}

extension SequenceTask {
  /// What is peculiar to fits of the task. It is a list of its own, so that an app that only answers links no fit.
  package var fit: any FittedTask {
    switch self {
    case .classification: ClassificationTask()
    case .tagging: TaggingTask()
    case .generation: GenerationTask()
    case .oneToOne: OneToOneTask()
    case .transduction: TransductionTask()
    }
  }

  /// The same of a task that a `SequenceModel` learns.
  package var labellingFit: any LabellingFit {
    get throws(SeqError) {
      guard let fit = fit.labellingFit else {
        throw SeqError(.internalFault, "a model of another task was read as one that gives labels")
      }
      return fit
    }
  }
}
