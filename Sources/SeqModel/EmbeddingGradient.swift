package import SeqTensor

/// The gradient of embedding tables: only the rows of tokens that occurred are touched.
///
/// The batch's distinct rows are cut into tasks; each row is summed by one task, over the shards in order.
package struct EmbeddingGradient: Sendable {
  /// Tokens of one task.
  package static let block = 64

  private let tables: SparseTables

  package init(_ tables: SparseTables) { self.tables = tables }

  package init(_ slot: ParameterSlot) { self.init(SparseTables([slot])) }

  /// Tasks that a batch's rows are divided into.
  package func taskCount(_ rows: BatchRows) -> Int { (rows.ids.count + Self.block - 1) / Self.block }

  /// Sets the rows of one task.
  /// - Returns: the sum of the squares of what it has set.
  package func accumulate(
    task: Int, _ rows: BatchRows, passes: [any NetworkPass], into gradient: ParameterVector
  ) -> Double {
    var squares = 0.0
    for k in task * Self.block..<min(rows.ids.count, (task + 1) * Self.block) {
      let row = tables.row(Int(rows.ids[k]), of: gradient)
      var isFirst = true
      for place in rows.places(of: k) {
        let part = passes[place.shard].rowGradient(place.row)
        if isFirst { row.copy(from: part) } else { row.add(part) }
        isFirst = false
      }
      squares += row.sumOfSquares
    }
    return squares
  }

  /// Zeroes the rows of a batch that has been, but for those that the next one sets anyway.
  package func clear(_ rows: BatchRows, besides next: BatchRows = BatchRows(), in gradient: ParameterVector) {
    for id in rows.ids where !next.contains(id) { tables.row(Int(id), of: gradient).fill(0) }
  }
}
