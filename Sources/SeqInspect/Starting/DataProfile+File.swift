package import SeqCore
import SeqData
package import SeqRecipes
import SeqRecords
import SeqText

extension DataProfile {
  /// Reads a file as the project will.
  ///
  /// - Parameter file: gets the tokenizer for which its spans begin and end with tokens.
  /// - Throws: what reading throws.
  package init(_ file: inout StartingFile) throws(SeqError) {
    var counting = ProfileCounting()
    var hasSpans = file.wanted == .tags && file.format.holdsSpans
    if hasSpans { hasSpans = try Self.hasSpans(file) }
    if hasSpans {
      // Taggers of Chinese work best on characters; those of other scripts learn from words.
      var texts = ProfileCounting()
      try texts.read(file, wanting: .text)
      file.cut(by: texts.profile(.text).isChinese ? .character : .word)
    }
    try counting.read(file, wanting: file.wanted)
    self = counting.profile(file.wanted)
    if hasSpans { spanTokenizer = file.reading.segmentation.kind }
  }

  private static func hasSpans(_ file: StartingFile) throws(SeqError) -> Bool {
    var hasSpans = false
    do throws(SeqError) {
      try readRecords(path: file.path, options: file.reading, wanting: .everything) { record throws(SeqError) in
        hasSpans = record.tokens == nil && record.spans != nil
        throw .usage("enough")
      }
    } catch { if error.kind != .usage { throw error } }
    return hasSpans
  }
}

extension ProfileCounting {
  /// Reads without notes, because the check that follows reads the same files.
  fileprivate mutating func read(_ file: StartingFile, wanting wanted: Wanted) throws(SeqError) {
    try ReadingNotes.withoutNotes { () throws(SeqError) in
      try readRecords(path: file.path, options: file.reading, wanting: wanted) { record in add(record) }
    }
  }
}
