package import SeqTensor

/// Scores and softmax cross-entropy over them. The scores are those of a linear layer, o = V h + c, or the sum of scores
/// that the layer below gives, as `JordanLayer` does.
package struct SoftmaxHead: Sendable {
  package let inputSize: Int
  package let classes: Int
  let linear: Linear?

  /// Where a linear layer has its weights.
  struct Linear: Sendable {
    let weight: ParameterSlot  // V [C, d]
    let bias: ParameterSlot  // c [C]
  }

  package init(name: String, inputSize: Int, classes: Int, layout: inout ParameterLayout) {
    self.inputSize = inputSize
    self.classes = classes
    let start = Initialization.uniform(1 / Float(inputSize).squareRoot())
    linear = Linear(
      weight: layout.addMatrix("\(name).weight", rows: classes, columns: inputSize, initialization: start),
      bias: layout.addVector("\(name).bias", count: classes, initialization: start))
  }

  /// A head without weights. - Parameter parts: scores of all classes that a row of its input holds, side by side.
  package init(summing parts: Int, classes: Int) {
    inputSize = parts * classes
    self.classes = classes
    linear = nil
  }

  package var gradientBlocks: [GradientBlock] {
    linear.map { [$0.weight, $0.bias].flatMap { GradientBlock.blocks(of: $0) } } ?? []
  }

  package func makePass() -> SoftmaxHeadPass { SoftmaxHeadPass(self) }
}

/// One shard's scores, loss and derivative.
package final class SoftmaxHeadPass: GradientSource {
  private let head: SoftmaxHead
  private let penalty = ConfidencePenalty()
  private let scoreBuffer = FloatBuffer(), dFeatureBuffer = FloatBuffer(), classWeightBuffer = FloatBuffer()
  private var features: Matrix
  /// [n, C]; after `loss`, or after what takes its place: ∂L/∂scores.
  package private(set) var scores: Matrix
  private var precision = Precision.float32

  init(_ head: SoftmaxHead) {
    self.head = head
    features = scoreBuffer.matrix(rows: 0, columns: 0)
    scores = features
  }

  /// [n, d] → scores [n, C], valid until the next call.
  package func forward(_ features: Matrix, weights: Weights) -> Matrix {
    self.features = features
    precision = weights.precision
    scores = scoreBuffer.reserve(rows: features.rows, columns: head.classes)
    if let linear = head.linear {
      scores.setProduct(features, weights.transposed(linear.weight), bias: weights[linear.bias])
    } else {
      scores.copy(from: features.columns(part(0)))
      for p in 1..<parts { scores.add(features.columns(part(p))) }
    }
    return scores
  }

  /// Turns the scores into probabilities, in place.
  package func probabilities() -> Matrix {
    scores.softmaxRows()
    return scores
  }

  /// Turns the scores into their gradient. - Returns: `scale` · Σ cross-entropy.
  package func loss(labels: Span<Int32>, scale: Double, options: LossOptions) -> Double {
    var classWeights: Matrix?
    if let given = options.classWeights {
      let row = classWeightBuffer.reserve(rows: 1, columns: head.classes)
      row.copy(from: given)
      classWeights = row
    }
    if options.settings.focalGamma > 0 {
      return FocalLoss(gamma: Float(options.settings.focalGamma), classWeights: classWeights)
        .apply(scores, labels, scale: scale)
    }
    let (smoothing, beta) = (Float(options.settings.labelSmoothing), options.settings.confidencePenalty)
    let added = beta > 0 ? penalty.look(at: scores, labels, classWeights: classWeights) : 0
    let loss = scores.crossEntropy(labels: labels, classWeights: classWeights, smoothing: smoothing, scale: scale)
    guard beta > 0 else { return loss }
    penalty.add(Float(beta * scale), to: scores, labels, classWeights: classWeights)
    return loss + beta * scale * added
  }

  /// - Returns: dFeatures [n, d].
  package func backward(weights: Weights) -> Matrix {
    let dFeatures = dFeatureBuffer.reserve(rows: features.rows, columns: head.inputSize)
    if let linear = head.linear {
      dFeatures.setProduct(scores, weights.packed(linear.weight))
    } else {
      for p in 0..<parts { dFeatures.columns(part(p)).copy(from: scores) }
    }
    return dFeatures
  }

  package func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    let target = gradient[block.slot]
    if block.slot.index == head.linear?.weight.index {
      target.rows(block.rows).setTransposedProduct(
        scores.columns(block.rows), features, adding: adding, precision: precision)
    } else {
      target.setColumnSums(of: scores, adding: adding)
    }
  }

  private var parts: Int { head.inputSize / head.classes }

  private func part(_ p: Int) -> Range<Int> { p * head.classes..<(p + 1) * head.classes }
}
