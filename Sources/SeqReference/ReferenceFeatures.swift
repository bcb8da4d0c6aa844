/// The row of a token that has several features: their numbers side by side.
package struct ReferenceFeatures: Sendable {
  package var features: [ReferenceFeature]

  package init(_ features: [ReferenceFeature]) { self.features = features }

  /// - Parameter ids: of each feature: what it looks up.
  package func row(_ ids: [[Int]], _ parameters: ReferenceParameters) -> Vector {
    zip(features, ids).flatMap { $0.features(of: $1, parameters) }
  }
}

/// One feature of a token.
package struct ReferenceFeature: Sendable {
  /// What is made of the rows that are looked up.
  package enum Kind: Sendable, Equatable {
    /// Their sum: of one row for a word, of many for n-grams.
    case sum
    /// The last states of an LSTM in both directions.
    case lstm(hidden: Int)
    /// The greatest value of each filter: W [e(t − (w − 1) / 2) … e(t + w / 2)] + b.
    case convolution(width: Int)
  }

  /// The parameter that rows are looked up in.
  package let table: String
  /// Numbers of such a row.
  package let size: Int
  /// The prefix of all other parameters.
  package let name: String
  package let kind: Kind

  package init(table: String, size: Int, name: String, kind: Kind) {
    (self.table, self.size, self.name, self.kind) = (table, size, name, kind)
  }

  func features(of ids: [Int], _ parameters: ReferenceParameters) -> Vector {
    let table = parameters[table]
    func row(_ id: Int) -> Vector { Vector(table[id * size..<(id + 1) * size]) }
    switch kind {
    case .sum: return ids.reduce(Vector(repeating: 0, count: size)) { sum($0, row($1)) }
    case .lstm(let hidden):
      var encoder = ReferenceEncoder(cell: .lstm, hidden: hidden, isBidirectional: true)
      encoder.prefix = name
      let states = encoder.states(of: ids.map(row), parameters)
      return Vector(states[states.count - 1].prefix(hidden) + states[0].suffix(hidden))
    case .convolution(let width):
      let (weight, bias) = (parameters["\(name).weight"], parameters["\(name).bias"])
      let sums = ids.indices.map { t in
        let window = (0..<width).flatMap { j in
          let place = t + j - (width - 1) / 2
          return row(ids.indices.contains(place) ? ids[place] : 0)
        }
        return sum(product(weight, window), bias)
      }
      return bias.indices.map { filter in sums.map { $0[filter] }.max() ?? 0 }
    }
  }
}
