import ArgumentParser
import SeqCore
import SequenceToolkit

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a file of examples in another format.",
    discussion: """
      Formats are told by the names' extensions, or by --from and --to:
      \(DataFormat.allCases.map(\.rawValue).joined(separator: ", ")).
      What the new format cannot express is refused, unless --lossy leaves it
      out. A name that ends in .gz is packed. Results are UTF-8.

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

  @Option(help: "The encoding of the input: \(TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")).")
  var encoding = TextEncoding.utf8

  @Option(
    help: ArgumentHelp(
      "Where the parts of an example are: text, label, token, tag, spans, target.", valueName: "role=name,…"))
  var columns: [String] = []

  @Option(help: ArgumentHelp("The column of the tag, as --columns tag=…; upos, xpos, feats.", valueName: "column"))
  var tag: String?

  @Option(help: ArgumentHelp("Bring tags of spans into a scheme.", valueName: "bio|bioes|bmes|bilou|iob1"))
  var scheme: SchemeName?

  @Flag(help: "Turn tags into spans with offsets in characters (Unicode scalars), for jsonl.")
  var spans = false

  @Option(
    help: ArgumentHelp(
      "How a text becomes tokens, for formats without texts.", valueName: "whitespace|word|character"))
  var tokenizer = TokenizerName.whitespace

  @Option(help: ArgumentHelp("What becomes of several labels.", valueName: "refuse|first|join"))
  var severalLabels = SeveralLabels.refuse

  @Flag(inversion: .prefixedNo, help: "Whether the first row of csv or tsv that is read names the columns.")
  var header = true

  @Flag(inversion: .prefixedNo, help: "Whether the first row of csv or tsv that is written names the columns.")
  var writeHeader = true

  @Flag(inversion: .prefixedNo, help: "Whether \" quotes a field of csv or tsv that is read.")
  var quoting = true

  @Option(help: ArgumentHelp("The longest line, row or sentence that is read.", valueName: "bytes"))
  var maximumLineBytes = ReadingOptions.defaultMaximumLineBytes

  @Flag(help: "Leave out what the new format cannot express, with a warning.")
  var lossy = false

  func validate() throws {
    if maximumLineBytes < 1 { throw ValidationError("--maximum-line-bytes: expected 1 or more") }
  }

  func run() throws {
    try reporting {
      let reading = ReadingOptions(
        format: from, encoding: encoding, header: header, quoting: quoting, columns: try columnNames(),
        severalLabels: severalLabels, maximumLineBytes: maximumLineBytes)
      let isConllu = (to ?? DataFormat(inferredFrom: output)) == .conllu
      let writing = WritingOptions(
        format: to, header: writeHeader, columns: isConllu ? tagColumn : ColumnNames(), scheme: scheme?.scheme,
        asSpans: spans, segmentation: TokenizerSettings(kind: tokenizer.kind), isLossy: lossy)
      let report = try Conversion(from: input, reading, to: output, writing).run()
      for warning in report.warnings { warn(warning) }
      Terminal.error.line(report.records == 1 ? "1 record" : "\(report.records) records")
    }
  }

  /// The column that --tag names: in capitals if it is one of CoNLL-U's.
  private var tagColumn: ColumnNames {
    guard let tag else { return ColumnNames() }
    let isConllu = ["upos", "xpos", "feats", "lemma", "deprel", "misc"].contains(tag.lowercased())
    return ColumnNames(tag: Int(tag).map(ColumnReference.index) ?? .name(isConllu ? tag.uppercased() : tag))
  }

  private func columnNames() throws(SeqError) -> ColumnNames {
    var names = tagColumn
    for part in columns.flatMap({ $0.split(separator: ",") }) {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      let roles = ["text", "label", "token", "tag", "spans", "target"]
      guard pair.count == 2, roles.contains(pair[0]) else {
        let found = pair.first ?? ""
        throw .usage(
          "--columns: expected role=name, found \"\(part)\"" + didYouMean(found, among: roles),
          remedy: "roles: \(roles.joined(separator: ", "))")
      }
      names[pair[0]] = Int(pair[1]).map(ColumnReference.index) ?? .name(pair[1])
    }
    return names
  }
}
