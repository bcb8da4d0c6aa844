import SeqCore
import SeqTensor
import SeqTestSupport
import Testing

@Suite struct PackedShapeTests {
  @Test func `a batch of lengths 3, 2, 2 is packed step by step`() {
    let shape = PackedShape(lengths: [3, 2, 2])
    #expect(shape.steps == [0..<3, 3..<6, 6..<7])
    #expect(shape.rows == 7 && shape.sequences == 3 && shape.lengths == [3, 2, 2])
    #expect(shape.row(sequence: 0, step: 2) == 6 && shape.row(sequence: 2, step: 1) == 5)
  }

  @Test func `an empty batch has no rows`() {
    #expect(PackedShape().rows == 0 && PackedShape(lengths: []) == PackedShape())
  }

  @Test(arguments: 0..<200)
  func `random lengths give the rows of a naive construction`(trial: Int) {
    var random = Seed(41).child("lengths", trial).generator
    let lengths = random.lengths(random.integer(in: 1...20), in: 1...12)
    check(PackedShape(lengths: lengths), lengths)
  }

  @Test func `a shape that takes other lengths forgets the old ones`() {
    var random = Seed(43).generator
    var shape = PackedShape()
    for _ in 0..<100 {
      let lengths = random.lengths(random.integer(in: 0...9), in: 1...9)
      shape.set(lengths: lengths)
      #expect(shape == PackedShape(lengths: lengths))
    }
  }

  /// Time by time, the sequences that are long enough get the next rows.
  private func check(_ shape: PackedShape, _ lengths: [Int]) {
    var row = 0
    for t in 0..<lengths[0] {
      let start = row
      for s in lengths.indices where lengths[s] > t {
        #expect(shape.row(sequence: s, step: t) == row)
        row += 1
      }
      #expect(shape.steps[t] == start..<row)
    }
    #expect(shape.rows == row && shape.steps.count == lengths[0] && shape.lengths == lengths)
  }
}
