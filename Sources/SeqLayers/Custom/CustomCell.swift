/// A recurrent cell of your own, which runs wherever a cell of the library does.
///
/// For every gate, the library computes a = W x + b, and for the first `recurrentGates` of them also + U h(t−1). It calls
/// `forward` once a step, for all sequences at a time: a matrix has one row for each sequence and one column for each unit.
/// On the way back it calls `backward` for the same steps, the last one first. From what that leaves in the gates, it
/// computes the gradients of W, U and b, and of the cell's own weights as they declare it.
///
/// A cell is a value that never changes: many threads use one at once. What a step keeps goes into `memories`.
public protocol CustomCell: Sendable {
  /// The name in a config and in a model's folder: lower-case letters, digits and hyphens, and no name of the library's.
  var name: String { get }
  /// The names of the gates, in the order of their rows in W and U.
  var gates: [String] { get }
  /// Gates, from the first, that U h(t−1) is added to. All of them, unless you say otherwise; with 0 there is no U.
  var recurrentGates: Int { get }
  /// What the cell learns in addition to W, U and b, in the order in which its steps count them.
  var weights: [CellWeight] { get }
  /// Matrices of a row for each sequence and a column for each unit that `forward` fills for `backward`.
  var memories: Int { get }
  /// Whether memory 0 goes on from step to step in addition to h, as the c of an LSTM does.
  var carriesMemory: Bool { get }
  /// Matrices of the same shape that `backward` needs for itself.
  var scratches: Int { get }

  /// From the gates' sums to h(t): puts the value of each gate in the place of its sum, and fills `step.hidden`.
  func forward(_ step: ForwardStep)

  /// From ∂L/∂h(t) to the gradient of the gates' sums, which takes the place of their values.
  ///
  /// What reaches h(t−1) and memory 0 of the step before otherwise than through U goes into `step.dPreviousHidden` and
  /// `step.dMemory`.
  func backward(_ step: BackwardStep)
}

extension CustomCell {
  /// All gates.
  public var recurrentGates: Int { gates.count }
  /// None.
  public var weights: [CellWeight] { [] }
  /// None.
  public var memories: Int { 0 }
  /// Only h goes on.
  public var carriesMemory: Bool { false }
  /// None.
  public var scratches: Int { 0 }
}

/// A vector of one number for each unit, or a square matrix, that a custom cell learns in addition to W, U and b.
///
/// Its gradient is a sum over all steps of what `backward` has left there. You say which sum; the library computes it.
public struct CellWeight: Sendable {
  /// A matrix that steps leave, with a row for each sequence.
  public enum Rows: Sendable, Hashable {
    /// The gradient of a gate's sum.
    case gate(Int)
    /// A memory, as `backward` has left it.
    case memory(Int)
    /// h(t−1), 0 before the first step.
    case previousHidden
    /// Memory 0 of the step before, 0 before the first step.
    case previousMemory
  }

  let name: String
  let isMatrix: Bool
  let start: Float?
  let gradient: Rows
  let factor: Rows?

  /// A vector v, as in y = x + v or y = v ∘ x.
  ///
  /// - Parameters:
  ///   - name: as in the model's file, where the layer's number follows it.
  ///   - start: the number that all of it starts with; nil for random ones, as W and U start.
  ///   - gradient: ∂L/∂y.
  ///   - factor: x, if v multiplies it; nil if v is added.
  public static func vector(
    _ name: String, startingAt start: Float? = nil, gradient: Rows, times factor: Rows? = nil
  ) -> CellWeight {
    CellWeight(name: name, isMatrix: false, start: start, gradient: gradient, factor: factor)
  }

  /// A matrix M, as in y = M x. `ForwardStep.addProduct(of:with:to:)` computes that.
  ///
  /// - Parameters:
  ///   - name: as in the model's file, where the layer's number follows it.
  ///   - gradient: ∂L/∂y.
  ///   - factor: x.
  public static func matrix(_ name: String, gradient: Rows, times factor: Rows) -> CellWeight {
    CellWeight(name: name, isMatrix: true, start: nil, gradient: gradient, factor: factor)
  }
}
