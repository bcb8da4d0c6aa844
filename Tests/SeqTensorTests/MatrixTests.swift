import SeqCore
import SeqTensor
import SeqTestSupport
import Testing

/// Views, and that they reach the kernels with their strides and in the right order.
@Suite struct MatrixTests {
  @Test func `rows and columns of a view are views of the same elements`() {
    let storage = TestMatrix(rows: 4, columns: 5, values: (0..<20).map(Float.init))
    let matrix = storage.view
    let part = matrix.rows(1..<3).columns(2..<5)
    #expect(part.rows == 2 && part.columns == 3 && part.stride == 5 && !part.isContiguous)
    #expect(part.elements == [7, 8, 9, 12, 13, 14] && part.row(1) == [12, 13, 14])
    #expect(part.withRow(0) { $0[2] } == 9)
    part[1, 0] = 99
    #expect(matrix[2, 2] == 99)
    #expect(matrix.rows(1..<3).isContiguous && part.rows(0..<1).isContiguous)
  }

  @Test func `empty views are fine at the ends`() {
    let storage = TestMatrix(rows: 2, columns: 3)
    let matrix = storage.view
    #expect(matrix.rows(2..<2).count == 0 && matrix.columns(3..<3).elements.isEmpty && matrix.rows(0..<0).rows == 0)
  }

  @Test func `fill, copy and bias rows stay within a view`() {
    let matrix = TestMatrix(rows: 3, columns: 4, gap: 2)
    let numbers = TestMatrix(rows: 3, columns: 4, values: (0..<12).map(Float.init))
    let bias = TestMatrix(rows: 1, columns: 4, values: [5, 6, 7, 8])
    matrix.view.fill(1)
    #expect(matrix.view.elements == [Float](repeating: 1, count: 12) && matrix.gapsAreUntouched)
    matrix.view.copy(from: numbers.view)
    #expect(matrix.view.elements == (0..<12).map(Float.init) && matrix.gapsAreUntouched)
    matrix.view.fillRows(with: bias.view)
    #expect(matrix.view.elements == [5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8] && matrix.gapsAreUntouched)
  }

  @Test func `gather takes rows of a table, repeated ones too`() {
    let table = TestMatrix(rows: 3, columns: 2, gap: 1, values: [0, 1, 10, 11, 20, 21])
    let matrix = TestMatrix(rows: 4, columns: 2, gap: 1)
    let ids: [Int32] = [2, 0, 2, 1]
    matrix.view.gather(ids.span, from: table.view)
    #expect(matrix.view.elements == [20, 21, 0, 1, 20, 21, 10, 11] && matrix.gapsAreUntouched)
  }

  @Test func `argmax is the first of equals`() {
    let matrix = TestMatrix(rows: 3, columns: 4, gap: 1, values: [1, 3, 3, 2, -5, -5, -6, -7, 0, 1, 2, 3])
    #expect((0..<3).map(matrix.view.argmax) == [1, 0, 3])
  }

  @Test func `a buffer grows and reserves, its first elements are zero`() {
    let buffer = FloatBuffer()
    #expect(buffer.capacity == 0 && buffer.reserve(rows: 3, columns: 5).elements == [Float](repeating: 0, count: 15))
    let capacity = buffer.capacity
    _ = buffer.reserve(rows: 2, columns: 2)
    #expect(buffer.capacity == capacity)
    #expect(buffer.matrix(rows: 2, columns: 3, offset: 4).rows == 2)
  }

  @Test func `sums work on views with gaps and without`() {
    var random = Seed(47).generator
    let (x, y) = (random.floats(12), random.floats(12))
    for gap in [0, 3] {
      let left = TestMatrix(rows: 3, columns: 4, gap: gap, values: x)
      let right = TestMatrix(rows: 3, columns: 4, gap: gap, values: y)
      right.view.add(left.view)
      #expect(right.view.elements == zip(x, y).map { $1 + $0 } && right.gapsAreUntouched)
      right.view.add(2, times: left.view)
      let expected = zip(x, y).map { Double($1) + 3 * Double($0) }
      #expect(largestError(of: right.view.elements.doubles, from: expected) < 1e-6 && right.gapsAreUntouched)
      #expect(abs(left.view.sumOfSquares - x.reduce(0) { $0 + Double($1) * Double($1) }) < 1e-12)
      let dot = zip(x[4..<8], y[4..<8]).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      let row = TestMatrix(rows: 1, columns: 4, values: Array(y[4..<8]))
      #expect(abs(Double(left.view.rows(1..<2).dot(row.view)) - dot) < 1e-6)
    }
  }

  @Test func `products of views reach the kernels`() {
    let a = TestMatrix(rows: 2, columns: 3, gap: 2, values: [1, 2, 3, 4, 5, 6])
    let b = TestMatrix(rows: 3, columns: 2, gap: 1, values: [1, -1, 2, 0, 0, 3])
    let c = TestMatrix(rows: 2, columns: 2, gap: 1)
    let packed = PackedMatrix(rows: 3, columns: 2)
    packed.pack(b.view)
    c.view.setProduct(a.view, packed)
    c.view.addProduct(a.view, packed)
    #expect(c.view.elements == [10, 16, 28, 28] && c.gapsAreUntouched)

    let d = TestMatrix(rows: 3, columns: 2, gap: 1)
    d.view.setTransposedProduct(a.view, c.view, adding: false)
    #expect(d.view.elements == [122, 128, 160, 172, 198, 216] && d.gapsAreUntouched)
    d.view.setTransposedProduct(a.view, c.view, adding: true)
    #expect(d.view.elements == [244, 256, 320, 344, 396, 432])

    let sums = TestMatrix(rows: 1, columns: 2)
    sums.view.setColumnSums(of: c.view, adding: false)
    sums.view.setColumnSums(of: c.view, adding: true)
    #expect(sums.view.elements == [76, 88])
  }

  @Test func `the level in use is the one asked for, or the best`() {
    let levels = KernelLevel.all.map(\.name)
    #expect(Kernels.availableLevels.filter { $0 != "amx" } == levels.reversed())
    let forced = KernelLevel.forced.flatMap { levels.contains($0) ? $0 : nil }
    #expect(Kernels.level == forced ?? levels.last)
  }
}
