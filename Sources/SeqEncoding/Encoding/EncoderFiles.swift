import SeqConfig
package import SeqCore
import SeqModel
package import SeqText

/// The files of an encoder in a model's folder: vocabularies, labels, and what cuts texts into tokens.
package struct EncoderFiles: Sendable {
  /// The model's folder.
  package let path: String

  /// - Parameter path: the model's folder.
  package init(_ path: String) { self.path = path }

  /// The tokens that the model knows, as seen from its folder.
  package static let tokens = "vocabulary/tokens.txt"
  /// The pieces of a model that cuts texts into subwords.
  package static let subwords = "vocabulary/subwords.txt"
  /// The same of what a model writes, and the tokens it writes.
  package static let targetSubwords = "vocabulary/target-subwords.txt", targetTokens = "vocabulary/target-tokens.txt"
  /// Where raw text is cut otherwise than by its kind of tokenizer.
  package static let rawCuts = "vocabulary/raw-cuts.txt"
  /// The labels of whole texts, and those of whole texts beside their tags.
  package static let labels = "vocabulary/labels.txt", sequenceLabels = "vocabulary/sequence-labels.txt"

  /// Reads the encoder of a model.
  /// - Throws: `.missingInput` or `.data` if a file is not there or damaged.
  package func read(_ config: ModelConfig) throws(SeqError) -> SequenceEncoder {
    let entries = config.vocabulary.maximumSize + config.vocabulary.fromVectors
    let vocabulary = try readVocabulary(Self.tokens, entries: entries)
    return try config.task.definition.readEncoder(from: self, config, try config.makeTokenizer(), vocabulary)
  }

  /// Checks that the files are there that a config names, and are the model's own.
  package func check(_ config: ModelConfig) throws(SeqError) {
    for (pieces, name) in [
      (config.tokenizer.file, Self.subwords), (config.targetTokenizer.file, Self.targetSubwords),
      (config.rawText.file, Self.rawCuts),
    ] {
      guard let pieces else { continue }
      guard FileSystem.exists(pieces) else { throw .data("the model is damaged: \(name) missing", at: .file(path)) }
      _ = try ContainedFile(pieces, in: path, limit: Self.textLimit())
    }
  }

  /// The most bytes of a file of vocabulary: 64 MiB, or of a large one, a KiB an entry.
  private static func textLimit(entries: Int = 0) -> Int {
    min(FileSystem.readLimit, max(64 << 20, entries.multipliedReportingOverflow(by: 1024).partialValue))
  }

  private func readText(_ name: String, entries: Int = 0) throws(SeqError) -> String {
    try ContainedFile(path + "/" + name, in: path, limit: Self.textLimit(entries: entries)).readText()
  }

  package func readVocabulary(_ name: String, entries: Int) throws(SeqError) -> Vocabulary {
    try Vocabulary(parsing: readText(name, entries: entries), file: path + "/" + name)
  }

  package func readLabels(_ name: String) throws(SeqError) -> LabelSet {
    try LabelSet(parsing: readText(name), file: path + "/" + name)
  }

  package func readFeatures(_ config: ModelConfig) throws(SeqError) -> FeatureEncoder? {
    let inputs = config.model.features
    return inputs.isEmpty ? nil : try FeatureEncoder(reading: path + "/vocabulary", for: inputs)
  }

  package func readSequenceLabels(_ config: ModelConfig) throws(SeqError) -> LabelSet? {
    if config.model.sentenceLabel == nil { return nil }
    guard FileSystem.exists(path + "/" + Self.sequenceLabels) else {
      throw .data("the model is damaged: \(Self.sequenceLabels) missing", at: .file(path))
    }
    return try readLabels(Self.sequenceLabels)
  }

  /// Writes the files of an encoder.
  package func write(_ encoder: SequenceEncoder) throws(SeqError) {
    try FileSystem.makeFolder(path + "/vocabulary")
    try FileSystem.write(encoder.vocabulary.text(), to: path + "/" + Self.tokens)
    try encoder.features?.write(to: path + "/vocabulary")
    if let subwords = encoder.tokenizer.subwords {
      try FileSystem.write(subwords.text(), to: path + "/" + Self.subwords)
    }
    if let cuts = encoder.tokenizer.cuts { try FileSystem.write(cuts.text(), to: path + "/" + Self.rawCuts) }
    try encoder.definition.writeAnswers(of: encoder, to: path)
  }
}
