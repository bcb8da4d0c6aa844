import SeqTensor

/// A matrix with storage of its own, `gap` columns wider than its view. A view does not keep its storage alive: keep
/// this object in a variable.
final class TestMatrix {
  let view: Matrix
  /// The view and the gaps.
  let whole: Matrix
  private let buffer: FloatBuffer

  init(rows: Int, columns: Int, gap: Int = 0, values: [Float]? = nil) {
    buffer = FloatBuffer(capacity: rows * (columns + gap))
    whole = buffer.matrix(rows: rows, columns: columns + gap)
    whole.fill(-7)
    view = whole.columns(0..<columns)
    if let values { view.copy(from: values) }
  }

  /// Whether nothing has been written beside the view.
  var gapsAreUntouched: Bool {
    whole.columns(view.columns..<whole.columns).elements.allSatisfy { $0 == -7 }
  }
}
