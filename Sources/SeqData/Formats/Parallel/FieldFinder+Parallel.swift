import SeqCore
import SeqRecords

// Fields in files of texts and of answers.

extension FieldFinder {
  mutating func findInParallel() throws(SeqError) {
    let folder = path.hasSuffix("/") ? path : path + "/"
    var texts = try LineReader(folder + Self.name(options.columns.text, "seq.in", in: folder), options: options)
    let other = wanted == .label ? (options.columns.label, "label") : (options.columns.tag, "seq.out")
    var others =
      wanted == .text ? nil : try LineReader(folder + Self.name(other.0, other.1, in: folder), options: options)
    var pieces: [Range<Int>] = []
    while try texts.next(), texts.number <= last {
      _ = try others?.next()
      for request in requests[texts.number] ?? [] {
        var place = request.role == .text ? texts.place() : others?.place() ?? texts.place()
        if case .tag(let index) = request.role, let others {
          piecesBetweenBlanks(others.line, into: &pieces)
          if index < pieces.count { place = others.place(pieces[index].lowerBound) }
        }
        found[request] = FoundField(place: place, excerpt: excerpt(texts.line[...]))
      }
    }
  }

  /// The name of one of the files in a folder, or of its gzip version.
  private static func name(_ column: ColumnReference?, _ usual: String, in folder: String) -> String {
    var name = usual
    if case .name(let given) = column { name = given }
    return FileSystem.exists(folder + name) ? name : name + ".gz"
  }
}
