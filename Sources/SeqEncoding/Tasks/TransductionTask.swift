package import SeqCore
package import SeqModel
package import SeqRecords
package import SeqText

/// Many-to-many of unequal length: an encoder reads a text and a decoder writes another.
package struct TransductionTask: TaskDefinition {
  package init() {}

  package var name: SequenceTask { .transduction }
  package var answers: AnswerKind { .otherText }
  package var answer: String { "text" }
  package var topology: Topology { .encoderDecoder }
  package var wanted: Wanted { .target }
  package var usualTokenizer: TokenizerSettings.Kind { .character }
  package var readsStartOfLongTexts: Bool { true }

  package func classes(_ encoder: SequenceEncoder) -> Int { encoder.target?.vocabulary.count ?? 0 }

  package func encode(_ record: Record, _ encoder: SequenceEncoder, into buffer: inout SequenceBuffer) -> Int {
    let count = encoder.append(record, to: &buffer, limit: ModelSettings.longestText)
    let start = buffer.labels.count
    if let target = encoder.target {
      target.tokenizer.forEachUTF8Token(in: record.target ?? "") { token, _ in
        guard buffer.labels.count - start < ModelSettings.longestText else { return }
        buffer.labels.append(target.vocabulary.id(ofUTF8: token))
      }
    }
    buffer.labels.append(TargetRows.end)
    return count
  }

  package func answers(of record: Record, _ encoder: SequenceEncoder) -> [String] { [record.target ?? ""] }

  package func targetTokenizer(_ config: ModelConfig) throws(SeqError) -> Tokenizer? {
    try Tokenizer(config.targetTokenizer)
  }

  package func network(_ config: ModelConfig, _ encoder: SequenceEncoder) -> TransductionModel {
    TransductionModel(
      settings: config.model, vocabularySize: encoder.vocabulary.count, targetSize: encoder.classCount)
  }

  package func readEncoder(
    from files: EncoderFiles, _ config: ModelConfig, _ tokenizer: Tokenizer, _ vocabulary: Vocabulary
  ) throws(SeqError) -> SequenceEncoder {
    let target = TargetSide(
      tokenizer: try Tokenizer(config.targetTokenizer),
      vocabulary: try files.readVocabulary(
        EncoderFiles.targetTokens, entries: config.targetVocabulary.maximumSize))
    return SequenceEncoder(
      config, tokenizer: tokenizer, vocabulary: vocabulary, labels: LabelSet([]), target: target)
  }

  package func writeAnswers(of encoder: SequenceEncoder, to folder: String) throws(SeqError) {
    guard let target = encoder.target else { return }
    try FileSystem.write(target.vocabulary.text(), to: folder + "/" + EncoderFiles.targetTokens)
    if let subwords = target.tokenizer.subwords {
      try FileSystem.write(subwords.text(), to: folder + "/" + EncoderFiles.targetSubwords)
    }
  }
}
