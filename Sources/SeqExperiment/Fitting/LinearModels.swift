package import SeqBaseline
package import SeqCore
import SeqData
package import SeqEncoding
package import SeqInference
package import SeqRecords
package import SeqTensor
import SeqText
import SeqTraining

/// The linear models that are fitted beside a network: to be compared with it, and to add to its scores.
package struct LinearModels: Sendable {
  /// Gives a text its label, or the words of a sentence their tags.
  package let main: Baseline
  /// Gives a text that is tagged the label beside its tags; nil if there is none.
  package var labels: Baseline?
  /// Gives each word a tag, whatever those of the others are; nil if it is not needed.
  package var words: Baseline?

  /// The one that looks at texts as a whole; nil if none does.
  package var ofTexts: Baseline? { main.kind == .texts ? main : labels }

  /// Fits those that a config asks for; nil if it asks for none.
  package static func fit(
    _ config: ExperimentConfig, _ encoder: SequenceEncoder, _ records: [Record], _ team: WorkerTeam
  )
    -> LinearModels?
  {
    guard let settings = config.baseline else { return nil }
    let seed = Seed(config.training.seed).child("baseline")
    func ofTexts(_ labels: LabelSet) -> Baseline {
      let texts = records.map { record in
        Baseline.Text(tokens: encoder.readTokens(of: record), label: record.label.flatMap(labels.id(of:)) ?? -1)
      }
      return .fit(texts: texts, classes: labels.count, settings: settings, seed: seed, team: team)
    }
    guard encoder.task.tagsTokens else { return LinearModels(main: ofTexts(encoder.labels)) }
    func sentences(_ words: (Record) -> [String]?) -> [Baseline.Sentence] {
      records.compactMap { record in
        words(record).map { ($0, encoder.tags(of: record).map { encoder.labels.id(of: $0) ?? -1 }) }
      }
    }
    let classes = encoder.labels.count
    let tagger = Baseline.fit(
      sentences: sentences { $0.words(encoder) }, classes: classes, settings: settings, seed: seed)
    var models = LinearModels(main: tagger, labels: encoder.sequenceLabels.map(ofTexts))
    if config.inference.linear > 0 {
      models.words = .fit(
        words: sentences { encoder.allTokens(of: $0).map { String(decoding: $0, as: UTF8.self) } }, classes: classes,
        settings: settings, seed: seed.child("words"), team: team)
    }
    return models
  }
}

extension SequenceEncoder {
  /// The same with the linear models that the config adds to the network.
  package func adding(_ models: LinearModels?, _ settings: InferenceSettings) -> SequenceEncoder {
    guard let models else { return self }
    return adding(
      .init(
        labels: settings.linear > 0 ? task.tagsTokens ? models.words : models.main : nil,
        sequence: settings.linearLabel > 0 ? models.labels : nil), settings)
  }
}

extension Record {
  /// The tokens as they stand there, for one tag each; nil if there are none.
  package func words(_ encoder: SequenceEncoder) -> [String]? {
    guard let tags, !tags.isEmpty else { return nil }
    if let tokens, tokens.count == tags.count { return tokens }
    var words: [String] = []
    encoder.tokenizer.forEachUTF8Token(of: self) { words.append(String(decoding: $0, as: UTF8.self)) }
    return words.count == tags.count ? words : nil
  }
}

extension ModelDirectory {
  /// Reads what was fitted beside the network to be compared with it; nil if nothing was.
  /// - Throws: `.data` if it is damaged, or has other classes.
  package func readLinearModels(_ encoder: SequenceEncoder) throws(SeqError) -> LinearModels? {
    let kind = encoder.task.tagsTokens ? Baseline.Kind.sentences : .texts
    guard let main = try readBaseline(Self.baseline, encoder.labels, kind) else { return nil }
    return LinearModels(main: main, labels: try readLabelBaseline(encoder))
  }
}

extension LinearModels {
  /// Writes the files that `readLinearModels` reads.
  package func write(to folder: String) throws(SeqError) {
    try FileSystem.write(main.bytes, to: folder + "/" + ModelDirectory.baseline)
    if let labels { try FileSystem.write(labels.bytes, to: folder + "/" + ModelDirectory.labelBaseline) }
    if let words { try FileSystem.write(words.bytes, to: folder + "/" + ModelDirectory.wordBaseline) }
  }
}
