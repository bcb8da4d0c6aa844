import ArgumentParser
import SeqCore
import SequenceToolkit

struct Tag: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Classify or tag lines of text: a Unix filter.",
    discussion: """
      For n lines it writes n records in their order. A classifier writes one
      label a line, for an empty line an empty one. A tagger writes a token and
      its tag a line, and an empty line after each record; or one line a record
      with --format inline or jsonl.

      EXAMPLES
        seqtool tag < lines.txt
        seqtool tag lines.txt.gz > labels.txt
        echo "Kowalczyk" | seqtool tag --model models/names --top 3
        seqtool tag --format jsonl requests.txt | jq .tags
        seqtool tag --offsets scalar requests.txt
      """)

  @Argument(help: "A file of lines, packed with gzip or not, or - for standard input.", completion: .file())
  var file = "-"

  @OptionGroup var options: ModelOptions

  @Option(
    help: ArgumentHelp(
      "columns: label, or token and tag, separated by tabs. inline: token/tag token/tag. jsonl: one object a line.",
      valueName: "columns|inline|jsonl"))
  var format = RecordFormat.columns

  @Flag(name: .shortAndLong, help: "Write the probability behind each label or tag.")
  var probabilities = false

  @Option(
    help: ArgumentHelp(
      "Write where each token of a tagger begins and ends in its line, counted from 0 in bytes, UTF-16 units, code points or characters.",
      valueName: "utf8|utf16|scalar|grapheme"), transform: choice)
  var offsets: OffsetUnit?

  @Option(help: ArgumentHelp("Write the k most probable labels of a classifier, with probabilities.", valueName: "k"))
  var top: Int?

  @Flag(help: "Write the scores before the softmax, as JSON lines; their order is that of vocabulary/labels.txt.")
  var logits = false

  func validate() throws {
    if offsets != nil, format == .inline {
      throw ValidationError("--offsets goes with --format columns or jsonl")
    }
    if logits, probabilities || top != nil || offsets != nil || format == .inline {
      throw ValidationError("--logits goes with no other option on what is written")
    }
    if let top, top < 1 { throw ValidationError("--top: expected 1 or more, found \(top)") }
  }

  func run() throws {
    try reporting {
      let model = try options.load()
      if model.task == .generation {
        throw SeqError.usage("the model generates texts and labels none", remedy: "use seqtool generate")
      }
      let writer = try RecordWriter(
        task: model.task, format: format, showsProbabilities: probabilities || top != nil, offsets: offsets,
        top: top ?? 1)
      // As many lines as the model takes at a time.
      var input = try LineInput(file, batch: model.windowTexts)
      var count = 0
      while true {
        let lines = try input.next()
        if lines.isEmpty { return }
        var output = ""
        for record in try records(lines, model, writer) {
          count += 1
          if let tokens = record.cutTokens {
            let which = model.config.data.longTexts.keep == .head ? "the first " : ""
            warn("line \(count): only \(which)\(Model.maximumTokens) of \(tokens) tokens were read")
          }
          output += record.text
        }
        try Terminal.output.write(output)
      }
    }
  }

  /// The records of some lines; the model's threads write them.
  private func records(_ lines: [String], _ model: Model, _ writer: RecordWriter) throws(SeqError) -> [WrittenRecord] {
    if logits {
      return try model.logits(lines) { rows throws(SeqError) in WrittenRecord(text: try writer.record(logits: rows)) }
    }
    return try model.predict(lines, top: writer.top) { prediction throws(SeqError) in
      WrittenRecord(
        text: try writer.record(prediction), cutTokens: prediction.isCut ? prediction.tokenCount : nil)
    }
  }
}

/// A line's record as it is written.
private struct WrittenRecord: Sendable {
  var text: String
  /// The line's tokens, if only the first were read.
  var cutTokens: Int?
}
