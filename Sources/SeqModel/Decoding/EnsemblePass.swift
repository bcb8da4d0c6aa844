import SeqLayers
package import SeqTensor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What one network predicts for a shard, or several together.
///
/// Without CRFs it is the mean of their probabilities, token by token, and the best tags are found in that. With one or
/// more it is the mean of the scores, those of the transitions included: a CRF again, and that whose tag sequences have
/// the geometric mean of the members' probabilities (Hinton 2002, "Training products of experts by minimizing contrastive
/// divergence").
package final class EnsemblePass {
  /// A network and its weights.
  package typealias Member = (model: SequenceModel, weights: Weights)

  private let members: [(pass: ModelPass, weights: Weights)]
  private let models: [SequenceModel]
  private let decoder: TagDecoder?
  private let hasCRF: Bool
  private let scores = FloatBuffer(), labels = FloatBuffer(), chain = FloatBuffer(), ends = FloatBuffer()
  /// As of `ModelPass`; valid until the next call.
  package private(set) var predicted: Matrix
  /// As of `ModelPass`.
  package private(set) var predictedLabels: Matrix?
  /// As of `ModelPass`.
  package private(set) var decoded: DecodedTags?

  /// - Precondition: there is at least one member, and all are for the same inputs and classes.
  package init(_ members: [Member], _ team: WorkerTeam) {
    self.members = members.map { ($0.model.makePass(team), $0.weights) }
    models = members.map(\.model)
    decoder = members.count > 1 && models[0].topology == .stepwise ? TagDecoder(models[0]) : nil
    hasCRF = models.contains { $0.crf != nil }
    predicted = self.members[0].pass.predicted
  }

  /// Predicts a shard.
  /// - Parameter shard: makes it as a member reads it.
  package func predict(_ request: PredictionRequest, _ shard: (_ member: Int) -> Shard) {
    guard members.count > 1 else {
      let (pass, weights) = members[0]
      pass.predict(shard(0), weights: weights, request)
      (predicted, predictedLabels, decoded) = (pass.predicted, pass.predictedLabels, pass.decoded)
      return
    }
    var current = shard(0)
    var part = PredictionRequest()
    (part.findsTags, part.isOfScores) = (false, request.isOfScores || hasCRF)
    for (i, member) in members.enumerated() {
      if i > 0 { current = shard(i) }
      member.pass.predict(current, weights: member.weights, part)
      if part.isOfScores, !request.isOfScores { member.pass.findLabelProbabilities() }
    }
    predicted = mean(of: members.lazy.map(\.pass.predicted), scores)
    let ofLabels = members.lazy.compactMap(\.pass.predictedLabels)
    predictedLabels = ofLabels.isEmpty ? nil : mean(of: ofLabels, labels)
    if decoder != nil { decode(current, request, areScores: part.isOfScores) }
  }

  private func mean(of matrices: some Sequence<Matrix>, _ buffer: FloatBuffer) -> Matrix {
    var mean: Matrix?
    for matrix in matrices {
      let sum = mean ?? buffer.reserve(rows: matrix.rows, columns: matrix.columns)
      if mean == nil { sum.fill(0) }
      sum.add(1 / Float(members.count), times: matrix)
      mean = sum
    }
    return mean ?? buffer.matrix(rows: 0, columns: 0)
  }

  /// Finds the tags, and what else is asked for, in the means.
  private func decode(_ shard: Shard, _ request: PredictionRequest, areScores: Bool) {
    // Of probabilities the scores are the logarithms: their softmax is what they were.
    if !areScores { predicted.takeLogarithms() }
    let marginals = decoder?.decode(predicted, shard, transitions, request)
    decoded = decoder?.decoded
    if let marginals { predicted = marginals } else if !request.isOfScores { predicted.softmaxRows() }
  }

  /// The mean of the members' transitions, which are 0 where there is no CRF; nil if none has one.
  private var transitions: TransitionScores? {
    guard hasCRF else { return nil }
    let classes = models[0].head.classes
    let matrix = chain.reserve(rows: classes, columns: classes)
    let ends = ends.reserve(rows: 2, columns: classes)
    matrix.fill(0)
    ends.fill(0)
    let share = 1 / Float(members.count)
    for (model, member) in zip(models, members) {
      guard let own = model.crf?.scores(member.weights) else { continue }
      matrix.add(share, times: own.transitions)
      ends.rows(0..<1).add(share, times: own.start)
      ends.rows(1..<2).add(share, times: own.end)
    }
    return TransitionScores(start: ends.rows(0..<1), transitions: matrix, end: ends.rows(1..<2))
  }
}

extension Matrix {
  /// Takes the logarithm of each probability.
  fileprivate func takeLogarithms() {
    for row in 0..<rows {
      for column in 0..<columns { self[row, column] = log(max(self[row, column], .leastNormalMagnitude)) }
    }
  }
}
