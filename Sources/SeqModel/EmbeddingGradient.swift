package import SeqTensor

/// The gradient of an embedding table: only the rows of tokens that occurred are touched.
///
/// The batch's distinct tokens are cut into tasks; each row is summed by one task, over the shards in order.
package struct EmbeddingGradient: Sendable {
  /// Tokens of one task.
  package static let block = 64

  private let slot: ParameterSlot

  package init(_ slot: ParameterSlot) { self.slot = slot }

  /// Tasks that a batch's rows are divided into.
  package func taskCount(_ rows: BatchRows) -> Int { (rows.ids.count + Self.block - 1) / Self.block }

  /// Sets the rows of one task.
  /// - Returns: the sum of the squares of what it has set.
  package func accumulate(
    task: Int, _ rows: BatchRows, passes: [any NetworkPass], into gradient: ParameterVector
  ) -> Double {
    let table = gradient[slot]
    var squares = 0.0
    for k in task * Self.block..<min(rows.ids.count, (task + 1) * Self.block) {
      let id = Int(rows.ids[k])
      let row = table.rows(id..<id + 1)
      var isFirst = true
      for place in rows.places(of: k) {
        let part = passes[place.shard].dEmbedded.rows(place.row..<place.row + 1)
        if isFirst { row.copy(from: part) } else { row.add(part) }
        isFirst = false
      }
      squares += row.sumOfSquares
    }
    return squares
  }

  /// Zeroes the rows of a batch that has been, but for those that the next one sets anyway.
  package func clear(_ rows: BatchRows, besides next: BatchRows = BatchRows(), in gradient: ParameterVector) {
    let table = gradient[slot]
    for id in rows.ids where !next.contains(id) { table.rows(Int(id)..<Int(id) + 1).fill(0) }
  }
}
