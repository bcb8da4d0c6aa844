package import SeqCore

/// A field of a record whose place in the file is asked for.
package struct FieldRequest: Hashable, Sendable {
  package enum Role: Hashable, Sendable {
    case text, label
    /// The tag of a token, counted from 0.
    case tag(Int)
  }

  /// The line where the record starts.
  package let line: Int
  package let role: Role

  package init(line: Int, role: Role) { (self.line, self.role) = (line, role) }
}

/// Where a field is, and the start of the record's text.
package struct FoundField: Sendable {
  package var place: Place
  package var excerpt: String
}

/// Finds the places of some fields by reading the file once more.
///
/// Records carry the line where they start and no more, so that millions of them stay small; columns are only worked
/// out for the few that a message is about. A field that cannot be found, or of a format without columns, is missing in
/// the result.
package struct FieldFinder {
  private static let excerptBytes = 160

  private let path: String
  private let format: DataFormat
  private let options: ReadingOptions
  private let wanted: Wanted

  package init(path: String, format: DataFormat, options: ReadingOptions, wanting wanted: Wanted) {
    (self.path, self.format, self.options, self.wanted) = (path, format, options, wanted)
  }

  /// The places of fields.
  package func find(_ requests: Set<FieldRequest>) throws(SeqError) -> [FieldRequest: FoundField] {
    guard let last = requests.map(\.line).max() else { return [:] }
    let byLine = Dictionary(grouping: requests, by: \.line)
    let log = ProblemLog()
    return try log.collecting { () throws(SeqError) in
      if format == .csv || format == .tsv { return try findInTable(byLine, last) }
      if format == .columns || format == .conllu { return try findInSentences(byLine, last) }
      if format == .labelled || format == .lines { return try findInLines(byLine, last) }
      return format == .parallel ? try findInParallel(byLine, last) : [:]
    }
  }

  private func excerpt(_ bytes: ArraySlice<UInt8>) -> String { decoded(bytes.prefix(Self.excerptBytes)) }

  private func findInTable(
    _ requests: [Int: [FieldRequest]], _ last: Int
  ) throws(SeqError) -> [FieldRequest: FoundField] {
    var rows = try TableRows(path, format: format, options: options)
    guard try rows.next() else { return [:] }
    let layout = try TableLayout(firstRow: rows, options: options, wanting: wanted)
    var found: [FieldRequest: FoundField] = [:]
    repeat {
      for request in requests[rows.firstLine] ?? [] where rows.fields.count == layout.width {
        let column = request.role == .label ? layout.label ?? layout.text : layout.text
        found[request] = FoundField(place: rows.place(ofField: column), excerpt: excerpt(rows.fields[layout.text]))
      }
      if rows.firstLine >= last { break }
    } while try rows.next()
    return found
  }

  private func findInLines(
    _ requests: [Int: [FieldRequest]], _ last: Int
  ) throws(SeqError) -> [FieldRequest: FoundField] {
    var lines = try LineReader(path, options: options)
    var found: [FieldRequest: FoundField] = [:]
    while try lines.next(), lines.number <= last {
      for request in requests[lines.number] ?? [] {
        let blank = format == .lines ? nil : lines.line.firstIndex(where: Byte.isBlank)
        let text = format == .lines ? 0 : blank.map { $0 + 1 } ?? lines.line.count
        let offset = request.role == .label ? 0 : text
        found[request] = FoundField(place: lines.place(offset), excerpt: excerpt(lines.line[text...]))
      }
    }
    return found
  }

  private func findInParallel(
    _ requests: [Int: [FieldRequest]], _ last: Int
  ) throws(SeqError) -> [FieldRequest: FoundField] {
    let folder = path.hasSuffix("/") ? path : path + "/"
    var texts = try LineReader(folder + Self.name(options.columns.text, "seq.in", in: folder), options: options)
    let other = wanted == .label ? (options.columns.label, "label") : (options.columns.tag, "seq.out")
    var others =
      wanted == .text ? nil : try LineReader(folder + Self.name(other.0, other.1, in: folder), options: options)
    var found: [FieldRequest: FoundField] = [:]
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
    return found
  }

  /// The name of one of the files in a folder, or of its gzip twin.
  private static func name(_ column: ColumnReference?, _ usual: String, in folder: String) -> String {
    var name = usual
    if case .name(let given) = column { name = given }
    return FileSystem.exists(folder + name) ? name : name + ".gz"
  }

  private func findInSentences(
    _ requests: [Int: [FieldRequest]], _ last: Int
  ) throws(SeqError) -> [FieldRequest: FoundField] {
    var lines = try LineReader(path, options: options)
    let layout = try SentenceLayout(format: format, columns: options.columns, wanting: wanted, file: lines.file)
    var found: [FieldRequest: FoundField] = [:]
    var open: [FieldRequest] = []
    var token = 0
    var width = 0
    var pieces: [Range<Int>] = []
    while try lines.next() {
      if lines.line.allSatisfy(Byte.isBlank) {
        if lines.number > last { break }
        open = []
        continue
      }
      if let here = requests[lines.number] { (open, token) = (here, 0) }
      if open.isEmpty { continue }
      if layout.isConllu || lines.line.contains(Byte.tab) {
        piecesBetweenTabs(lines.line, into: &pieces)
      } else {
        piecesBetweenBlanks(lines.line, into: &pieces)
      }
      if width == 0 { width = pieces.count }
      let isWord = !layout.isConllu || Int(decoded(lines.line[pieces[0]])) != nil
      guard isWord, pieces.count == width, let word = layout.token(of: width), let tag = layout.tag(of: width) else {
        continue
      }
      let text = decoded(lines.line[pieces[word]])
      for request in open {
        if let text = found[request]?.excerpt.utf8.count, text > Self.excerptBytes, request.role == .text { continue }
        take(request, token, text, lines.place(pieces[tag].lowerBound), lines.place(pieces[word].lowerBound), &found)
      }
      token += 1
    }
    return found
  }

  /// Takes a token of a sentence that something is asked about.
  private func take(
    _ request: FieldRequest, _ token: Int, _ text: String, _ tag: Place, _ word: Place,
    _ found: inout [FieldRequest: FoundField]
  ) {
    switch request.role {
    case .tag(let index):
      if index == token { found[request] = FoundField(place: tag, excerpt: text) }
    case .text, .label:
      if token == 0 {
        found[request] = FoundField(place: word, excerpt: text)
      } else {
        found[request]?.excerpt += " " + text
      }
    }
  }
}
