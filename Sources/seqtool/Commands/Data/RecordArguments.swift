import ArgumentParser
import SeqCore
import SeqData
import SeqInspect
import SeqRecords
import SeqText
import SequenceToolkit

/// A kind of tokenizer that needs only its name.
private func tokenKind(_ text: String) throws -> TokenizerSettings.Kind {
  let kind: TokenizerSettings.Kind = try choice(text)
  if kind == .regex || kind.isSubword {
    let what = kind == .regex ? "a pattern" : "a file of pieces"
    throw ValidationError("\(text) needs \(what): name a config whose tokenizer has it")
  }
  return kind
}

/// The kind of answer that the records have.
enum DataTask: String, ExpressibleByArgument, CaseIterable {
  case classification, tagging, transduction, none

  /// What a record must have.
  var wanted: Wanted { SequenceTask(rawValue: rawValue)?.wanted ?? .text }
}

/// What the records of files hold, and how to read them.
struct RecordArguments: ParsableArguments {
  @Option(help: "What a record has: a label, a tag for each token, a target, or none; by default what the file has.")
  var task: DataTask?

  @Option(
    help: ArgumentHelp(
      "How to split text into tokens: character, whitespace, word, byte, penn or chinese; by default word, for tagging "
        + "as the file has it.",
      valueName: "kind"), transform: tokenKind)
  var tokens: TokenizerSettings.Kind?

  @Option(help: "The format; by default it follows from the file's name, or from what a folder holds.")
  var format: DataFormat?

  @OptionGroup(title: "READING") var reading: ReadingArguments

  /// Whether any of these options was given.
  var isUsed: Bool { reading.isUsed || format != nil || task != nil || tokens != nil }

  /// Parts that are read with these options.
  func data(of parts: [InspectedData.Part]) throws(SeqError) -> InspectedData {
    guard !parts.contains(where: { $0.path == "-" }) else {
      throw .usage("standard input cannot be read twice", remedy: "write it to a file first")
    }
    let options = try reading.options(format: format, naming: .flags(format: "--format", tokens: "--tokens"))
    var data = try InspectedData(
      parts: parts, reading: options, wanted: task?.wanted, tokenizer: TokenizerSettings(kind: tokens ?? .word))
    guard data.wanted == .tags else { return data }
    // A text with marked spans is split as a tagger splits it.
    let settings = TokenizerSettings(kind: tokens ?? .whitespace)
    data.reading.segmentation = settings
    data.tokenizer = try Tokenizer(settings)
    return data
  }
}
