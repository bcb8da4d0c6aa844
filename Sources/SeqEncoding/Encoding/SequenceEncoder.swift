import SeqCore
import SeqModel
package import SeqRecords
package import SeqTags
package import SeqTensor
package import SeqText

/// Turns records into ids: the tokeniser, the vocabulary and the labels of one model.
package struct SequenceEncoder: Sendable {
  /// What is peculiar to the task.
  package let definition: any TaskDefinition
  package var task: SequenceTask { definition.name }
  package let tokenizer: Tokenizer
  package let vocabulary: Vocabulary
  package let labels: LabelSet
  /// Of whole texts, beside their tags; nil if there are none.
  package let sequenceLabels: LabelSet?
  /// The scheme that tags are brought into; nil for that of the files.
  package let scheme: TagScheme?
  /// The scheme that tags are written in, if it is another than they were learned in.
  package let writtenScheme: TagScheme?
  /// The scheme of the learned tags; nil if they mark no spans.
  package let tagScheme: TagScheme?
  /// What targets are made of, if texts are to be turned into others; there are no labels then.
  package let target: TargetSide?
  /// What the model's features look up, if it has several.
  package let features: FeatureEncoder?
  private let words: WordLookup
  /// Of a bag: the n-grams that it holds beside the tokens.
  package let ngrams: NGramHash?
  /// Of a classifier: what is read of long texts.
  package let longTexts: LongTexts
  /// What is added to the network's scores; nil for nothing.
  package var linear: LinearScorer?

  package init(
    _ config: ModelConfig, tokenizer: Tokenizer, vocabulary: Vocabulary, labels: LabelSet,
    sequenceLabels: LabelSet? = nil, writtenScheme: TagScheme? = nil, tagScheme: TagScheme? = nil,
    target: TargetSide? = nil, features: FeatureEncoder? = nil
  ) {
    definition = config.task.definition
    longTexts = config.texts.longTexts
    self.tokenizer = tokenizer
    self.vocabulary = vocabulary
    self.labels = labels
    self.target = target
    self.sequenceLabels = sequenceLabels
    scheme = config.texts.scheme
    self.writtenScheme = writtenScheme ?? config.inference.scheme
    self.tagScheme =
      config.task.tagsTokens
      ? scheme ?? tagScheme ?? config.inference.learnedScheme ?? TagGrammar.detect(labels.labels) : nil
    self.features = features
    words = WordLookup(vocabulary, config)
    ngrams =
      definition.topology == .bag && config.model.ngrams > 1
      ? NGramHash(longest: config.model.ngrams, buckets: config.model.buckets, first: vocabulary.count) : nil
  }

  /// The id of a token in UTF-8.
  @inline(__always)
  package func id(ofUTF8 token: ArraySlice<UInt8>) -> Int32 { words.id(ofUTF8: token) }

  /// Data without sequences, for texts of the encoder's task.
  package var emptyData: EncodedDataset {
    if definition.topology == .encoderDecoder { return .pairs }
    var data = EncodedDataset(
      isTagged: definition.topology.isStepwise, hasSequenceLabels: sequenceLabels != nil, extras: features?.extras ?? 0)
    data.wordForms = features?.emptyTable
    return data
  }

  /// Rows of the embedding: the vocabulary, and behind it the symbols of the task.
  package var inputCount: Int { vocabulary.count + definition.extraSymbols(self) }

  /// What a prediction chooses from: labels, tags, or tokens, among which `Vocabulary.paddingID` is the text's end.
  package var classCount: Int { definition.classes(self) }

  /// Unicode scalars of records that are read: those of texts whose label no generator knows are not.
  package func characters(_ records: [Record]) -> Int {
    records.reduce(0) { sum, record in
      sum + (definition.isLeftOut(record, self) ? 0 : record.characters)
    }
  }

  /// What a text begins with that is generated from a label, or from none.
  package func startSymbol(label: Int32?) -> Int32 { Int32(vocabulary.count) + (label ?? 0) }

  /// The tags of a record, in the scheme that they are learned in.
  package func tags(of record: Record) -> [String] { record.tags(in: scheme) }

  /// Tags as they are written.
  package func written(_ tags: [String]) -> [String] {
    guard let writtenScheme, writtenScheme != scheme else { return tags }
    return writtenScheme.tags(of: markedSpans(of: tags), count: tags.count)
  }

  /// Whether a text of so many tokens is read in part, though the config does not say so.
  package func readsStartOnly(ofTokens count: Int) -> Bool {
    definition.readsStartOfLongTexts && longTexts.isSurprising(count)
  }

  /// Turns records into ids, on the team.
  /// - Parameter file: where they are from; if it is given, texts that are read in part are noted.
  /// - Returns: the records as ids, and the labels the model does not know; their ids follow the model's.
  package func encode(
    _ records: [Record], from file: String? = nil, _ team: WorkerTeam
  ) -> (data: EncodedDataset, unseenLabels: [String]) {
    var data = emptyData
    var unseen = UnseenLabels(after: labels.count)
    var wordForms = WordFormIndex(features)
    encode(records, from: file, team, into: &data, &unseen, &wordForms)
    return (data, unseen.names)
  }

  /// Turns records into ids, on the team, and adds them to a dataset.
  package func encode(
    _ records: [Record], from file: String? = nil, _ team: WorkerTeam, into data: inout some SequenceCollector,
    _ unseen: inout UnseenLabels,
    _ wordForms: inout WordFormIndex?
  ) {
    // In rounds, so that not everything is held twice.
    let size = 256
    let parts = (0..<8 * team.width).map { _ in EncodedRecords() }
    for start in stride(from: 0, to: records.count, by: size * parts.count) {
      let round = records[start..<min(records.count, start + size * parts.count)]
      let count = (round.count + size - 1) / size
      team.run(count) { p in
        parts[p].fill(round[start + p * size..<min(round.endIndex, start + (p + 1) * size)], self)
      }
      for part in parts[..<count] {
        for record in part.records.indices { part.append(record, self, to: &data, &unseen, &wordForms) }
        if let file {
          for record in part.longRecords.map({ records[$0] }) {
            longTexts.note(at: .line(record.line, of: record.file ?? file))
          }
        }
      }
    }
  }
}

extension Record {
  /// The tags in a scheme, whatever form they have, such as `B_PER`; as they are for nil.
  package func tags(in scheme: TagScheme?) -> [String] {
    guard let tags, let scheme else { return tags ?? [] }
    return scheme.tags(of: markedSpans(of: tags.map(TagForm.usual)), count: tags.count)
  }
}
