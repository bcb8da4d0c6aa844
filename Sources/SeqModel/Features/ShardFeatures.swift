import SeqCore
import SeqTensor

/// What the features of a token, other than the word, look up for a shard: each distinct word form once.
package struct ShardFeatures: Sendable {
  /// What one feature looks up: a list of ids for each word form, or an id for each row.
  struct Rows: Sendable {
    var distinct = DistinctIDs()
    /// Of word forms: where the list of each ends.
    var ends: [Int] = []
    /// Where its rows stand among `tableRows`.
    var tableRows = 0..<0
  }

  /// For each row of the shard, the place of its word form.
  private(set) var places: [Int32] = []
  /// Of each feature; empty for words and characters.
  private(set) var rows: [Rows] = []
  /// The word forms as words of characters, the longest first: place by place.
  private(set) var shape = PackedShape()
  /// The characters in packed order.
  private(set) var characters: [Int32] = []
  /// The distinct rows of all tables with a sparse gradient: feature after feature, numbered as in `SparseTables`.
  private(set) var tableRows: [Int32] = []
  /// Distinct word forms.
  var wordFormCount: Int { order.count }

  private var wordForms = DistinctIDs()
  private var keys: [UInt64] = []
  /// The word form of each place, and the place of each, as indices in `wordForms`.
  private var order: [Int32] = [], placesOfWordForms: [Int32] = []

  package init() {}

  /// Takes another shard, reusing the memory.
  /// - Parameters:
  ///   - words: the shard's.
  ///   - wordForm: of a row.
  ///   - column: what a feature column holds at a row.
  ///   - list: the ids that a trait has of a word form.
  mutating func fill(
    _ features: TokenFeatures, words: DistinctIDs, wordForm: (_ row: Int) -> Int32,
    column: (_ number: Int, _ row: Int) -> Int32, list: (_ trait: Int, _ wordForm: Int32) -> ArraySlice<Int32>
  ) {
    let count = words.index.count
    while rows.count < features.all.count { rows.append(Rows()) }
    if features.readWordForms {
      sortWordForms(count, wordForm, features.characterTrait, list)
      if let trait = features.characterTrait { packCharacters(trait, list) }
    }
    tableRows.removeAll(keepingCapacity: true)
    for (v, feature) in features.all.enumerated() {
      switch feature.source {
      case .word: break
      case .wordForm(let trait): if feature.table != nil { collect(v, trait, list) }
      case .column(let number):
        rows[v].distinct.removeAll()
        rows[v].distinct.reserve(count)
        for row in 0..<count { rows[v].distinct.append(column(number, row)) }
      }
      addTableRows(v, feature, words)
    }
  }

  /// Finds the distinct word forms and puts the longest first, if a feature looks at their characters.
  private mutating func sortWordForms(
    _ count: Int, _ wordForm: (Int) -> Int32, _ characters: Int?, _ list: (Int, Int32) -> ArraySlice<Int32>
  ) {
    wordForms.removeAll()
    wordForms.reserve(count)
    for row in 0..<count { wordForms.append(wordForm(row)) }
    keys.removeAll(keepingCapacity: true)
    for (i, id) in wordForms.ids.enumerated() {
      let length = characters.map { list($0, id).count } ?? 0
      keys.append(UInt64(UInt32.max - UInt32(length)) << 32 | UInt64(i))
    }
    keys.sortInPlace()
    order.removeAll(keepingCapacity: true)
    placesOfWordForms.removeAll(keepingCapacity: true)
    for key in keys {
      order.append(Int32(truncatingIfNeeded: key & 0xFFFF_FFFF))
      placesOfWordForms.append(0)
    }
    for (place, i) in order.enumerated() { placesOfWordForms[Int(i)] = Int32(place) }
    places.removeAll(keepingCapacity: true)
    for i in wordForms.index { places.append(placesOfWordForms[Int(i)]) }
  }

  private func wordForm(at place: Int) -> Int32 { wordForms.ids[Int(order[place])] }

  /// Puts the characters of all word forms into packed order.
  private mutating func packCharacters(_ trait: Int, _ list: (Int, Int32) -> ArraySlice<Int32>) {
    let (order, ids) = (order, wordForms.ids)
    shape.set(count: order.count) { list(trait, ids[Int(order[$0])]).count }
    characters.removeAll(keepingCapacity: true)
    for t in shape.steps.indices {
      for place in 0..<shape.steps[t].count {
        let word = list(trait, wordForm(at: place))
        characters.append(word[word.startIndex + t])
      }
    }
  }

  /// The ids that a feature looks up of each word form.
  private mutating func collect(_ feature: Int, _ trait: Int, _ list: (Int, Int32) -> ArraySlice<Int32>) {
    var total = 0
    for place in order.indices { total += list(trait, wordForm(at: place)).count }
    rows[feature].distinct.removeAll()
    rows[feature].distinct.reserve(total)
    rows[feature].ends.removeAll(keepingCapacity: true)
    for place in order.indices {
      for id in list(trait, wordForm(at: place)) { rows[feature].distinct.append(id) }
      rows[feature].ends.append(rows[feature].distinct.index.count)
    }
  }

  private mutating func addTableRows(_ v: Int, _ feature: TokenFeatures.Feature, _ words: DistinctIDs) {
    let start = tableRows.count
    if let first = feature.firstRow {
      let ids = feature.source == .word ? words.ids : rows[v].distinct.ids
      for id in ids { tableRows.append(Int32(first) + id) }
    }
    rows[v].tableRows = start..<tableRows.count
  }
}
