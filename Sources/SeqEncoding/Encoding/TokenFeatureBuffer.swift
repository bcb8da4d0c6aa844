package import SeqRecords
import SeqText

/// What the features of some tokens look at: their word forms, and what feature columns hold.
package struct TokenFeatureBuffer: Sendable {
  /// The word forms in UTF-8, one behind the other, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var columns: [[Int32]] = []
  private var numbers: [Int32] = []

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for k in columns.indices { columns[k].removeAll(keepingCapacity: true) }
  }

  /// Takes some tokens out.
  package mutating func removeSubrange(_ range: Range<Int>) {
    if !ends.isEmpty {
      let start = range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1]
      let count = ends[range.upperBound - 1] - start
      bytes.removeSubrange(start..<start + count)
      ends.removeSubrange(range)
      for i in range.lowerBound..<ends.count { ends[i] -= count }
    }
    for k in columns.indices { columns[k].removeSubrange(range) }
  }

  /// Adds the characters of a token.
  package mutating func append(_ token: ArraySlice<UInt8>, _ features: FeatureEncoder) {
    guard !features.traits.isEmpty else { return }
    bytes += token
    ends.append(bytes.count)
  }

  /// Adds what the columns hold of the last tokens; what nobody told is unknown.
  package mutating func append(columns values: [[String]]?, tokens: Int, _ features: FeatureEncoder) {
    while columns.count < features.columns.count { columns.append([]) }
    for (k, vocabulary) in features.columns.enumerated() {
      if let values = values?[k] {
        for value in values.prefix(tokens) { columns[k].append(vocabulary.id(of: value)) }
      } else {
        columns[k].append(contentsOf: repeatElement(Vocabulary.unknownID, count: tokens))
      }
    }
  }

  /// What a dataset keeps of some tokens beside their ids.
  /// - Parameters:
  ///   - range: the tokens.
  ///   - rest: more of them, which follow.
  package mutating func extras(
    _ range: Range<Int>, and rest: Range<Int> = 0..<0, _ index: inout WordFormIndex?, _ table: inout WordFormTable?
  ) -> [ArraySlice<Int32>] {
    var extras: [ArraySlice<Int32>] = []
    if index != nil {
      numbers.removeAll(keepingCapacity: true)
      for part in [range, rest] {
        for i in part {
          let wordForm = bytes[(i == 0 ? 0 : ends[i - 1])..<ends[i]]
          numbers.append(index?.number(of: wordForm, in: &table) ?? 0)
        }
      }
      extras.append(numbers[...])
    }
    return extras + columns.map { rest.isEmpty ? $0[range] : $0[range] + $0[rest] }
  }
}
