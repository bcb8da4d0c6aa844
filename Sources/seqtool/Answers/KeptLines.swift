import SeqCore
import SequenceToolkit

/// Writes sentences in columns as they were read, with tags: in CoNLL-U in their own column, in other formats in a
/// further column.
struct KeptLines: Sendable {
  /// What is written for a token.
  struct Token {
    var tag: String
    var probability: Double?
    var range: Range<Int>?
  }

  /// The lines of a sentence.
  /// - Returns: nil if the sentence has other tokens than those that were tagged.
  static func bytes(of record: Record, _ tokens: [Token]) -> [UInt8]? {
    guard let details = record.details, details.lines.count(where: \.isToken) == tokens.count else { return nil }
    return details.bytes { line, number in
      details.layout?.traits.hasTagColumn == true ? wordLine(line, tokens[number]) : longer(line, tokens[number])
    }
  }

  private static func longer(_ line: SentenceLine, _ token: Token) -> [UInt8] {
    let separator = line.text.utf8.contains(0x09) ? "\t" : " "
    var cells = [RecordWriter.cell(token.tag)]
    if let probability = token.probability { cells.append(probability.fixed()) }
    if let range = token.range { cells += ["\(range.lowerBound)", "\(range.upperBound)"] }
    return Array(([line.text] + cells).joined(separator: separator).utf8)
  }

  /// The probability is in the last column, MISC.
  private static func wordLine(_ line: SentenceLine, _ token: Token) -> [UInt8] {
    let bytes = line.bytes(tag: RecordWriter.cell(token.tag))
    guard let probability = token.probability else { return bytes }
    let isEmpty = bytes.suffix(2) == [0x09, UInt8(ascii: "_")]
    return (isEmpty ? bytes.dropLast() : bytes + [UInt8(ascii: "|")]) + Array("Probability=\(probability.fixed())".utf8)
  }
}
