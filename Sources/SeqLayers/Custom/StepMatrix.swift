import SeqTensor

/// A matrix of one step of a custom cell: a row for each sequence, a column for each unit.
///
/// It is a view of the network's memory, for the call of `forward` or `backward` that gave it: to use it later ends the
/// program. What an operation sets may be one of its arguments. A matrix of one row, such as a vector of weights, stands for
/// as many rows as the others have where an operation says so.
public struct StepMatrix {
  private let matrix: Matrix
  private let life: StepLife
  private let call: Int

  init(_ matrix: Matrix, _ life: StepLife) { (self.matrix, self.life, call) = (matrix, life, life.call) }

  /// The matrix, if the call that gave it goes on.
  var view: Matrix {
    precondition(life.call == call, "a matrix of a step that is over")
    return matrix
  }

  /// Sequences.
  public var rows: Int { matrix.rows }
  /// Units.
  public var columns: Int { matrix.columns }

  /// One number.
  public subscript(row: Int, column: Int) -> Float {
    get { view[row, column] }
    nonmutating set { view[row, column] = newValue }
  }

  /// Sets all to one number.
  public func fill(_ value: Float) { view.fill(value) }

  /// self = x; x may be one row.
  public func set(to x: StepMatrix) {
    if x.rows == 1, rows > 1 { view.fillRows(with: x.view) } else { view.copy(from: x.view) }
  }

  /// self = σ(x).
  public func setSigmoid(of x: StepMatrix) { view.setSigmoid(of: x.view) }

  /// self = tanh(x).
  public func setTanh(of x: StepMatrix) { view.setGateTanh(of: x.view) }

  /// self = d ∘ y ∘ (1 − y): the way back through y = σ(x), for d = ∂L/∂y.
  public func setSigmoidGradient(_ d: StepMatrix, at y: StepMatrix) { view.setSigmoidGradient(d.view, at: y.view) }

  /// self = d ∘ (1 − y²): the way back through y = tanh(x), for d = ∂L/∂y.
  public func setTanhGradient(_ d: StepMatrix, at y: StepMatrix) { view.setTanhGradient(d.view, at: y.view) }

  /// self = x ∘ m; m may be one row.
  public func setProduct(of x: StepMatrix, and m: StepMatrix) { view.setRows(of: x.view, times: m.view) }

  /// self += x; x may be one row.
  public func add(_ x: StepMatrix) {
    if x.rows == 1, rows > 1 { view.addToRows(x.view) } else { view.add(x.view) }
  }

  /// self += a x.
  public func add(_ a: Float, times x: StepMatrix) { view.add(a, times: x.view) }

  /// self += x ∘ m; m may be one row.
  public func add(_ x: StepMatrix, times m: StepMatrix) { view.add(x.view, times: m.view) }

  /// self −= x ∘ m; m may be one row.
  public func subtract(_ x: StepMatrix, times m: StepMatrix) { view.subtract(x.view, times: m.view) }

  /// self = (1 − z) ∘ a + z ∘ b.
  public func setBlend(of a: StepMatrix, and b: StepMatrix, by z: StepMatrix) {
    view.setBlend(of: a.view, and: b.view, by: z.view)
  }

  /// self = f(x), number by number: for what has no operation of its own. It is slower.
  public func setEach(of x: StepMatrix, _ f: (Float) -> Float) { view.setEach(of: x.view, f) }

  /// self = f(x, y), number by number.
  public func setEach(of x: StepMatrix, and y: StepMatrix, _ f: (Float, Float) -> Float) {
    view.setEach(of: x.view, and: y.view, f)
  }
}

/// Tells whether the call of a custom cell that got a matrix goes on. One for each pass, which one task at a time uses.
package final class StepLife {
  /// Calls so far.
  private(set) var call = 0

  package init() {}

  /// Ends the life of all matrices that were given so far.
  func end() { call += 1 }
}
