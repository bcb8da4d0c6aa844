import SeqCore
import SeqTensor
import SeqTestSupport
import Testing

/// Rows of a table that indices name, and what is done with them instead of copying.
@Suite struct GatheredRowsTests {
  private let indices: [Int32] = [2, 0, 2, 3, 2]

  @Test func `rows and columns of gathered rows are those of the copy`() {
    let table = TestMatrix(rows: 4, columns: 3, gap: 2, values: (0..<12).map(Float.init))
    let buffer = IndexBuffer()
    buffer.set(indices.span)
    let rows = GatheredRows(table.view, buffer.indices)
    let copy = TestMatrix(rows: 5, columns: 3, gap: 1)
    copy.view.copy(from: rows)
    #expect(copy.view.elements == [6, 7, 8, 0, 1, 2, 6, 7, 8, 9, 10, 11, 6, 7, 8] && copy.gapsAreUntouched)
    #expect(rows.count == 5 && GatheredRows(table.view).count == 4)

    let part = TestMatrix(rows: 2, columns: 2, gap: 1)
    part.view.copy(from: rows.rows(1..<3).columns(1..<3))
    #expect(part.view.elements == [1, 2, 7, 8] && part.gapsAreUntouched)
    part.view.copy(from: GatheredRows(table.view).rows(2..<4).columns(0..<2))
    #expect(part.view.elements == [6, 7, 9, 10])
    let other = TestMatrix(rows: 4, columns: 2, values: (0..<8).map { -Float($0) })
    part.view.copy(from: rows.rows(of: other.view).rows(3..<5))
    #expect(part.view.elements == [-6, -7, -4, -5])
    #expect(rows.rows(5..<5).count == 0)
  }

  @Test func `adding rows at indices is the gradient of gathering them`() {
    var random = Seed(313).generator
    let values = random.floats(5 * 3)
    let buffer = IndexBuffer()
    buffer.set(indices.span)
    let gradient = TestMatrix(rows: 5, columns: 3, gap: 2, values: values)
    let sums = TestMatrix(rows: 4, columns: 3, gap: 1, values: [Float](repeating: 1, count: 12))
    sums.view.addRows(of: gradient.view, at: buffer.indices)
    var expected = [Double](repeating: 1, count: 12)
    for (i, value) in values.enumerated() { expected[Int(indices[i / 3]) * 3 + i % 3] += Double(value) }
    #expect(largestError(of: sums.view.elements.doubles, from: expected) < 1e-6 && sums.gapsAreUntouched)
  }

  @Test func `a transposed product over gathered rows is that of the copies`() {
    var random = Seed(317).generator
    let left = TestMatrix(rows: 6, columns: 4, gap: 3, values: random.floats(24))
    let right = TestMatrix(rows: 4, columns: 3, gap: 1, values: random.floats(12))
    let (first, second) = (IndexBuffer(), IndexBuffer())
    first.append(contentsOf: 1..<4)
    first.append(5)
    first.append(1)
    second.set(indices.span)
    let (a, b) = (GatheredRows(left.view, first.indices), GatheredRows(right.view, second.indices))
    let copies = (TestMatrix(rows: 5, columns: 2), TestMatrix(rows: 5, columns: 3))
    copies.0.view.copy(from: a.columns(1..<3))
    copies.1.view.copy(from: b)
    let expected = TestMatrix(rows: 2, columns: 3)
    expected.view.setTransposedProduct(copies.0.view, copies.1.view, adding: false)
    let found = TestMatrix(rows: 2, columns: 3, gap: 2)
    found.view.setTransposedProduct(a.columns(1..<3), b, adding: false)
    #expect(found.view.elements == expected.view.elements && found.gapsAreUntouched)
    found.view.setTransposedProduct(a.columns(1..<3), GatheredRows(copies.1.view), adding: true)
    let twice = expected.view.elements.map { 2 * Double($0) }
    #expect(largestError(of: found.view.elements.doubles, from: twice) < 2e-6)
  }

  @Test func `an index buffer grows and begins anew`() {
    let buffer = IndexBuffer()
    for row in 0..<100 { buffer.append(row) }
    buffer.append(contentsOf: 100..<1000)
    #expect(buffer.count == 1000 && (0..<1000).allSatisfy { buffer.indices[$0] == $0 })
    buffer.removeAll()
    #expect(buffer.count == 0 && buffer.indices.count == 0)
    buffer.set(indices.span)
    #expect(buffer.count == 5 && buffer.indices[3] == 3)
  }
}
