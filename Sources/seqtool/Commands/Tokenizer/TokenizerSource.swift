import ArgumentParser
import SeqCore
import SequenceToolkit

/// The tokenizer of a command: one described by options, that of a config, or that of a model.
struct TokenizerSource: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How to split text into tokens: character, whitespace, word, byte, penn, chinese, regex, bpe or unigram; by "
        + "default word.",
      valueName: "kind"), transform: choice)
  var tokenizer: TokenizerSettings.Kind?

  @Option(help: ArgumentHelp("The regular expression of a token, for the kind regex.", valueName: "regex"))
  var pattern: String?

  @Option(
    name: .customLong("file"),
    help: ArgumentHelp("The file of pieces, for the kinds bpe and unigram.", valueName: "file"),
    completion: .file())
  var pieces: String?

  @OptionGroup var normalization: NormalizationOptions

  @Option(help: ArgumentHelp("A config whose tokenizer to use.", valueName: "file"), completion: .file())
  var config: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("A model's folder whose tokenizer to use.", valueName: "dir"),
    completion: .directory)
  var model: String?

  func validate() throws {
    let isDescribed = tokenizer != nil || pattern != nil || pieces != nil || !normalization.isEmpty
    if [isDescribed, config != nil, model != nil].filter(\.self).count > 1 {
      throw ValidationError("describe the tokenizer by options, or name one of --config and --model, but not both")
    }
    if let pattern, tokenizer != .regex {
      throw ValidationError("--pattern \(pattern) only applies to --tokenizer regex")
    }
    if tokenizer == .regex, pattern ?? "" == "" { throw ValidationError("--tokenizer regex needs --pattern") }
    let isSubword = tokenizer?.isSubword ?? false
    if pieces != nil, !isSubword { throw ValidationError("--file only applies to --tokenizer bpe or unigram") }
    if let tokenizer, isSubword {
      if pieces == nil { throw ValidationError("--tokenizer \(tokenizer.rawValue) needs --file") }
      if !normalization.isEmpty {
        throw ValidationError("--file already says how to normalise text; seqtool tokenizer train sets it")
      }
    }
  }

  func load() throws(SeqError) -> Tokenizer {
    if let config { return try Tokenizer(ExperimentConfig(contentsOf: config).tokenizer) }
    if let model { return try Model.tokenizer(of: ChosenModel(named: model).path) }
    var settings = normalization.settings(default: .nfc)
    settings.kind = tokenizer ?? .word
    settings.pattern = pattern
    settings.file = pieces
    return try Tokenizer(settings)
  }
}
