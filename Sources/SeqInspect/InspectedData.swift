public import SeqCore
public import SeqData
public import SeqRecords
public import SeqText

/// The files that are looked at together, and how they are read.
public struct InspectedData: Sendable {
  /// One of the files and what it is for.
  public struct Part: Sendable, Hashable {
    /// `train`, `dev` or `test`.
    public var name: String
    /// The file, or the folder of files.
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
  /// Files of word vectors that a config names for the tokens.
  public var vectors: [String] = []

  /// Parts that are all of one format.
  ///
  /// - Parameter wanted: what each record must have; `nil` for what the first part has.
  /// - Throws: `.data` if the name of the first part does not tell the format and none is given, or for a tokenizer that
  ///   cannot be made; `.missingInput` for a part that is not there.
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

  /// What a record's answer is called.
  var answerNoun: String {
    switch wanted {
    case .tags, .tagsAndLabel: "tags"
    case .target: "target"
    case .label, .text, .fields, .everything: "label"
    }
  }
}
