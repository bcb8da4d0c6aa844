import ArgumentParser
import SeqCore
import SequenceToolkit

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a file of examples in another format.",
    discussion: """
      The formats follow from the file extensions, or from --from and --to:
      \(DataFormat.names).
      What the new format cannot express is an error, unless you add --lossy,
      which leaves it out. Files that end in .gz are compressed. Output is UTF-8.

      EXAMPLES
        seqtool convert reviews.csv reviews.jsonl
        seqtool convert train.char.bmes train.conll --scheme bio
        seqtool convert train.conll train.jsonl --spans
        seqtool convert spans.jsonl train.conll --tokenizer word --scheme bioes
        seqtool convert treebank.conllu tags.conll --tag xpos --lossy
        zcat big.csv.gz | seqtool convert - - --from csv --to fasttext
      """)

  @Argument(help: "A file or folder, or - for standard input.", completion: .file())
  var input: String

  @Argument(help: "A file, a folder that does not exist, or - for standard output.", completion: .file())
  var output: String

  @Option(help: ArgumentHelp("The format of the input.", valueName: "format"))
  var from: DataFormat?

  @Option(help: ArgumentHelp("The format of the output.", valueName: "format"))
  var to: DataFormat?

  @OptionGroup(title: "READING") var reading: ReadingArguments

  @Option(help: ArgumentHelp("Convert span tags to this scheme.", valueName: "bio|bioes|bmes|bilou|iob1"))
  var scheme: SchemeName?

  @Flag(help: "Write tags as spans with offsets in characters (Unicode scalars), for jsonl.")
  var spans = false

  @Option(
    help: ArgumentHelp(
      "How to split texts into tokens, for formats that hold only tokens; by default whitespace.",
      valueName: "whitespace|word|character"))
  var tokenizer: TokenizerName?

  @Flag(inversion: .prefixedNo, help: "Whether to write a header row into csv or tsv.")
  var writeHeader = true

  @Option(
    help: ArgumentHelp("The field delimiter to write into csv or tsv.", valueName: "character"))
  var writeDelimiter: Delimiter?

  @Flag(help: "Leave out what the new format cannot express, and warn.")
  var lossy = false

  func run() throws {
    try reporting {
      Interruption.clearsAway()
      let format = to ?? DataFormat(inferredFrom: output)
      let hasTagColumn = format?.traits.hasTagColumn ?? false
      var writing = WritingOptions(
        format: to, header: writeHeader, columns: ColumnNames(tag: hasTagColumn ? reading.tagColumn : nil),
        scheme: scheme?.scheme,
        asSpans: spans, segmentation: tokenizer.map { TokenizerSettings(kind: $0.kind) }, isLossy: lossy)
      writing.delimiter = writeDelimiter
      let options = try reading.options(format: from, naming: .flags(format: "--from", tokens: "--tokenizer"))
      let report = try Conversion(from: input, options, to: output, writing).run()
      for warning in report.warnings { warn(warning) }
      Terminal.error.line(report.records.counted("record"))
    }
  }
}
