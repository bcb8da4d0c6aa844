import SeqCore
import SeqTensor

/// Dropout whose factors are drawn for all rows beforehand, since the rows come step by step.
final class StepDropout {
  private let rate: Float
  private let name: String
  private let ones = FloatBuffer(), mask = FloatBuffer()
  private var factors: Matrix?

  /// - Parameters as of `DropoutPass`.
  init(rate: Double, name: String) {
    self.rate = Float(rate)
    self.name = name
  }

  /// Draws the factors of [rows, columns].
  func draw(rows: Int, columns: Int, mode: Mode) {
    factors = nil
    guard rate > 0, case .training(let seed) = mode else { return }
    let ones = ones.reserve(rows: rows, columns: columns)
    ones.fill(1)
    let mask = mask.reserve(rows: rows, columns: columns)
    ones.setDropout(of: ones, rate: rate, seed: seed.child(name).value, mask: mask)
    factors = mask
  }

  /// Multiplies some rows by their factors, forth or back.
  func apply(to x: Matrix, _ rows: Range<Int>) {
    if let factors { x.setElementwiseProduct(x, factors.rows(rows)) }
  }
}
