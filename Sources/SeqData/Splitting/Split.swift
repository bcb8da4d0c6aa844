public import SeqCore
public import SeqRecords

/// The indices of the records of each part, ascending.
public struct Split: Sendable, Hashable {
  /// For training.
  public var train: [Int]
  /// For choosing the best epoch.
  public var dev: [Int]
  /// For the final scores.
  public var test: [Int]

  /// A split with the given indices.
  public init(train: [Int] = [], dev: [Int] = [], test: [Int] = []) {
    self.train = train
    self.dev = dev
    self.test = test
  }
}

/// Splits records into three parts that depend only on the seed and the records, not on their order.
///
/// Records of equal text (or equal tokens) form a group and stay together, whatever their labels; a group belongs to
/// the class of its most frequent label. Records without a label are one class: tag sequences are not stratified.
///
/// The classes are assigned in the order of their names. The groups of a class are ordered by a hash of seed and text.
/// The first group goes to training, so that every class can be learned. Then test, and after it dev, takes the groups
/// that bring it nearer to its quota: its fraction of the class's records, rounded up or down so that the quotas of all
/// classes add up. The rest is for training. If all texts differ, each class's share in dev and test is off by less
/// than one record; otherwise by up to half a group more.
///
/// - Parameters:
///   - records: what to split.
///   - dev: the fraction for development, at least 0.
///   - test: the fraction for testing, at least 0; with `dev` below 1.
///   - seed: another seed gives another split.
public func split(_ records: [Record], dev: Double, test: Double, seed: Seed) throws(SeqError) -> Split {
  var keys = SplitKeys(seed: seed)
  for record in records { keys.add(record) }
  return try keys.split(dev: dev, test: test)
}

/// What a split needs of each record: a hash of its text, and its label.
package struct SplitKeys {
  /// For each record, the hash that orders the groups, and the number of its label in order of appearance.
  private var keys: [(order: UInt64, label: Int32)] = []
  private var labels: [String: Int32] = [:]
  private let seed: Seed

  /// - Parameter purpose: the child of the seed that orders the groups.
  package init(seed: Seed, purpose: String = "split") { self.seed = seed.child(purpose) }

  /// Records.
  package var count: Int { keys.count }

  /// Adds the next record. Records of equal text have equal hashes. For ten million records of different texts, the
  /// probability of any equal hashes is below 10⁻⁵.
  package mutating func add(_ record: Record) {
    let text = record.tokens?.joined(separator: "\n") ?? record.text ?? ""
    let name = record.label ?? ""
    let label = labels[name] ?? Int32(labels.count)
    if label == Int32(labels.count) { labels[name] = label }
    keys.append((seed.child(text).value, label))
  }

  /// Splits the records that were added.
  package func split(dev: Double, test: Double) throws(SeqError) -> Split {
    guard dev >= 0, test >= 0, dev + test < 1 else {
      throw .data(
        "fractions \(dev) for dev and \(test) for test, expected at least 0 each and less than 1 together",
        remedy: "the rest is for training")
    }
    var devQuota = RunningQuota(fraction: dev)
    var testQuota = RunningQuota(fraction: test)
    var result = Split()
    for groups in groupsByClass() {
      let count = groups.reduce(0) { $0 + $1.members.count }
      var rest = groups[...]
      let first = rest.removeFirst()
      let forTest = take(testQuota.next(of: count), from: &rest)
      let forDev = take(devQuota.next(of: count), from: &rest)
      testQuota.given += forTest.count
      devQuota.given += forDev.count
      result.test += forTest
      result.dev += forDev
      result.train += first.members + rest.flatMap(\.members)
    }
    result.train.sort()
    result.dev.sort()
    result.test.sort()
    return result
  }

  /// The groups of each class, in the order of assignment; classes by name, the one without a name first.
  func groupsByClass() -> [[Group]] {
    var ranks = [Int](repeating: 0, count: labels.count)
    for (rank, entry) in labels.sorted(by: { $0.key < $1.key }).enumerated() { ranks[Int(entry.value)] = rank }
    let order = keys.indices.sorted { (keys[$0].order, $0) < (keys[$1].order, $1) }
    var classes = [[Group]](repeating: [], count: labels.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, keys[order[end]].order == keys[order[start]].order { end += 1 }
      let members = order[start..<end]
      classes[mostFrequent(members.map { ranks[Int(keys[$0].label)] })].append(
        Group(order: keys[members[members.startIndex]].order, members: members))
      start = end
    }
    return classes.filter { !$0.isEmpty }
  }
}

/// Records of equal text.
struct Group {
  let order: UInt64
  let members: ArraySlice<Int>
}

/// The most frequent of some numbers; the smallest of equally frequent ones.
private func mostFrequent(_ numbers: [Int]) -> Int {
  if numbers.count == 1 { return numbers[0] }
  var best = (number: 0, count: 0)
  var run = 0
  var last: Int?
  for number in numbers.sorted() {
    run = number == last ? run + 1 : 1
    last = number
    if run > best.count { best = (number, run) }
  }
  return best.number
}

/// Takes the groups that bring the number of records nearer to `quota`, in order, and returns their records.
private func take(_ quota: Int, from groups: inout ArraySlice<Group>) -> [Int] {
  var taken: [Int] = []
  var left: [Group] = []
  for group in groups {
    if group.members.count < 2 * (quota - taken.count) { taken += group.members } else { left.append(group) }
  }
  groups = left[...]
  return taken
}

/// How many records of each class a part gets, so that the sum over the classes is also right.
private struct RunningQuota {
  let fraction: Double
  /// How many records the part has so far.
  var given = 0
  private var seen = 0

  init(fraction: Double) { self.fraction = fraction }

  /// The number for a class of `count` records: its fraction, rounded so that the running sum stays right.
  mutating func next(of count: Int) -> Int {
    seen += count
    let share = fraction * Double(count)
    let owed = (fraction * Double(seen)).rounded() - Double(given)
    return Int(min(max(owed, share.rounded(.down)), share.rounded(.up)))
  }
}
