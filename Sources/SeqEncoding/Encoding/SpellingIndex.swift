package import SeqCore
package import SeqRecords
import SeqText

/// Gives numbers to the spellings of a dataset, in the order in which they come.
package struct SpellingIndex {
  private let encoder: ViewEncoder
  private var index = ByteIndex()

  /// nil if no view looks at spellings.
  package init?(_ encoder: ViewEncoder?) {
    guard let encoder, !encoder.features.isEmpty else { return nil }
    self.encoder = encoder
  }

  /// The number of a spelling; a new one is added to the table.
  package mutating func number(of spelling: ArraySlice<UInt8>, in table: inout SpellingTable?) -> Int32 {
    let (number, isNew) = index.insert(spelling)
    if isNew { table?.append { encoder.append($0, of: spelling, to: &$1) } }
    return Int32(number + 1)
  }

  package mutating func removeAll() { index = ByteIndex() }

  /// The spellings in the order of their numbers, as a file has them.
  package var text: String {
    Vocabulary((0..<index.count).map { String(decoding: index[$0], as: UTF8.self) }).text()
  }

  /// Reads what `text` wrote.
  package static func table(parsing text: String, file: String, _ encoder: ViewEncoder) throws(SeqError)
    -> SpellingTable?
  {
    var table = encoder.emptyTable
    for spelling in try Vocabulary(parsing: text, file: file).entries {
      table?.append { encoder.append($0, of: Array(spelling.utf8)[...], to: &$1) }
    }
    return table
  }
}
