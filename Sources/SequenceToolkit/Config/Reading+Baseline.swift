import SeqBaseline
import SeqConfig
import SeqModel
import SeqText

extension BaselineSettings {
  /// True, false, or an object: nil for false.
  static func read(_ reader: ConfigReader, task: SequenceTask, tokenizer: TokenizerSettings.Kind) -> BaselineSettings? {
    guard task.isClassification || task == .tagging else {
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
    if task == .tagging {
      for key in ["ngrams", "characters"] { part.refuse(key, "goes with classification: a tagger looks at a window") }
    } else {
      settings.ngrams = part.int("ngrams", default: settings.ngrams, in: 1...16)
      settings.characters = part.int("characters", default: settings.characters, in: 0...16)
    }
    part.finish()
    return settings
  }
}
