/// The rows of the embedding tables that a batch needs, each once, and where its shards need them.
package struct BatchRows: Sendable {
  /// The distinct rows of the batch, numbered as in `SparseTables`, in the order of their first shards and rows.
  package var ids: [Int32] { distinct.ids }

  private var distinct = DistinctIDs()
  /// The places of token k are `places[starts[k]..<starts[k + 1]]`, shard by shard.
  private var starts: [Int] = []
  private var places: [Place] = []

  /// One of a shard's distinct tokens.
  struct Place {
    let shard: Int
    /// Index in the shard's `tableRows`.
    let row: Int
  }

  package init() {}

  /// Takes the rows of other shards, reusing the memory.
  package mutating func collect(_ shards: ArraySlice<Shard>) {
    distinct.removeAll()
    distinct.reserve(shards.reduce(0) { $0 + $1.tableRows.count })
    for shard in shards { for id in shard.tableRows { distinct.append(id) } }
    sortPlaces(shards)
  }

  package mutating func removeAll() {
    distinct.removeAll()
    starts.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
  }

  package func contains(_ id: Int32) -> Bool { distinct.contains(id) }

  /// Where token k of `ids` occurs.
  func places(of k: Int) -> ArraySlice<Place> { places[starts[k]..<starts[k + 1]] }

  /// Sorts by token, by counting, so that the shards of each stay in order.
  private mutating func sortPlaces(_ shards: ArraySlice<Shard>) {
    let index = distinct.index
    starts.removeAll(keepingCapacity: true)
    starts.reserveCapacity(index.count + 1)
    for _ in 0...distinct.ids.count { starts.append(0) }
    for k in index { starts[Int(k) + 1] += 1 }
    for k in distinct.ids.indices { starts[k + 1] += starts[k] }
    places.removeAll(keepingCapacity: true)
    for _ in index { places.append(Place(shard: 0, row: 0)) }
    var i = 0
    for (s, shard) in shards.enumerated() {
      for row in shard.tableRows.indices {
        let k = Int(index[i])
        places[starts[k]] = Place(shard: s, row: row)
        starts[k] += 1
        i += 1
      }
    }
    // Every start has moved to the next token's.
    for k in distinct.ids.indices.reversed() { starts[k + 1] = starts[k] }
    starts[0] = 0
  }
}
