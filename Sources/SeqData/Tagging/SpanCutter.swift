import SeqCore
import SeqRecords
import SeqTags
import SeqText

/// Splits texts with marked spans into tokens and their tags.
struct SpanCutter {
  private let tokenizer: Tokenizer
  private let options: ReadingOptions

  /// - Throws: what reading a tokenizer's file throws.
  init(_ options: ReadingOptions) throws(SeqError) {
    self.options = options
    tokenizer = try Tokenizer(options.segmentation)
  }

  /// Replaces the text of a record by its tokens and tags.
  /// - Throws: `.data` if its spans fit no tokens, or overlap.
  func cut(_ text: String, _ spans: [LabelledSpan], into record: inout Record, at place: Place) throws(SeqError) {
    let cut = TokenRanges(cutting: text, tokenizer)
    do throws(SpanFault) {
      record.tags = try SpanTags.tags(
        of: spans, tokens: cut.tokens, at: cut.ranges, scheme: .iob2, misaligned: options.misaligned
      ) { ReadingNotes.add($0, at: place) }
    } catch {
      throw .data(
        error.message, at: place,
        remedy: error.remedy(options.naming, of: spans, in: text, cutting: options.segmentation))
    }
    (record.text, record.tokens) = (nil, cut.tokens)
  }
}
