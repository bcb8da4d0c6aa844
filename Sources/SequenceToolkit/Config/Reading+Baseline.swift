import SeqBaseline
import SeqConfig
import SeqModel
import SeqText

extension BaselineSettings {
  /// True, false, or an object: nil for false.
  ///
  /// - Parameter hasLabels: whether texts that are tagged have labels beside their tags.
  static func read(
    _ reader: ConfigReader, task: SequenceTask, tokenizer: TokenizerSettings.Kind, hasLabels: Bool
  ) -> BaselineSettings? {
    guard task.labelsTexts || task == .tagging else {
      reader.refuse("baseline", "goes with classification, one-to-one and tagging: there are no classes to count")
      return nil
    }
    if reader.node("baseline")?.members == nil, !reader.bool("baseline", default: false) { return nil }
    var settings = BaselineSettings()
    let isOfCharacters = tokenizer == .character || tokenizer == .byte
    settings.ngrams = isOfCharacters ? 5 : settings.ngrams
    guard reader.node("baseline")?.members != nil else { return settings }
    let part = reader.object("baseline")
    settings.epochs = part.int("epochs", default: settings.epochs, in: 1...1_000)
    settings.naiveBayes = part.double("naiveBayes", default: settings.naiveBayes, in: .closed(0...1))
    settings.cost = part.double("cost", default: settings.cost, in: .closed(1e-4...1e4))
    if task == .tagging, !hasLabels {
      for key in ["ngrams", "characters"] {
        part.refuse(key, "goes with labels of whole texts: a tagger looks at a window")
      }
    } else {
      settings.ngrams = part.int("ngrams", default: settings.ngrams, in: 1...16)
      settings.characters = part.int("characters", default: settings.characters, in: 0...16)
    }
    part.finish()
    return settings
  }
}

extension InferenceSettings {
  /// Reads whether the linear models of the baseline add to the network.
  ///
  /// - Parameters:
  ///   - hasLabels: whether texts that are tagged have labels beside their tags.
  ///   - baseline: nil for none.
  mutating func readLinear(
    _ reader: ConfigReader, task: SequenceTask, hasLabels: Bool, _ baseline: BaselineSettings?
  ) {
    guard task.labelsTexts || task == .tagging else {
      for key in ["linear", "linearLabel"] {
        reader.refuse(key, "goes with classification, one-to-one and tagging, as the baseline does")
      }
      return
    }
    linear = reader.double("linear", default: linear, in: .closed(0...1_000))
    if hasLabels {
      linearLabel = reader.double("linearLabel", default: linear, in: .closed(0...1_000))
    } else {
      reader.refuse("linearLabel", "goes with model.joint: it is for the label beside tags")
    }
    guard baseline == nil else { return }
    for (key, value) in [("linear", linear), ("linearLabel", linearLabel)] where value > 0 && reader.has(key) {
      reader.problem(
        key, "adds the scores of the baseline, and there is none", remedy: "set baseline to true, or leave it out")
    }
  }
}
