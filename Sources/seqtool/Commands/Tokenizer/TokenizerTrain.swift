import ArgumentParser
import SeqCore
import SeqData
import SequenceToolkit

struct TokenizerTrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Learn subwords from text and write them into a file that a config names.",
    discussion: """
      Byte-pair encoding (bpe) merges the most frequent neighbours; a unigram
      model keeps the pieces that make the text most probable. Both can represent
      any text. The same text gives the same file.

      EXAMPLES
        seqtool tokenizer train train.csv --size 4000 --output pieces.bpe
        seqtool tokenizer train *.txt --kind unigram --lowercase --output pieces.unigram

      In a config: "tokenizer": { "kind": "bpe", "file": "pieces.bpe" }
      """)

  @Argument(
    help: "Files in any format that fit reads, or of plain lines, compressed with gzip or not; - for standard input.",
    completion: .file())
  var files: [String]

  @Option(help: ArgumentHelp("The kind of subwords to learn.", valueName: "bpe|unigram"))
  var kind = SubwordKind.bpe

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many pieces to learn, including the 256 bytes.", valueName: "n"))
  var size = 8000

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write, or - for standard output.", valueName: "file"),
    completion: .file())
  var output: String

  @OptionGroup var normalization: NormalizationOptions

  @OptionGroup(title: "READING") var reading: ReadingArguments

  @Option(
    help: ArgumentHelp(
      "The format of the files; by default it follows from the name of each, or is plain lines.", valueName: "format"),
    transform: choice)
  var format: DataFormat?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How often two neighbours must occur to be merged by bpe.", valueName: "n"))
  var minimumCount: Int?

  func validate() throws {
    if !(257...1_000_000).contains(size) {
      throw ValidationError("--size: expected 257 to 1000000, found \(size); 256 of the pieces are the bytes")
    }
    if let minimumCount {
      if kind != .bpe { throw ValidationError("--minimum-count only applies to --kind bpe") }
      if minimumCount < 1 { throw ValidationError("--minimum-count: expected 1 or more, found \(minimumCount)") }
    }
    if files.filter({ $0 == "-" }).count > 1 { throw ValidationError("- can be read only once") }
  }

  func run() throws {
    try reporting {
      Interruption.clearsAway()
      var counts = ChunkCounts(normalization.settings(default: .none))
      for file in files { try add(file, to: &counts) }
      guard counts.total > 0 else { throw SeqError.data("there is no text to learn from", at: .file(files[0])) }
      let model =
        switch kind {
        case .bpe: BytePairTrainer.train(counts, size: size, minimumCount: minimumCount ?? 2)
        case .unigram: UnigramTrainer.train(counts, size: size)
        }
      if output == "-" {
        try Terminal.output.write(model.text())
      } else {
        try FileSystem.write(model.text(), to: output)
      }
      if model.count != size {
        warn("there are \(model.count) pieces, not \(size): " + reason(model.count))
      }
      let place = output == "-" ? "" : " are in \(output)"
      Terminal.error.line("\(model.count) pieces from \(counts.distinct) different words\(place)")
    }
  }

  private func reason(_ count: Int) -> String {
    count < size ? "the text has no more that occur often enough" : "the text alone has that many characters"
  }

  private func add(_ file: String, to counts: inout ChunkCounts) throws(SeqError) {
    let options = try reading.options(
      format: format ?? DataFormat(of: file) ?? .lines, naming: .flags(format: "--format", tokens: "--tokenizer"))
    try readRecords(path: file, options: options, wanting: .text) { record throws(SeqError) in
      if let text = record.text ?? record.tokens?.joined(separator: " ") { counts.add(text) }
    }
  }
}

/// The kinds of subwords that can be learned.
enum SubwordKind: String, ExpressibleByArgument, CaseIterable {
  case bpe, unigram
}

/// How tokens are normalised.
struct NormalizationOptions: ParsableArguments {
  @Flag(help: "Lower-case the text.")
  var lowercase = false

  @Flag(help: "Write 0 for every decimal digit.")
  var foldDigits = false

  @Option(
    help: ArgumentHelp(
      "nfc treats composed and decomposed letters as the same; by default nfc, but none for subwords.",
      valueName: "nfc|none"), transform: choice)
  var normalization: TokenizerSettings.Normalization?

  var isEmpty: Bool { !lowercase && !foldDigits && normalization == nil }

  func settings(default value: TokenizerSettings.Normalization) -> TokenizerSettings {
    TokenizerSettings(normalization: normalization ?? value, lowercase: lowercase, foldDigits: foldDigits)
  }
}

struct TokenizerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenizer",
    abstract: "Split texts into tokens, and learn subwords from text.",
    discussion: """
      EXAMPLES
        echo "I can't." | seqtool tokenizer apply --tokenizer penn
        seqtool tokenizer train reviews.csv --size 2000 --output reviews.bpe
        echo "unbelievable" | seqtool tokenizer apply --tokenizer bpe --file reviews.bpe
        seqtool tokenizer decode --file reviews.bpe < pieces.txt
      """,
    subcommands: [TokenizerApply.self, TokenizerTrain.self, TokenizerDecode.self])
}
