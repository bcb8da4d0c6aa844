package import SeqTensor

/// The gradient of an embedding table: only the rows of tokens that occurred are touched.
///
/// Rows are divided among a fixed number of tasks by id; each task goes through all shards in order, so that every
/// row is summed by one thread in one order.
package final class EmbeddingGradient: @unchecked Sendable {
  /// Tasks that a batch's rows are divided into.
  package static let taskCount = 16

  private let slot: ParameterSlot
  private let parts: [Part]

  package init(_ slot: ParameterSlot) {
    self.slot = slot
    parts = (0..<Self.taskCount).map { _ in Part(rows: (slot.rows + Self.taskCount - 1) / Self.taskCount) }
  }

  /// Task `index` of `taskCount`: zeroes its rows of the batch before and sums those of this one.
  package func accumulate(
    task index: Int, shards: ArraySlice<Shard>, passes: [ModelPass], into gradient: ParameterVector
  ) {
    let table = gradient[slot]
    let part = parts[index]
    for id in part.touched { table.rows(Int(id)..<Int(id) + 1).fill(0) }
    part.begin()
    for (shard, pass) in zip(shards, passes) {
      for (row, id) in shard.distinctIDs.enumerated() where Int(id) % Self.taskCount == index {
        part.touch(id)
        table.rows(Int(id)..<Int(id) + 1).add(pass.dEmbedded.rows(row..<row + 1))
      }
    }
  }

  /// What one task owns: which of its rows the current batch has touched.
  private final class Part {
    private(set) var touched: [Int32] = []
    private var isTouched: [Bool]

    init(rows: Int) { isTouched = Array(repeating: false, count: rows) }

    func begin() {
      for id in touched { isTouched[Int(id) / taskCount] = false }
      touched.removeAll(keepingCapacity: true)
    }

    func touch(_ id: Int32) {
      let row = Int(id) / taskCount
      if !isTouched[row] {
        isTouched[row] = true
        touched.append(id)
      }
    }
  }
}
