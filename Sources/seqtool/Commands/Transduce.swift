import ArgumentParser
import SeqCore
import SequenceToolkit

struct Transduce: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transduce",
    abstract: "Turn the texts of a file, or lines, into other texts: a Unix filter.",
    discussion: """
      It writes one record for each record that it reads, in the same order. A
      table keeps its columns and gets one more for the answer: "target", or
      "predicted" next to a column of that name. A JSON object keeps its members.
      The format follows from the file's name, or from --from.

      Files of other names and standard input are read as lines. Each gives one
      line of output, and a line without tokens gives an empty line. With --nbest,
      the line holds the n best texts, separated by tabs; with --scores, each text
      is followed by its score.

      EXAMPLES
        seqtool transduce < words.txt
        seqtool transduce words.csv --text word > answers.csv
        echo "3 March 1999" | seqtool transduce --model models/dates
        seqtool transduce --beam 5 --nbest 3 --scores words.txt
        seqtool transduce --json --attention words.txt | jq .outputs[0].attention
      """)

  @Argument(help: "A file or folder, compressed with gzip or not, or - for standard input.", completion: .file())
  var file = "-"

  @OptionGroup var options: ModelOptions

  @Option(
    help: ArgumentHelp("The format of the output; by default that of the input.", valueName: "csv|tsv|jsonl|lines"))
  var to: TransductionFormat?

  @OptionGroup var files: FileArguments

  @Option(
    help: ArgumentHelp(
      "Unfinished texts to keep in the beam; by default as the model's config says. 1 is greedy search.",
      valueName: "n"))
  var beam: Int?

  @Option(help: ArgumentHelp("Write the n best texts, at most as many as the beam keeps.", valueName: "n"))
  var nbest = 1

  @Option(
    help: ArgumentHelp(
      "How strongly to favour longer texts; by default as the model's config says. 0 ranks by probability alone.",
      valueName: "number"))
  var lengthPenalty: Double?

  @Flag(name: .shortAndLong, help: "Write the score after each text: ln p, normalised by length.")
  var scores = false

  @Flag(help: "Write one JSON object per line.")
  var json = false

  @Flag(help: "With --json: write the attention weights of each step over the tokens of the line.")
  var attention = false

  func validate() throws {
    if let beam, !(1...100).contains(beam) { throw ValidationError("--beam: expected 1 to 100, found \(beam)") }
    if nbest < 1 { throw ValidationError("--nbest: expected 1 or more, found \(nbest)") }
    if let beam, nbest > beam {
      throw ValidationError(
        "--nbest \(nbest) needs a --beam of at least \(nbest), found \(beam)")
    }
    if let lengthPenalty, !(0...10).contains(lengthPenalty) {
      throw ValidationError("--length-penalty: expected a number from 0 to 10, found \(lengthPenalty)")
    }
    if attention, !json { throw ValidationError("--attention needs --json") }
    if scores, json { throw ValidationError("--json always has the scores: leave out --scores") }
  }

  func run() throws {
    try reporting {
      let model = try options.loadTransducer()
      let request = try request(model)
      let fit = FitConfig(model.config)
      let reading = try files.unanswered(file, of: fit)
      let input = RecordInput(
        path: file, options: reading, isTold: files.from != nil, size: model.windowTexts, fit: fit)
      let layout = AnswerLayout(
        json ? .jsonl : to?.output, for: reading.format ?? .lines, reading, isTagging: false)
      if scores, layout.isOfObjects {
        throw SeqError.usage("--scores only applies to lines and tables", remedy: "use --json, which always has them")
      }
      var writer = TransductionWriter(layout, count: nbest, scores: scores, asOutputs: json, attention: attention)
      let progress = RecordProgress(file, isQuiet: options.quiet, writesResults: true)
      try progress.watching { () throws(SeqError) in
        try input.forEachBatch { given throws(SeqError) in
          let batch = given.map { $0.text == nil ? $0 : $0.withoutTokens }
          var output = writer.begin(batch, input.place)
          for (record, result) in zip(batch, model.transduce(records: batch, options: request)) {
            note(result, at: input.place(of: record))
            output += try writer.bytes(record, result)
          }
          try Terminal.output.write(output)
          progress.add(batch.count)
        }
      }
      progress.tell(model: try options.name(), file: input.name)
    }
  }

  /// - Throws: `.usage` if the model does not support an option.
  private func request(_ model: TransductionEngine) throws(SeqError) -> TransductionOptions {
    var request = TransductionOptions()
    (request.count, request.lengthPenalty, request.attention) = (nbest, lengthPenalty, attention)
    // A beam wide enough for the requested texts.
    request.beam = beam ?? (nbest > model.config.inference.beam ? nbest : nil)
    if attention, !model.hasAttention {
      throw .usage("--attention: this model has none", remedy: "fit one with model.decoder.attention")
    }
    return request
  }

  private func note(_ result: Transduction, at place: Place) {
    if result.isCut { LongTexts().note(at: place) }
    if let best = result.outputs.first, !best.isWhole {
      ReadingNotes.add("the output did not end and was cut at the length limit", at: place)
    }
  }
}

/// The output formats of `transduce`.
enum TransductionFormat: String, ExpressibleByArgument, CaseIterable {
  case csv, tsv, jsonl, lines

  var output: OutputFormat {
    switch self {
    case .csv: .csv
    case .tsv: .tsv
    case .jsonl: .jsonl
    case .lines: .columns
    }
  }
}

extension Record {
  fileprivate var withoutTokens: Record {
    var record = self
    record.tokens = nil
    return record
  }
}
