import SeqCore
import SeqTensor

/// What the views of a token, other than the word, see of a shard: each distinct spelling once.
package struct ShardViews: Sendable {
  /// What one view sees: a list of ids for each spelling, or an id for each row.
  struct Rows: Sendable {
    var distinct = DistinctIDs()
    /// Of spellings: where the list of each ends.
    var ends: [Int] = []
    /// Where its rows stand among `tableRows`.
    var tableRows = 0..<0
  }

  /// For each row of the shard, the place of its spelling.
  private(set) var places: [Int32] = []
  /// Of each view; empty for words and characters.
  private(set) var rows: [Rows] = []
  /// The spellings as words of characters, the longest first: place by place.
  private(set) var shape = PackedShape()
  /// The characters in packed order.
  private(set) var characters: [Int32] = []
  /// The distinct rows of all tables with a sparse gradient: view after view, numbered as in `SparseTables`.
  private(set) var tableRows: [Int32] = []
  /// Distinct spellings.
  var spellingCount: Int { order.count }

  private var spellings = DistinctIDs()
  private var keys: [UInt64] = []
  /// The spelling of each place, and the place of each, as indices in `spellings`.
  private var order: [Int32] = [], placesOfSpellings: [Int32] = []

  package init() {}

  /// Takes another shard, reusing the memory.
  /// - Parameters:
  ///   - words: the shard's.
  ///   - spelling: of a row.
  ///   - column: what an input column holds at a row.
  ///   - list: the ids that a feature has of a spelling.
  mutating func fill(
    _ views: TokenViews, words: DistinctIDs, spelling: (_ row: Int) -> Int32,
    column: (_ number: Int, _ row: Int) -> Int32, list: (_ feature: Int, _ spelling: Int32) -> ArraySlice<Int32>
  ) {
    let count = words.index.count
    while rows.count < views.views.count { rows.append(Rows()) }
    if views.readSpelling {
      sortSpellings(count, spelling, views.characterFeature, list)
      if let feature = views.characterFeature { spell(feature, list) }
    }
    tableRows.removeAll(keepingCapacity: true)
    for (v, view) in views.views.enumerated() {
      switch view.source {
      case .word: break
      case .spelling(let feature): if view.table != nil { collect(v, feature, list) }
      case .column(let number):
        rows[v].distinct.removeAll()
        rows[v].distinct.reserve(count)
        for row in 0..<count { rows[v].distinct.append(column(number, row)) }
      }
      addTableRows(v, view, words)
    }
  }

  /// Finds the distinct spellings and puts the longest first, if a view looks at their characters.
  private mutating func sortSpellings(
    _ count: Int, _ spelling: (Int) -> Int32, _ characters: Int?, _ list: (Int, Int32) -> ArraySlice<Int32>
  ) {
    spellings.removeAll()
    spellings.reserve(count)
    for row in 0..<count { spellings.append(spelling(row)) }
    keys.removeAll(keepingCapacity: true)
    for (i, id) in spellings.ids.enumerated() {
      let length = characters.map { list($0, id).count } ?? 0
      keys.append(UInt64(UInt32.max - UInt32(length)) << 32 | UInt64(i))
    }
    keys.sortInPlace()
    order.removeAll(keepingCapacity: true)
    placesOfSpellings.removeAll(keepingCapacity: true)
    for key in keys {
      order.append(Int32(truncatingIfNeeded: key & 0xFFFF_FFFF))
      placesOfSpellings.append(0)
    }
    for (place, i) in order.enumerated() { placesOfSpellings[Int(i)] = Int32(place) }
    places.removeAll(keepingCapacity: true)
    for i in spellings.index { places.append(placesOfSpellings[Int(i)]) }
  }

  private func spelling(at place: Int) -> Int32 { spellings.ids[Int(order[place])] }

  /// Puts the characters of all spellings into packed order.
  private mutating func spell(_ feature: Int, _ list: (Int, Int32) -> ArraySlice<Int32>) {
    let (order, ids) = (order, spellings.ids)
    shape.set(count: order.count) { list(feature, ids[Int(order[$0])]).count }
    characters.removeAll(keepingCapacity: true)
    for t in shape.steps.indices {
      for place in 0..<shape.steps[t].count {
        let word = list(feature, spelling(at: place))
        characters.append(word[word.startIndex + t])
      }
    }
  }

  /// The ids that a view looks up of each spelling.
  private mutating func collect(_ view: Int, _ feature: Int, _ list: (Int, Int32) -> ArraySlice<Int32>) {
    var total = 0
    for place in order.indices { total += list(feature, spelling(at: place)).count }
    rows[view].distinct.removeAll()
    rows[view].distinct.reserve(total)
    rows[view].ends.removeAll(keepingCapacity: true)
    for place in order.indices {
      for id in list(feature, spelling(at: place)) { rows[view].distinct.append(id) }
      rows[view].ends.append(rows[view].distinct.index.count)
    }
  }

  private mutating func addTableRows(_ v: Int, _ view: TokenViews.View, _ words: DistinctIDs) {
    let start = tableRows.count
    if let first = view.firstRow {
      let ids = view.source == .word ? words.ids : rows[v].distinct.ids
      for id in ids { tableRows.append(Int32(first) + id) }
    }
    rows[v].tableRows = start..<tableRows.count
  }
}
