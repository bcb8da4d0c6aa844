package import SeqCore
package import SeqRecords

/// A field of a record whose place in the file is wanted.
package struct FieldRequest: Hashable, Sendable {
  package enum Role: Hashable, Sendable {
    case text, label
    /// The tag of a token, counted from 0.
    case tag(Int)
  }

  /// The file of the record, where a format has several.
  package let file: String?
  /// The line where the record starts.
  package let line: Int
  package let role: Role

  package init(file: String? = nil, line: Int, role: Role) { (self.file, self.line, self.role) = (file, line, role) }
}

/// Where a field is, and the start of the record's text.
package struct FoundField: Sendable {
  package var place: Place
  package var excerpt: String
}

/// Finds the places of some fields by reading the file again.
///
/// A record only holds the line where it starts, so that millions of records stay small. Columns are only computed for
/// the few records that a message is about. A field that cannot be found is missing from the result.
package struct FieldFinder {
  static let excerptBytes = 160

  let path: String
  let format: DataFormat
  let options: ReadingOptions
  let wanted: Wanted
  /// The wanted fields, by the first line of their record.
  private(set) var requests: [Int: [FieldRequest]] = [:]
  /// The last line with a wanted field.
  private(set) var last = 0
  var found: [FieldRequest: FoundField] = [:]

  private init(_ path: String, _ format: DataFormat, _ options: ReadingOptions, _ wanted: Wanted) {
    (self.path, self.format, self.options, self.wanted) = (path, format, options, wanted)
  }

  /// The places of fields.
  package static func find(
    _ requests: Set<FieldRequest>, path: String, format: DataFormat, options: ReadingOptions, wanting wanted: Wanted
  ) throws(SeqError) -> [FieldRequest: FoundField] {
    var found: [FieldRequest: FoundField] = [:]
    for (file, requests) in Dictionary(grouping: requests, by: \.file) {
      var finder = FieldFinder(file ?? path, format, options, wanted)
      finder.requests = Dictionary(grouping: requests, by: \.line)
      finder.last = finder.requests.keys.max() ?? 0
      finder = try ReadingNotes.withoutNotes { () throws(SeqError) in
        try ProblemLog().collecting { () throws(SeqError) in
          var finder = finder
          try format.descriptor.find(&finder)
          return finder
        }
      }
      found.merge(finder.found) { first, _ in first }
    }
    return found
  }

  func excerpt(_ bytes: ArraySlice<UInt8>) -> String { decoded(bytes.prefix(Self.excerptBytes)) }

  /// Finds fields in formats with one example per line.
  mutating func findInLines() throws(SeqError) {
    var lines = try LineReader(path, options: options)
    while try lines.next(), lines.number <= last {
      guard let here = requests[lines.number] else { continue }
      let fields = FieldPlaces(lines.line, format: format, columns: options.columns)
      let words = Array(fields.words.map { lines.line[$0] }.joined(separator: [Byte.blank]))
      let text = excerpt(words.isEmpty ? lines.line[fields.text] : words[...])
      for request in here {
        var offset = fields.text.lowerBound
        switch request.role {
        case .text: break
        case .label: offset = fields.label
        case .tag(let token): if fields.tags.indices.contains(token) { offset = fields.tags[token] }
        }
        found[request] = FoundField(place: lines.place(offset), excerpt: text)
      }
    }
  }
}
