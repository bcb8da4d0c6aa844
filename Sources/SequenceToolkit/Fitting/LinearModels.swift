import SeqBaseline
import SeqCore
import SeqData
import SeqTensor
import SeqText
import SeqTraining

/// The linear models that are fitted beside a network: to be compared with it, and to add to its scores.
struct LinearModels: Sendable {
  /// Gives a text its label, or the words of a sentence their tags.
  let main: Baseline
  /// Gives a text that is tagged the label beside its tags; nil if there is none.
  var labels: Baseline?
  /// Gives each word a tag, whatever those of the others are; nil if it is not needed.
  var words: Baseline?

  /// The one that looks at texts as a whole; nil if none does.
  var ofTexts: Baseline? { main.kind == .texts ? main : labels }

  /// Fits those that a config asks for; nil if it asks for none.
  static func fit(_ config: ExperimentConfig, _ encoder: SequenceEncoder, _ records: [Record], _ team: WorkerTeam)
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

/// Linear models whose scores are added to those of a network: a product of experts (Hinton 2002, "Training products of
/// experts by minimizing contrastive divergence"), as n-grams and a recurrent network are put together by Mesnil et al.
/// 2014, "Ensemble of generative and discriminative techniques for sentiment analysis of movie reviews".
struct LinearPart: Sendable {
  /// Those of one network.
  struct Member: Sendable {
    /// Of the label of a text, or of its tags; nil for none.
    let labels: Baseline?
    /// Of the label beside the tags; nil for none.
    let sequence: Baseline?
  }

  /// One, or those of all networks that predict together, whose mean is added.
  var members: [Member]
  /// What the scores are multiplied by.
  let weights: (labels: Float, sequence: Float)

  /// - Parameter settings: of the network.
  init(_ member: Member, _ settings: InferenceSettings) {
    members = [member]
    weights = (Float(settings.linear), Float(settings.linearLabel))
  }

  /// What is added to the scores of a text.
  /// - Parameter read: its tokens, those of a long text that are read.
  func offsets(of all: [ArraySlice<UInt8>], read: [ArraySlice<UInt8>]) -> ScoreOffsets {
    let isOfWords = members.contains { $0.labels?.kind == .words }
    let words = isOfWords ? all.map { String(decoding: $0, as: UTF8.self) } : []
    let share = 1 / Float(members.count)
    var offsets = ScoreOffsets()
    for member in members {
      if let model = member.labels {
        offsets.labels.add(
          isOfWords ? model.scores(ofWords: words) : model.scores(of: read), times: share * weights.labels)
      }
      if let model = member.sequence { offsets.sequence.add(model.scores(of: read), times: share * weights.sequence) }
    }
    return offsets
  }
}

extension [Float] {
  /// Adds numbers; to none, as to zeros.
  fileprivate mutating func add(_ others: [Float], times share: Float) {
    guard !isEmpty else {
      self = others
      for i in indices { self[i] *= share }
      return
    }
    for i in indices { self[i] += share * others[i] }
  }
}

extension SequenceEncoder {
  /// The same with the linear models that the config adds to the network.
  func adding(_ models: LinearModels?, _ settings: InferenceSettings) -> SequenceEncoder {
    guard let models else { return self }
    return adding(
      .init(
        labels: settings.linear > 0 ? task.tagsTokens ? models.words : models.main : nil,
        sequence: settings.linearLabel > 0 ? models.labels : nil), settings)
  }

  /// The same with linear models, if there is one.
  func adding(_ member: LinearPart.Member, _ settings: InferenceSettings) -> SequenceEncoder {
    guard member.labels != nil || member.sequence != nil else { return self }
    var encoder = self
    encoder.linear = LinearPart(member, settings)
    return encoder
  }

  /// The tokens of a record.
  func allTokens(of record: Record) -> [ArraySlice<UInt8>] {
    var tokens: [ArraySlice<UInt8>] = []
    tokenizer.forEachUTF8Token(of: record) { tokens.append(Array($0)[...]) }
    return tokens
  }

  /// The tokens of a record, of a long one those that a classifier reads.
  func readTokens(of record: Record) -> [ArraySlice<UInt8>] { longTexts.read(allTokens(of: record)) }
}

extension Record {
  /// The tokens as they stand there, for one tag each; nil if there are none.
  func words(_ encoder: SequenceEncoder) -> [String]? {
    guard let tags, !tags.isEmpty else { return nil }
    if let tokens, tokens.count == tags.count { return tokens }
    var words: [String] = []
    encoder.tokenizer.forEachUTF8Token(of: self) { words.append(String(decoding: $0, as: UTF8.self)) }
    return words.count == tags.count ? words : nil
  }
}
