/// The weights of a linear model: for each feature, those of some classes. To keep a model small, low weights are left
/// out and the others rounded to 16 bits; scores are computed with these rounded weights.
package struct LinearWeights: Sendable {
  package let classes: Int
  /// The bias of each class.
  let biases: [Float]
  let index: FeatureIndex
  /// The weights of feature f are those from `starts[f]` to `starts[f + 1]`.
  let starts: [Int]
  let owners: [Int32]
  let values: [Int16]
  /// The weight that a value of 1 stands for.
  let scale: Float

  /// One weight, before it is rounded.
  struct Entry {
    /// The number of its feature.
    let feature: Int32
    let owner: Int32
    let value: Float
  }

  /// Weights below this share of the greatest one are left out.
  static let least: Float = 1 / 256

  /// - Parameters:
  ///   - keys: the features by number.
  ///   - entries: at most one for each feature and class.
  init(biases: [Float], keys: [UInt32], entries: [Entry]) {
    let greatest = entries.reduce(0) { max($0, abs($1.value)) }
    let scale = greatest > 0 ? greatest / Float(Int16.max) : 1
    // A counting sort by feature, which keeps the order of the entries within a feature.
    var counts = [Int](repeating: 0, count: keys.count + 1)
    for entry in entries where abs(entry.value) > Self.least * greatest { counts[Int(entry.feature)] += 1 }
    var kept: [UInt32] = []
    var place = [Int](repeating: -1, count: keys.count)
    // By key, as in a file.
    for f in keys.indices.sorted(by: { keys[$0] < keys[$1] }) where counts[f] > 0 {
      place[f] = kept.count
      kept.append(keys[f])
    }
    var starts = [Int](repeating: 0, count: kept.count + 1)
    for f in keys.indices where place[f] >= 0 { starts[place[f] + 1] = counts[f] }
    for f in kept.indices { starts[f + 1] += starts[f] }
    var next = starts
    var owners = [Int32](repeating: 0, count: starts[kept.count])
    var values = [Int16](repeating: 0, count: owners.count)
    for entry in entries where abs(entry.value) > Self.least * greatest {
      let row = place[Int(entry.feature)]
      owners[next[row]] = entry.owner
      values[next[row]] = Int16((entry.value / scale).rounded())
      next[row] += 1
    }
    self.init(
      biases: biases, index: FeatureIndex(kept), starts: starts, owners: owners, values: values, scale: scale)
  }

  init(biases: [Float], index: FeatureIndex, starts: [Int], owners: [Int32], values: [Int16], scale: Float) {
    classes = biases.count
    (self.biases, self.index, self.starts) = (biases, index, starts)
    (self.owners, self.values, self.scale) = (owners, values, scale)
  }

  /// Adds the weights of a feature to the scores of the classes.
  func add(_ key: UInt32, times factor: Float = 1, to scores: inout [Float]) {
    guard let row = index.number(of: key).map(Int.init) else { return }
    let factor = factor * scale
    for i in starts[row]..<starts[row + 1] { scores[Int(owners[i])] += factor * Float(values[i]) }
  }
}

extension [Float] {
  /// The index of the greatest number; the first one of equal ones.
  var best: Int {
    var best = 0
    for i in indices where self[i] > self[best] { best = i }
    return best
  }
}
