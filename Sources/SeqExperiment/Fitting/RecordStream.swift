package import SeqCore
import SeqData
package import SeqRecords

/// The records of a file in portions, so that a corpus is never in memory as a whole.
package struct RecordStream {
  package let path: String
  package let config: ExperimentConfig

  /// Records of a portion, and bytes of their texts after which it ends.
  private static let records = 8192, bytes = 8 << 20

  /// Calls `body` with one portion after the other.
  ///
  /// - Parameters:
  ///   - isWanted: whether the record of a number is among them.
  /// - Returns: how many records there were.
  @discardableResult
  package func forEachPortion(
    where isWanted: (Int) -> Bool = { _ in true }, _ body: ([Record]) throws(SeqError) -> Void
  ) throws(SeqError) -> Int {
    var (portion, bytes, number) = ([Record](), 0, 0)
    try readRecords(path: path, options: config.data.reading, wanting: config.data.wanted) {
      record throws(SeqError) in
      number += 1
      guard isWanted(number - 1) else { return }
      bytes += record.text?.utf8.count ?? record.tokens?.reduce(0) { $0 + $1.utf8.count + 16 } ?? 0
      portion.append(record)
      guard portion.count == Self.records || bytes >= Self.bytes else { return }
      try body(portion)
      portion.removeAll(keepingCapacity: true)
      bytes = 0
    }
    if !portion.isEmpty { try body(portion) }
    guard number > 0 else { throw .data("holds no records", at: .file(path)) }
    return number
  }
}
