import SeqData
package import SeqEncoding
import SeqMetrics
package import SeqModel
package import SeqPrediction
package import SeqRecords
import SeqTags
package import SeqTensor
import SeqText
import SeqTraining
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Scores a model that predicts classes on encoded data.
package struct Evaluator: ScoredData {
  package let task: any LabellingFit
  package let encoder: SequenceEncoder
  package let data: EncodedDataset
  package let unseenLabels: [String]
  /// Unicode scalars of the texts: see `Record.characters`.
  package let characters: Int
  /// What models that are no network score on the same data.
  package var baseline: BaselineScores?
  /// Is told how many sequences of all are done, on several threads at a time.
  package var progress: (@Sendable (Int, Int) -> Void)?

  /// How a long text is read: in parallel streams, as long as each has thousands of tokens, that begin some way before
  /// their own part.
  private static let mostStreams = 32, leastTokens = 2_048, window = 128, context = 256

  /// - Parameter file: where the records are from; if it is given, texts that are read in part are noted.
  package init(
    _ task: any LabellingFit, encoder: SequenceEncoder, records: [Record], from file: String? = nil, team: WorkerTeam
  ) {
    let (data, unseenLabels) = encoder.encode(records, from: file, team)
    self.init(
      task, encoder: encoder, data: data, unseenLabels: unseenLabels,
      characters: encoder.characters(records))
  }

  package init(
    _ task: any LabellingFit, encoder: SequenceEncoder, data: EncodedDataset, unseenLabels: [String], characters: Int
  ) {
    self.task = task
    (self.encoder, self.data, self.unseenLabels, self.characters) = (encoder, data, unseenLabels, characters)
  }

  /// Scores of one long text; nil if it has no tokens.
  package init?(_ task: any LabellingFit, encoder: SequenceEncoder, stream text: StreamText) {
    let ids = text.ids(encoder)
    if ids.isEmpty { return nil }
    let data = EncodedDataset(
      stream: ids, startSymbol: encoder.startSymbol(label: nil),
      streams: max(1, min(Self.mostStreams, ids.count / Self.leastTokens)), window: Self.window, context: Self.context)
    self.init(task, encoder: encoder, data: data, unseenLabels: [], characters: text.characters)
  }

  /// The same for the first sequences alone.
  package func prefix(_ count: Int) -> Evaluator {
    Evaluator(task, encoder: encoder, data: data.prefix(count), unseenLabels: unseenLabels, characters: characters)
  }

  package static func runner(_ network: SequenceModel, weights: Weights, team: WorkerTeam) -> Predictor {
    Predictor(model: network, weights: weights, team: team)
  }

  package func evaluate(_ predictor: Predictor, isQuick: Bool = false) -> Evaluation {
    task.evaluate(self, predictor, isQuick: isQuick)
  }

  /// Compares what is predicted with the labels or tags of the data.
  ///
  /// The team finds what the probabilities say of each label; that is counted in order, for sums depend on it.
  ///
  /// - Parameter isQuick: whether the network's own scores, without the linear model's, may be left out.
  package func compare(_ predictor: Predictor, isQuick: Bool) -> Evaluation {
    let names = encoder.labels.labels
    let (outcomes, sequenceLabels) = outcomes(predictor)
    var classification = ClassificationCounts(classes: names.count, topK: [2, 3, 5].filter { $0 < names.count })
    var tagging =
      encoder.task.tagsTokens ? TaggingCounts(tags: names, unseenTags: unseenLabels, scheme: encoder.tagScheme) : nil
    var likelihood = LanguageModelCounts()
    var joint = data.hasSequenceLabels ? JointCounts() : nil
    var (gold, predicted): ([Int], [Int]) = ([], [])
    for sequence in 0..<data.count {
      gold.removeAll(keepingCapacity: true)
      predicted.removeAll(keepingCapacity: true)
      for step in 0..<data.labelCount(sequence) {
        let (label, outcome) = (data.label(sequence, step), outcomes[data.firstLabel(sequence) + step])
        let known = known(label)
        classification.add(label: Int(label), outcome: outcome)
        if known != nil {
          likelihood.add(nats: -log(Double(max(outcome.labelProbability, .leastNormalMagnitude))), tokens: 1)
        }
        gold.append(Int(label))
        predicted.append(Int(outcome.predicted))
      }
      tagging?.add(gold: gold, predicted: predicted)
      if data.hasSequenceLabels {
        joint?.add(
          isLabelRight: sequenceLabels[sequence] == data.sequenceLabel(sequence), areTagsRight: gold == predicted)
      }
    }
    data.releasePages()
    var evaluation = Evaluation(
      task: encoder.task, labels: names, unseenLabels: unseenLabels, sequences: data.count, tokens: data.tokenCount,
      likelihood: likelihood, classification: classification, tagging: tagging, joint: joint)
    evaluation.baseline = baseline
    if data.hasLinearScores, !isQuick {
      let alone = Evaluator(
        task, encoder: encoder, data: data.withoutLinearScores, unseenLabels: unseenLabels, characters: characters)
      evaluation.networkScores = alone.evaluate(predictor).scores
    }
    return evaluation
  }

  /// What a generator thinks of the texts.
  package func likelihood(_ predictor: Predictor) -> Evaluation {
    let (nats, tokens) = predictor.likelihood(of: data)
    return Evaluation(
      task: encoder.task, labels: encoder.labels.labels, unseenLabels: unseenLabels,
      sequences: data.streams == nil ? data.count : 1, tokens: tokens,
      likelihood: LanguageModelCounts(nats: nats, tokens: tokens, characters: characters),
      classification: nil, tagging: nil)
  }

  /// What was found for each label, and the labels of whole sequences beside their tags.
  private func outcomes(_ predictor: Predictor) -> (SharedArray<Outcome>, SharedArray<Int32>) {
    let (data, outcomes, sequenceLabels) = (data, SharedArray<Outcome>(), SharedArray<Int32>())
    sequenceLabels.reset(data.hasSequenceLabels ? data.count : 0, to: -1)
    outcomes.reset(data.labelCount, to: Outcome(label: nil, probabilities: [0].span))
    let done = Atomic(0)
    predictor.predict(data) { [self] sequence, prediction in
      if let progress { progress(done.add(1, ordering: .relaxed).newValue, data.count) }
      let first = data.firstLabel(sequence)
      for step in 0..<prediction.count {
        let label = known(data.label(sequence, step))
        let best = prediction.best(step)
        outcomes[first + step] = prediction.withProbabilities(step) {
          Outcome(label: label, probabilities: $0, predicted: best)
        }
      }
      if let labels = prediction.labelProbabilities { sequenceLabels[sequence] = Int32(labels.argmax(row: 0)) }
    }
    return (outcomes, sequenceLabels)
  }

  /// The label's class, if the model knows it.
  private func known(_ label: Int32) -> Int? { (0..<encoder.labels.count).contains(Int(label)) ? Int(label) : nil }
}
