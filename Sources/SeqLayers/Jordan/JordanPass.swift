import SeqTensor

/// A pass that may be told what the outputs should have been.
package protocol TeacherForcedPass: AnyObject {
  /// The class of each row, −1 where it is unknown, for the next `forward` of a training: the true output of a step, not
  /// the network's own, is then fed back (Williams and Zipser 1989).
  func setTeacher(_ labels: Span<Int32>)
}

final class JordanPass: SequencePass, TeacherForcedPass, TracedPass {
  var state: Matrix? {
    get { directions[0].state }
    set {
      precondition(newValue == nil || directions.count == 1, "a layer of two directions carries no state")
      directions[0].state = newValue
    }
  }
  private let layer: JordanLayer
  private let team: WorkerTeam
  private let directions: [JordanDirectionPass]
  private let output = FloatBuffer(), dInput = FloatBuffer()
  private let teacher = IndexBuffer()

  init(_ layer: JordanLayer, _ team: WorkerTeam) {
    self.layer = layer
    self.team = team
    directions = layer.directions.enumerated().map { index, parameters in
      JordanDirectionPass(layer, parameters, isReversed: index == 1)
    }
  }

  func setTeacher(_ labels: Span<Int32>) { teacher.set(labels) }

  func forward(_ input: GatheredRows, shape: PackedShape, weights: Weights, mode: Mode) -> Matrix {
    let scores = output.reserve(rows: shape.rows, columns: layer.outputSize)
    let (directions, classes) = (directions, layer.classes)
    let labels = mode.isTraining && teacher.count > 0 ? teacher.indices : nil
    precondition(labels == nil || teacher.count == shape.rows, "a label for each row")
    team.run(directions.count) { d in
      directions[d].forward(
        input, shape: shape, teacher: labels, weights: weights, mode: mode,
        into: scores.columns(d * classes..<(d + 1) * classes))
    }
    teacher.removeAll()
    return scores
  }

  func backward(_ dOutput: Matrix, weights: Weights) -> Matrix {
    let dInput = dInput.reserve(rows: directions[0].featureRows, columns: layer.inputSize)
    let (directions, classes) = (directions, layer.classes)
    team.run(directions.count) { d in
      directions[d].backward(dOutput.columns(d * classes..<(d + 1) * classes), weights: weights)
    }
    for (d, direction) in directions.enumerated() {
      direction.setInputGradient(dInput, weights: weights, adding: d > 0)
    }
    return dInput
  }

  func startTracing() { for direction in directions { direction.startTracing() } }

  var traces: [[SweepTrace]] { [directions.compactMap(\.kept)] }

  func recurrentMatrices(_ weights: Weights) -> [[[(gate: String, elements: [Float])]]] {
    [directions.map { [("h", $0.recurrentMatrix(weights))] }]
  }

  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    for direction in directions where direction.accumulate(block, into: gradient, adding: adding) { return }
    preconditionFailure("\(block.slot.name) is not a parameter of this layer")
  }
}
