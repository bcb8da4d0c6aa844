package import SeqCore
import SeqData
package import SeqEncoding
import SeqRecords
package import SeqText

/// A long text that is read as one stream of tokens, the ends of its lines among them.
package struct StreamText {
  /// A line, or the part of one where a text was cut.
  private struct Line {
    let text: String
    /// Whether the line ends here.
    let isEnded: Bool

    var characters: Int { text.unicodeScalars.count + (isEnded ? 1 : 0) }
  }

  private let lines: [Line]
  /// Unicode scalars, one for the end of each line.
  package let characters: Int

  /// Reads a file, of which every record is a line, or all files of a pattern such as `tunes/*.abc`, in the order of
  /// their names.
  package init(_ path: String, _ config: ExperimentConfig) throws(SeqError) {
    var lines: [Line] = []
    for file in try Self.files(path, config) {
      for record in try LoadedData.read(file, config) {
        lines.append(Line(text: record.text ?? record.tokens?.joined(separator: " ") ?? "", isEnded: true))
      }
    }
    self.init(lines)
  }

  private static func files(_ path: String, _ config: ExperimentConfig) throws(SeqError) -> [String] {
    let name = path.split(separator: "/").last ?? ""
    let ends = name.split(separator: "*", omittingEmptySubsequences: false)
    guard ends.count == 2, !FileSystem.exists(path) else { return [path] }
    let folder = FileSystem.folder(of: path)
    let names = FileSystem.names(in: folder).filter {
      $0.utf8.count + 1 >= name.utf8.count && $0.hasPrefix(ends[0]) && $0.hasSuffix(ends[1])
        && !FileSystem.isFolder(folder + "/" + $0)
    }
    guard !names.isEmpty else { throw .missingInput("no file has such a name", at: .file(path)) }
    return names.map { folder + "/" + $0 }
  }

  private init(_ lines: [Line]) {
    self.lines = lines
    characters = lines.reduce(0) { $0 + $1.characters }
  }

  /// The first characters, and the others.
  package func cut(at count: Int) -> (StreamText, StreamText) {
    var (first, second, seen): ([Line], [Line], Int) = ([], [], 0)
    for line in lines {
      let rest = count - seen
      seen += line.characters
      if rest >= line.characters {
        first.append(line)
      } else if rest <= 0 {
        second.append(line)
      } else {
        let scalars = line.text.unicodeScalars
        let border = scalars.index(scalars.startIndex, offsetBy: rest)
        first.append(Line(text: String(line.text[..<border]), isEnded: false))
        second.append(Line(text: String(line.text[border...]), isEnded: line.isEnded))
      }
    }
    return (StreamText(first), StreamText(second))
  }

  /// Cuts off the last parts: training, dev and test stand in this order in the text.
  package func split(_ split: SplitSettings) -> (train: StreamText, dev: StreamText, test: StreamText) {
    let total = Double(characters)
    let (rest, test) = cut(at: Int(total * (1 - split.test)))
    let (train, dev) = rest.cut(at: Int(total * (1 - split.test - split.dev)))
    return (train, dev, test)
  }

  /// Calls `body` with each token, in UTF-8.
  package func forEachToken(_ tokenizer: Tokenizer, _ body: (ArraySlice<UInt8>) -> Void) {
    let lineEnd = Detokenizer.lineEnd(for: tokenizer).map { Array($0.utf8)[...] }
    for line in lines {
      tokenizer.forEachUTF8Token(in: line.text) { token, _ in body(token) }
      if line.isEnded { for token in lineEnd { body(token) } }
    }
  }

  /// The tokens as ids.
  package func ids(_ encoder: SequenceEncoder) -> [Int32] {
    var ids: [Int32] = []
    forEachToken(encoder.tokenizer) { ids.append(encoder.vocabulary.id(ofUTF8: $0)) }
    return ids
  }
}
