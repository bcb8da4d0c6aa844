import ArgumentParser
import SeqConfig
import SeqCore
import SequenceToolkit

struct Transduce: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transduce",
    abstract: "Turn lines of text into others: a Unix filter.",
    discussion: """
      For n lines it writes n records in their order: what the model makes of
      the line, and for a line without tokens an empty line. With --nbest, the
      best ones are on the line, separated by tabs; with --scores, each has its
      score behind it.

      EXAMPLES
        seqtool transduce < words.txt
        echo "3 March 1999" | seqtool transduce --model models/dates
        seqtool transduce --beam 5 --nbest 3 --scores words.txt
        seqtool transduce --json --attention words.txt | jq .outputs[0].attention
      """)

  @Argument(help: "A file of lines, packed with gzip or not, or - for standard input.", completion: .file())
  var file = "-"

  @OptionGroup var options: ModelOptions

  @Option(
    help: ArgumentHelp(
      "Unfinished texts to keep beside each other, by default as the model's config says; 1 is greedy search.",
      valueName: "n"))
  var beam: Int?

  @Option(help: ArgumentHelp("Write the n best texts, at most as many as the beam.", valueName: "n"))
  var nbest = 1

  @Option(
    help: ArgumentHelp(
      "How much longer texts are favoured, by default as the model's config says; 0 ranks by probability.",
      valueName: "number"))
  var lengthPenalty: Double?

  @Flag(name: .shortAndLong, help: "Write the score behind each text: ln p, normalised by the length.")
  var scores = false

  @Flag(help: "Write one JSON object a line.")
  var json = false

  @Flag(help: "With --json: write how each step shared out its attention over the tokens of the line.")
  var attention = false

  func validate() throws {
    if let beam, !(1...100).contains(beam) { throw ValidationError("--beam: expected 1 to 100, found \(beam)") }
    if nbest < 1 { throw ValidationError("--nbest: expected 1 or more, found \(nbest)") }
    if let beam, nbest > beam { throw ValidationError("--nbest \(nbest) needs a --beam of as many, found \(beam)") }
    if let lengthPenalty, !(0...10).contains(lengthPenalty) {
      throw ValidationError("--length-penalty: expected a number from 0 to 10, found \(lengthPenalty)")
    }
    if attention, !json { throw ValidationError("--attention goes with --json") }
    if scores, json { throw ValidationError("--scores goes without --json, which always has them") }
  }

  func run() throws {
    try reporting {
      let model = try options.loadTransducer()
      let request = try request(model)
      var input = try LineInput(file, batch: model.windowTexts)
      var count = 0
      while true {
        let lines = try input.next()
        if lines.isEmpty { return }
        var output = ""
        for result in model.transduce(lines, options: request) {
          count += 1
          warn(result, line: count)
          output += try record(result)
        }
        try Terminal.output.write(output)
      }
    }
  }

  /// - Throws: `.usage` if the model cannot do what is asked for.
  private func request(_ model: Transducer) throws(SeqError) -> TransductionOptions {
    var request = TransductionOptions()
    (request.count, request.lengthPenalty, request.attention) = (nbest, lengthPenalty, attention)
    // Enough for what is asked for.
    request.beam = beam ?? (nbest > model.config.inference.beam ? nbest : nil)
    if attention, !model.hasAttention {
      throw .usage("--attention: this model has none", remedy: "fit one with model.decoder.attention")
    }
    return request
  }

  private func warn(_ result: Transduction, line: Int) {
    if result.isCut {
      seqtool.warn("line \(line): only the first \(Model.maximumTokens) of \(result.tokenCount) tokens were read")
    }
    if let best = result.outputs.first, !best.isWhole {
      seqtool.warn("line \(line): the text did not end and was cut after \(best.tokens.count) tokens")
    }
  }

  private func record(_ result: Transduction) throws(SeqError) -> String {
    if json { return try JSONWriter.text(of: object(result), style: .compact) + "\n" }
    let cells = result.outputs.map {
      RecordWriter.cell($0.text) + (scores ? "\t" + $0.score.fixed() : "")
    }
    return cells.joined(separator: "\t") + "\n"
  }

  private func object(_ result: Transduction) -> ConfigNode {
    var members: [(String, ConfigNode)] = [("text", .string(result.text))]
    if attention { members.append(("tokens", .array(result.sourceTokens.map(ConfigNode.string)))) }
    members.append(("outputs", .array(result.outputs.map(object))))
    return .object(members)
  }

  private func object(_ output: Transduction.Output) -> ConfigNode {
    var members: [(String, ConfigNode)] = [
      ("text", .string(output.text)), ("score", .real(output.score)),
      ("logProbability", .real(output.logProbability)), ("isWhole", .bool(output.isWhole)),
    ]
    if attention {
      members.append(("tokens", .array(output.tokens.map(ConfigNode.string))))
      members.append(("attention", .array(output.attention.map { .array($0.map { .real(Double($0)) }) })))
    }
    return .object(members)
  }
}
