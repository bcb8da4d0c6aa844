import SeqCore
import SeqRecords

/// Finds where the tags begin in the bytes of a sentence.
struct SentenceTagPlaces {
  private let layout: SentenceLayout
  private let comments: SentenceComments

  init(of path: String, format: DataFormat, options: ReadingOptions) throws(SeqError) {
    layout = try SentenceLayout(
      conllu: format == .conllu ? ConlluColumns(of: path, options: options) : nil, columns: options.columns,
      wanting: .tags, file: path)
    comments = SentenceComments(of: path, format: format, options: options)
  }

  func starts(in record: [UInt8]) -> [Int] {
    var starts: [Int] = []
    for line in record.split(separator: Byte.lineFeed, omittingEmptySubsequences: false) {
      let content = Array(line)
      guard let pieces = wordPieces(content, isFirst: starts.isEmpty), let column = layout.tag(of: pieces.count) else {
        continue
      }
      starts.append(line.startIndex + pieces[column].lowerBound)
    }
    return starts
  }

  /// The columns of a line that holds a token; `nil` for any other.
  private func wordPieces(_ line: [UInt8], isFirst: Bool) -> [Range<Int>]? {
    let isComment = comments.contains(line, isBeforeTokens: isFirst)
    let isDocument = !layout.isConllu && line.starts(with: "-DOCSTART-".utf8)
    if isComment || isDocument || line.allSatisfy({ Byte.isBlank($0) || $0 == Byte.carriageReturn }) { return nil }
    var pieces: [Range<Int>] = []
    sentencePieces(lineContent(line), isConllu: layout.isConllu, into: &pieces)
    return layout.isWord(line, pieces) ? pieces : nil
  }
}
