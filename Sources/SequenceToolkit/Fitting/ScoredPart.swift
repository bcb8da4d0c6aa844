import SeqData
import SeqLayers
import SeqMetrics
import SeqModel
import SeqTensor
import SeqTraining

/// Data that a network is scored on, in the way of its task.
enum ScoredPart {
  case labelled(Evaluator)
  case paired(TransductionEvaluator)

  /// The records as ids.
  var data: EncodedDataset {
    switch self {
    case .labelled(let evaluator): evaluator.data
    case .paired(let evaluator): evaluator.pairs
    }
  }

  /// Labels of the data that the model does not know.
  var unseenLabels: [String] {
    switch self {
    case .labelled(let evaluator): evaluator.unseenLabels
    case .paired: []
    }
  }

  /// The same for the first sequences alone.
  func prefix(_ count: Int) -> ScoredPart {
    switch self {
    case .labelled(let evaluator): .labelled(evaluator.prefix(count))
    case .paired(let evaluator): .paired(evaluator.prefix(count))
    }
  }

  /// - Parameter isQuick: whether greedy search will do, and the scores alone, within a fit.
  func evaluate(_ runner: NetworkRunner, isQuick: Bool = false) -> Evaluation {
    switch (self, runner) {
    case (.labelled(let evaluator), .predictor(let predictor)):
      evaluator.evaluate(predictor, isQuick: isQuick)
    case (.paired(let evaluator), .transcriber(let transcriber)):
      evaluator.evaluate(transcriber, beam: isQuick ? 1 : nil)
    default: preconditionFailure("data of another task than the network's")
    }
  }
}

/// What runs a network of some task over many sequences.
enum NetworkRunner {
  case predictor(Predictor)
  case transcriber(Transcriber)

  init(_ network: any Network, weights: Weights, team: WorkerTeam) {
    if let model = network as? TransductionModel {
      self = .transcriber(Transcriber(model: model, weights: weights, team: team))
    } else if let model = network as? SequenceModel {
      self = .predictor(Predictor(model: model, weights: weights, team: team))
    } else {
      preconditionFailure("a network that nothing runs")
    }
  }
}

extension ExperimentConfig {
  /// The network that the config asks for, for what the encoder knows.
  func network(_ encoder: Encoder) -> any Network {
    if let target = encoder.target {
      return TransductionModel(
        settings: model, vocabularySize: encoder.vocabulary.count, targetSize: target.vocabulary.count)
    }
    return sequenceModel(encoder)
  }

  /// The same for a task whose network is no `TransductionModel`.
  func sequenceModel(_ encoder: Encoder) -> SequenceModel {
    var network = SequenceModel(
      task: task, settings: model, vocabularySize: encoder.inputCount, classes: encoder.classCount,
      labels: encoder.sequenceLabels?.count ?? 0,
      inputRows: encoder.views?.rows(model.inputs, words: encoder.vocabulary.count) ?? [])
    if let scheme = inference.constraints.scheme, let grammar = TagGrammar(scheme, tags: encoder.labels.labels) {
      network.rules = TransitionRules(
        count: encoder.labels.count, mayStart: grammar.mayStart, mayFollow: grammar.mayFollow,
        mayEnd: grammar.mayEnd)
    }
    return network
  }
}
