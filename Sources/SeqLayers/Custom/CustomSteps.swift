import SeqTensor

/// What a custom cell sees of a step on its way forth. All matrices have a row for each sequence that is still running.
public struct ForwardStep {
  let inner: OwnCell.Step

  /// The sum a gate starts from, W x + b and perhaps U h(t−1). Leave the gate's value there.
  public func gate(_ index: Int) -> StepMatrix { inner.gate(index) }
  /// h(t−1); 0 before the first step.
  public var previousHidden: StepMatrix { inner.previousHidden }
  /// Memory 0 of the step before, if it is carried; 0 before the first step.
  public var previousMemory: StepMatrix { inner.previousMemory }
  /// h(t), to be filled.
  public var hidden: StepMatrix { inner.hidden }
  /// What the step keeps, to be filled.
  public func memory(_ index: Int) -> StepMatrix { inner.memory(index) }
  /// A vector of the cell's weights, as one row.
  public func vector(_ index: Int) -> StepMatrix { inner.vector(index) }

  /// y += M x for each sequence.
  ///
  /// - Parameters:
  ///   - x: what is multiplied.
  ///   - index: the place of M, a matrix, among the cell's weights.
  ///   - y: what the product is added to.
  public func addProduct(of x: StepMatrix, with index: Int, to y: StepMatrix) {
    y.view.addProduct(x.view, inner.step.transposed(index))
  }
}

/// What a custom cell sees of a step on its way back. All matrices have a row for each sequence that is still running.
public struct BackwardStep {
  let inner: OwnCell.Step
  let gradient: StepGradient

  /// The gate's value, as `forward` has left it. Leave the gradient of its sum there.
  public func gate(_ index: Int) -> StepMatrix { inner.gate(index) }
  /// h(t−1); 0 before the first step.
  public var previousHidden: StepMatrix { inner.previousHidden }
  /// Memory 0 of the step before, if it is carried; 0 before the first step.
  public var previousMemory: StepMatrix { inner.previousMemory }
  /// h(t).
  public var hidden: StepMatrix { inner.hidden }
  /// What `forward` has kept. A gradient may take its place.
  public func memory(_ index: Int) -> StepMatrix { inner.memory(index) }
  /// A vector of the cell's weights, as one row.
  public func vector(_ index: Int) -> StepMatrix { inner.vector(index) }

  /// ∂L/∂h(t), with all that comes from later steps. It may be overwritten.
  public var dHidden: StepMatrix { inner.matrix(gradient.dHidden) }
  /// Starts at 0: add what reaches h(t−1) otherwise than through U.
  public var dPreviousHidden: StepMatrix { inner.matrix(inner.cell.hiddenCarry(gradient.carry)) }
  /// ∂L/∂ memory 0 as the step after gives it, if it is carried. Leave ∂L/∂ memory 0 of the step before there.
  public var dMemory: StepMatrix {
    precondition(inner.cell.carriesMemory, "the cell carries no memory")
    return inner.matrix(gradient.carry.columns(0..<gradient.dOutput.columns))
  }
  /// A place for numbers; what it holds is unknown.
  public func scratch(_ index: Int) -> StepMatrix { inner.matrix(gradient.scratch(index)) }

  /// dx += Mᵀ dy for each sequence: the way back through y += M x.
  ///
  /// - Parameters:
  ///   - dy: ∂L/∂y.
  ///   - index: the place of M, a matrix, among the cell's weights.
  ///   - dx: what the product is added to.
  public func addProduct(ofGradient dy: StepMatrix, with index: Int, to dx: StepMatrix) {
    dx.view.addProduct(dy.view, inner.step.packed(index))
  }
}
