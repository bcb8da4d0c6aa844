package import SeqCore
package import SeqRecords
import SeqText

/// Gives numbers to the word forms of a dataset, in the order in which they come.
package struct WordFormIndex {
  private let encoder: FeatureEncoder
  private var index = ByteIndex()

  /// nil if no feature looks at word forms.
  package init?(_ encoder: FeatureEncoder?) {
    guard let encoder, !encoder.traits.isEmpty else { return nil }
    self.encoder = encoder
  }

  /// The number of a word form; a new one is added to the table.
  package mutating func number(of wordForm: ArraySlice<UInt8>, in table: inout WordFormTable?) -> Int32 {
    let (number, isNew) = index.insert(wordForm)
    if isNew { table?.append { encoder.append($0, of: wordForm, to: &$1) } }
    return Int32(number + 1)
  }

  package mutating func removeAll() { index = ByteIndex() }

  /// The word forms in the order of their numbers, as a file has them.
  package var text: String {
    Vocabulary((0..<index.count).map { String(decoding: index[$0], as: UTF8.self) }).text()
  }

  /// Reads what `text` wrote.
  package static func table(parsing text: String, file: String, _ encoder: FeatureEncoder) throws(SeqError)
    -> WordFormTable?
  {
    var table = encoder.emptyTable
    for wordForm in try Vocabulary(parsing: text, file: file).entries {
      table?.append { encoder.append($0, of: Array(wordForm.utf8)[...], to: &$1) }
    }
    return table
  }
}
