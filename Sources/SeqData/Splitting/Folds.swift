public import SeqCore
public import SeqRecords

/// Assigns records to folds of about equal size; returns the number of each record's fold, from 0.
///
/// As in `split`, records of equal text stay together, and each class is assigned on its own. Its groups are ordered by
/// size, the largest first, and then by a hash of seed and text. Each goes to the fold with the fewest records of the
/// class; ties go to the fold with the fewest records overall. If all texts differ, the folds differ by at most one
/// record per class.
///
/// - Parameters:
///   - records: the records to assign.
///   - count: the number of folds, at least 2.
///   - seed: another seed gives other folds.
public func folds(_ records: [Record], count: Int, seed: Seed) throws(SeqError) -> [Int] {
  guard count >= 2 else { throw .usage("\(count) folds, expected at least 2") }
  var fold = [Int](repeating: 0, count: records.count)
  var sizes = [Int](repeating: 0, count: count)
  var keys = SplitKeys(seed: seed, purpose: "folds")
  for record in records { keys.add(record) }
  for groups in keys.groupsByClass() {
    var ofClass = [Int](repeating: 0, count: count)
    for group in groups.sorted(by: { ($1.members.count, $0.order) < ($0.members.count, $1.order) }) {
      let chosen = (0..<count).min { (ofClass[$0], sizes[$0], $0) < (ofClass[$1], sizes[$1], $1) } ?? 0
      for member in group.members { fold[member] = chosen }
      ofClass[chosen] += group.members.count
      sizes[chosen] += group.members.count
    }
  }
  return fold
}

/// Names the components of records that share a text or a group. The name is the smallest text of a component, which
/// does not depend on the order of the records.
///
/// - Parameters:
///   - texts: the text of each record.
///   - groups: the group of each record, such as its author.
package func componentNames(texts: [String], groups: [String]) -> [String] {
  var parents = Array(texts.indices)
  func root(_ index: Int) -> Int {
    var index = index
    while parents[index] != index {
      parents[index] = parents[parents[index]]
      index = parents[index]
    }
    return index
  }
  for keys in [texts, groups] {
    var first: [String: Int] = [:]
    for (index, key) in keys.enumerated() {
      let other = first[key] ?? index
      first[key] = other
      parents[root(index)] = root(other)
    }
  }
  var least: [Int: String] = [:]
  for index in texts.indices {
    let component = root(index)
    least[component] = min(least[component] ?? texts[index], texts[index])
  }
  return texts.indices.map { least[root($0)] ?? texts[$0] }
}
