public import SeqCore
public import SeqData
public import SeqText

/// The files that are looked at together, and how they are read.
public struct InspectedData: Sendable {
  /// One of the files and what it is for.
  public struct Part: Sendable, Hashable {
    /// `train`, `dev` or `test`.
    public var name: String
    /// The file, or the folder of parallel files.
    public var path: String

    /// A part of a name.
    public init(name: String, path: String) { (self.name, self.path) = (name, path) }
  }

  /// The parts, the one to learn from first.
  public var parts: [Part]
  /// How all of them are read; its format is set.
  public var reading: ReadingOptions
  /// What each record must have.
  public var wanted: Wanted
  /// How texts are cut into tokens, for lengths and vocabularies.
  public var tokenizer: Tokenizer

  /// Parts that are all of one format.
  ///
  /// - Throws: `.data` if the name of the first part does not tell the format and none is given, `.missingInput` for a
  ///   part that is not there.
  public init(
    parts: [Part], reading: ReadingOptions, wanted: Wanted, tokenizer: TokenizerSettings
  ) throws(SeqError) {
    self.parts = parts
    self.reading = reading
    self.wanted = wanted
    self.tokenizer = try Tokenizer(tokenizer)
    for part in parts where !FileSystem.exists(part.path) { throw FileSystem.missing(part.path) }
    guard reading.format == nil, let first = parts.first else { return }
    self.reading.format = DataFormat(of: first.path)
    if self.reading.format == nil {
      let kinds = DataFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw .data("the name does not tell the format", at: .file(first.path), remedy: "try --format \(kinds)")
    }
  }

  /// The format of the parts.
  var format: DataFormat { reading.format ?? .lines }

  /// The files that hold the bytes of a part: several for parallel files.
  func files(of part: Part) -> [String] {
    guard format == .parallel else { return [part.path] }
    let folder = part.path.hasSuffix("/") ? part.path : part.path + "/"
    let columns = reading.columns
    let other: (ColumnReference?, String)? =
      switch wanted {
      case .text, .target, .everything: nil
      case .label: (columns.label, "label")
      case .tags: (columns.tag, "seq.out")
      }
    let names = [(columns.text, "seq.in"), other].compactMap(\.self).map { column, usual in
      if case .name(let name) = column { name } else { usual }
    }
    return names.map { FileSystem.exists(folder + $0) ? folder + $0 : folder + $0 + ".gz" }
  }
}
