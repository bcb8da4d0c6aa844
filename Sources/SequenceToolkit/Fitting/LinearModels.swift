import SeqBaseline
import SeqCore
import SeqData
import SeqTensor
import SeqText
import SeqTraining

/// The linear models that are fitted beside a network: to be compared with it, and to add to its scores.
struct LinearModels: Sendable {
  /// Gives a text its label, or its words their tags.
  let main: Baseline
  /// Gives a text that is tagged the label beside its tags; nil if there is none.
  let labels: Baseline?

  /// The one that looks at texts as a whole; nil if none does.
  var ofTexts: Baseline? { main.isTagger ? labels : main }

  /// Fits those that a config asks for; nil if it asks for none.
  static func fit(_ config: ExperimentConfig, _ encoder: Encoder, _ records: [Record], _ team: WorkerTeam)
    -> LinearModels?
  {
    guard let settings = config.baseline else { return nil }
    let seed = Seed(config.training.seed).child("baseline")
    func ofTexts(_ labels: LabelSet) -> Baseline {
      let texts = records.map { record in
        Baseline.Text(tokens: encoder.plainTokens(of: record), label: record.label.flatMap(labels.id(of:)) ?? -1)
      }
      return .fit(texts: texts, classes: labels.count, settings: settings, seed: seed, team: team)
    }
    guard encoder.task == .tagging else { return LinearModels(main: ofTexts(encoder.labels), labels: nil) }
    let sentences = records.compactMap { record in
      record.words(encoder).map { words in
        Baseline.Sentence(words: words, tags: encoder.tags(of: record).map { encoder.labels.id(of: $0) ?? -1 })
      }
    }
    let tagger = Baseline.fit(sentences: sentences, classes: encoder.labels.count, settings: settings, seed: seed)
    return LinearModels(main: tagger, labels: encoder.sequenceLabels.map(ofTexts))
  }
}

/// A linear model whose scores are added to those of a network: a product of experts (Hinton 2002, "Training products of
/// experts by minimizing contrastive divergence"), as n-grams and a recurrent network are put together by Mesnil et al.
/// 2014, "Ensemble of generative and discriminative techniques for sentiment analysis of movie reviews".
struct LinearPart: Sendable {
  /// One, or those of all networks that predict together, whose mean is added.
  var models: [Baseline]
  /// What the scores are multiplied by.
  let weight: Float

  /// What is added to the scores of a text.
  func offsets(of tokens: [ArraySlice<UInt8>]) -> [Float] {
    let share = weight / Float(models.count)
    var sum = models[0].scores(of: tokens).map { share * $0 }
    for model in models.dropFirst() {
      for (k, score) in model.scores(of: tokens).enumerated() { sum[k] += share * score }
    }
    return sum
  }
}

extension Encoder {
  /// The same with the linear model of texts, if the config adds it to the network.
  func adding(_ model: Baseline?, _ config: ExperimentConfig) -> Encoder {
    guard config.inference.linear > 0, let model else { return self }
    var encoder = self
    encoder.linear = LinearPart(models: [model], weight: Float(config.inference.linear))
    return encoder
  }

  /// What is added to the network's scores of a record; nil for nothing.
  func offsets(of record: Record) -> [Float]? { linear?.offsets(of: plainTokens(of: record)) }

  /// The same of a text.
  func offsets(of text: String) -> [Float]? { offsets(of: Record(text: text, line: 1)) }

  /// The tokens that a linear model sees of a record: of a long one, those that a classifier reads.
  func plainTokens(of record: Record) -> [ArraySlice<UInt8>] {
    var tokens: [ArraySlice<UInt8>] = []
    tokenizer.forEachUTF8Token(of: record) { tokens.append(Array($0)[...]) }
    tokens.removeSubrange(longTexts.gap(in: tokens.indices))
    return tokens
  }
}

extension Record {
  /// The tokens as they stand there, for one tag each; nil if there are none.
  func words(_ encoder: Encoder) -> [String]? {
    guard let tags, !tags.isEmpty else { return nil }
    if let tokens, tokens.count == tags.count { return tokens }
    var words: [String] = []
    encoder.tokenizer.forEachUTF8Token(of: self) { words.append(String(decoding: $0, as: UTF8.self)) }
    return words.count == tags.count ? words : nil
  }
}
