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
        echo "Kowalczyk" | seqtool tag --model models/names --top 3
        seqtool tag --format jsonl requests.txt | jq .tags
      """)

  @Argument(help: "A file of lines, or - for standard input.", completion: .file())
  var file = "-"

  @OptionGroup var options: ModelOptions

  @Option(
    help: ArgumentHelp(
      "columns: label, or token and tag, separated by tabs. inline: token/tag token/tag. jsonl: one object a line.",
      valueName: "columns|inline|jsonl"))
  var format = RecordFormat.columns

  @Flag(name: .shortAndLong, help: "Write the probability behind each label or tag.")
  var probabilities = false

  @Option(help: ArgumentHelp("Write the k most probable labels of a classifier, with probabilities.", valueName: "k"))
  var top: Int?

  @Flag(help: "Write the scores before the softmax, as JSON lines; their order is that of vocabulary/labels.txt.")
  var logits = false

  func validate() throws {
    if logits, probabilities || top != nil || format == .inline {
      throw ValidationError("--logits goes with no other option on what is written")
    }
    if let top, top < 1 { throw ValidationError("--top: expected 1 or more, found \(top)") }
  }

  func run() throws {
    try reporting {
      let model = try options.load()
      let writer = try RecordWriter(
        task: model.task, format: format, showsProbabilities: probabilities || top != nil, top: top ?? 1)
      var input = try LineInput(file)
      var line = 0
      while true {
        let lines = try input.next()
        if lines.isEmpty { return }
        var text = ""
        if logits {
          for rows in model.logits(lines) { text += try RecordWriter.line(logits: rows, task: model.task) }
          try Terminal.output.write(text)
          continue
        }
        for prediction in model.predict(lines) {
          line += 1
          if prediction.isCut {
            warn("line \(line): only the first \(Model.maximumTokens) of \(prediction.tokenCount) tokens were read")
          }
          try writer.append(prediction, to: &text)
        }
        try Terminal.output.write(text)
      }
    }
  }
}
