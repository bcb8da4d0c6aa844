public import SeqCore
public import SeqData
public import SeqRecords
public import SeqText

/// The files that are inspected together, and how they are read.
public struct InspectedData: Sendable {
  /// One of the files and its role.
  public struct Part: Sendable, Hashable {
    /// `train`, `dev` or `test`.
    public var name: String
    /// The file, or the folder of files.
    public var path: String

    /// A part with a name.
    public init(name: String, path: String) { (self.name, self.path) = (name, path) }
  }

  /// The parts, the one to learn from first.
  public var parts: [Part]
  /// How all of them are read; its format is set.
  public var reading: ReadingOptions
  /// What each record must have.
  public var wanted: Wanted
  /// How texts are split into tokens, for lengths and vocabularies.
  public var tokenizer: Tokenizer
  /// Files of word vectors that a config names for the tokens.
  public var vectors: [String] = []

  /// Parts that all have one format.
  ///
  /// - Parameter wanted: what each record must have; `nil` for what the first part has.
  /// - Throws: `.data` if the format is neither given nor detected from the name of the first part, or for a tokenizer
  ///   that cannot be made; `.missingInput` for a part that does not exist.
  public init(
    parts: [Part], reading: ReadingOptions, wanted: Wanted?, tokenizer: TokenizerSettings
  ) throws(SeqError) {
    self.parts = parts
    self.reading = reading
    self.tokenizer = try Tokenizer(tokenizer)
    try FileSystem.checkAllExist(parts.map(\.path))
    if reading.format == nil, let first = parts.first {
      self.reading.format = DataFormat(of: first.path)
      if self.reading.format == nil {
        throw .data(
          "the format cannot be detected from the name", at: .file(first.path), remedy: reading.naming.formats)
      }
    }
    self.wanted = wanted ?? .text
    if wanted == nil, let first = parts.first { self.wanted = try DataFormat.usualAnswer(of: first.path, self.reading) }
  }

  /// The format of the parts.
  var format: DataFormat { reading.format ?? .lines }

  /// The noun for a record's answer.
  var answerNoun: String {
    switch wanted {
    case .tags, .tagsAndLabel: "tags"
    case .target: "target"
    case .label, .text, .fields, .everything: "label"
    }
  }
}
