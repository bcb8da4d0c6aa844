import SeqCore
import SeqRecords

/// Reads brat's standoff files: texts (`X.txt`), each with its marked parts in a file `X.ann` next to it. Each line of
/// a text that is not blank is a record.
struct BratReader: RecordReader {
  private(set) var problems = Problems()
  let emptyMessage = "no line of text"
  let file: String
  private let options: ReadingOptions
  private let wanted: Wanted
  private let cutter: SpanCutter
  private let documents: [String]
  private var nextDocument = 0
  /// The lines of the current document that are still to be returned, the last one first.
  private var waiting: [BratDocument.Line] = []

  init(_ path: String, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    file = path
    (self.options, self.wanted) = (options, wanted)
    cutter = try SpanCutter(options)
    documents = try Self.documents(path)
  }

  mutating func next() throws(SeqError) -> Record? {
    while true {
      while let line = waiting.popLast() {
        do throws(SeqError) { return try record(line) } catch { try note(error) }
      }
      guard nextDocument < documents.count else { return nil }
      nextDocument += 1
      do throws(SeqError) {
        var document = try BratDocument(documents[nextDocument - 1], options: options)
        if wanted != .text { try document.mark(options, &problems) }
        waiting = document.lines.reversed()
      } catch {
        try note(error)
      }
    }
  }

  private mutating func note(_ error: SeqError) throws(SeqError) {
    guard error.kind == .data else { throw error }
    for found in error.diagnostics {
      try problems.add(found.message, at: found.place ?? .file(file), remedy: found.remedy)
    }
  }

  private func record(_ line: BratDocument.Line) throws(SeqError) -> Record {
    let path = documents[nextDocument - 1]
    var record = Record(text: line.text, line: line.number, file: path)
    if wanted.includesTags {
      try cutter.cut(line.text, line.spans, into: &record, at: .line(line.number, of: path))
    } else if wanted == .everything {
      record.spans = line.spans.inOrder
    }
    return record
  }

  /// The texts that have a file of annotations, in the order of their names.
  private static func documents(_ path: String) throws(SeqError) -> [String] {
    guard FileSystem.isFolder(path) else {
      let text = path.hasSuffix(".ann") ? String(path.dropLast(4)) + ".txt" : path
      for file in [text, BratDocument.annotations(of: text)] { try checkFile(file) }
      return [text]
    }
    let folder = path.hasSuffix("/") ? path : path + "/"
    let names = FileSystem.names(in: folder).filter { !$0.hasPrefix(".") && $0.hasSuffix(".txt") }
    let annotated = names.filter { FileSystem.exists(BratDocument.annotations(of: folder + $0)) }
    for name in names where !annotated.contains(name) {
      ReadingNotes.add("a text without a file .ann was left out", at: .file(folder + name))
    }
    if annotated.isEmpty { throw .data("no text with a file of annotations (X.txt and X.ann)", at: .file(path)) }
    return annotated.map { folder + $0 }
  }
}
