import SeqConfig
import SeqCore
import SeqModel
public import SeqText

/// How raw text is cut, where the training data comes as tokens.
public struct RawTextSettings: Sendable, Equatable {
  /// What cuts raw text.
  public enum Choice: String, CaseIterable, Sendable {
    /// What gives back the tokens of the training data; the fit finds out and writes it into the model. In a model: the
    /// kind of `tokenizer`.
    case automatic = "auto"
    /// A kind of tokenizer: see `TokenizerSettings.Kind`.
    case character, whitespace, word, penn, chinese

    /// The kind of tokenizer; nil for `automatic`.
    var kind: TokenizerSettings.Kind? { TokenizerSettings.Kind(rawValue: rawValue) }
  }

  /// What cuts raw text.
  public var choice = Choice.automatic
  /// The file of corrections that a fit has learned.
  public var file: String?
  /// Those corrections, before they are in a file.
  var cuts: LearnedCuts?

  /// Left to the training data.
  public init() {}

  init(reading reader: ConfigReader, task: SequenceTask, folder: String) {
    guard task == .tagging || task.labelsTexts else {
      for key in ["raw", "rawCuts"] { reader.refuse(key, "goes with tagging and classification only") }
      return
    }
    choice = reader.optionalChoice("raw", as: Choice.self) ?? .automatic
    file = reader.optionalPath("rawCuts", folder: folder)
    if file != nil, choice.kind?.takesCuts != true {
      reader.problem(
        "rawCuts", "goes with the raw tokenizers whitespace, word, penn and chinese only", remedy: "leave it out")
    }
  }
}

extension ExperimentConfig {
  /// The tokenizer of the model: it cuts raw text, and normalises tokens that are given.
  /// - Throws: what reading the files of a tokenizer throws.
  func makeTokenizer() throws(SeqError) -> Tokenizer {
    var settings = tokenizer
    guard let kind = rawText.choice.kind else { return try Tokenizer(settings) }
    (settings.kind, settings.pattern, settings.file) = (kind, nil, nil)
    var cuts = rawText.cuts
    if cuts == nil, let file = rawText.file { cuts = try LearnedCuts(parsing: FileSystem.readText(file), file: file) }
    return try Tokenizer(settings, cuts: cuts)
  }
}
