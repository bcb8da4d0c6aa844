import SeqConfig
import SeqCore
import SeqModel
import SeqText
import SeqTraining

// The keys that go with transduction only.

extension ExperimentConfig {
  /// How targets are cut and which of their tokens are known; without them, what stands here is of no use.
  static func targetSide(
    _ reader: ConfigReader, _ task: SequenceTask, of source: TokenizerSettings, folder: String
  ) -> (TokenizerSettings, VocabularySettings) {
    guard task == .transduction else {
      for key in ["targetTokenizer", "targetVocabulary"] { reader.refuse(key, "goes with transduction only") }
      return (TokenizerSettings(), VocabularySettings())
    }
    let tokenizerReader = reader.object("targetTokenizer")
    let tokenizer = TokenizerSettings(reading: tokenizerReader, task: task, folder: folder, kind: source.kind)
    tokenizerReader.finish()
    return (tokenizer, VocabularySettings(reading: reader.object("targetVocabulary")))
  }
}

extension DecoderSettings {
  /// - Parameter model: the reader of the whole network, and what it has come to.
  init(reading model: ConfigReader, _ settings: ModelSettings, task: SequenceTask) {
    self.init()
    guard task == .transduction else {
      model.refuse("decoder", "goes with transduction only")
      return
    }
    let reader = model.object("decoder")
    embedding = reader.int("embedding", default: settings.embedding, in: 1...65_536)
    cell = reader.choice("cell", default: settings.cell)
    if cell == .jordan {
      reader.problem("cell", "a Jordan network feeds back scores, not states", remedy: "use another cell")
    }
    let units = settings.hidden * (settings.isBidirectional ? 2 : 1)
    attention = reader.choice("attention", default: attention)
    // What dot compares must be of one size.
    hidden = reader.int("hidden", default: min(65_536, attention == .dot ? units : settings.hidden), in: 1...65_536)
    layers = reader.int("layers", default: settings.layers, in: 1...64)
    if attention == .none {
      reader.refuse("inputFeeding", "goes with attention: without it there is nothing to hand on")
      feedsInput = false
    } else {
      feedsInput = reader.bool("inputFeeding", default: feedsInput)
    }
    if attention == .dot, hidden != units {
      reader.problem(
        "hidden", "dot compares \(hidden ?? 0) units with the encoder's \(units): they must be as many",
        remedy: "set it to \(units), or model.decoder.attention to general")
    }
    reader.finish()
  }
}

extension TrainingSettings {
  /// Reads what goes with decoders, and refuses what does not go with them.
  mutating func readSampling(_ reader: ConfigReader, task: SequenceTask) {
    guard task == .transduction else { return reader.refuse("sampling", "goes with transduction only") }
    if !classWeights.isEmpty {
      reader.problem("classWeights", "has no effect with transduction", remedy: "leave it out")
    }
    let range = NumberRange.closed(0...1)
    if reader.has("sampling"), reader.node("sampling")?.members == nil {
      sampling.rate = reader.double("sampling", default: 0, in: range)
      return
    }
    let part = reader.object("sampling")
    sampling.kind = part.choice("kind", default: sampling.kind)
    sampling.rate = part.double("rate", default: sampling.rate, in: range)
    if sampling.kind == .constant {
      part.refuse("epochs", "has no effect with constant")
    } else {
      sampling.epochs = part.double("epochs", default: sampling.epochs, in: .above(0))
    }
    part.finish()
  }
}

extension InferenceSettings {
  /// Reads how a decoder writes.
  mutating func readDecoding(_ reader: ConfigReader, task: SequenceTask) {
    guard task == .transduction else {
      for key in ["beam", "lengthPenalty", "maximumLength"] { reader.refuse(key, "goes with transduction only") }
      return
    }
    beam = reader.int("beam", default: beam, in: 1...100)
    lengthPenalty = reader.double("lengthPenalty", default: lengthPenalty, in: .closed(0...10))
    maximumLength = reader.optionalInt("maximumLength", in: 1...1_000_000)
  }
}
