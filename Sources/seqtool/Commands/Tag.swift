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
      with --format inline or jsonl. A tagger that also gives a label to each
      line writes it before the tokens: "# label = X", or X and a tab. A model
      that reads further columns takes a file of the format and the columns
      that it was fitted on.

      EXAMPLES
        seqtool tag < lines.txt
        seqtool tag lines.txt.gz > labels.txt
        echo "Kowalczyk" | seqtool tag --model models/names --top 3
        seqtool tag --format jsonl requests.txt | jq .tags
        seqtool tag --offsets scalar requests.txt
        seqtool tag --format jsonl --spans --n-best 3 requests.txt
        echo "fly to/O paris" | seqtool tag --force --format inline
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

  @Option(
    help: ArgumentHelp(
      "Write the N most probable tag sequences of a tagger with their probabilities.", valueName: "N"))
  var nBest: Int?

  @Flag(help: "Write the spans that a tagger's tags mark, each with its probability; goes with --format jsonl.")
  var spans = false

  @Flag(
    help: ArgumentHelp(
      "Keep the tags that the input has, and tag the other tokens around them. The input is in the output's format: columns of tokens and tags, token/tag, or objects with tokens and tags."
    ))
  var force = false

  @Flag(help: "Write the scores before the softmax, as JSON lines; their order is that of vocabulary/labels.txt.")
  var logits = false

  func validate() throws {
    if offsets != nil, format == .inline {
      throw ValidationError("--offsets goes with --format columns or jsonl")
    }
    if spans, format != .jsonl { throw ValidationError("--spans goes with --format jsonl") }
    if let nBest, !(1...1_000).contains(nBest) {
      throw ValidationError("--n-best: expected 1 to 1000, found \(nBest)")
    }
    if probabilities, nBest != nil, format != .jsonl {
      throw ValidationError("--probabilities goes with --n-best in --format jsonl alone: each sequence has its own")
    }
    let isMore = probabilities || top != nil || nBest != nil || spans || force
    if logits, isMore || offsets != nil || format == .inline {
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
        top: top ?? 1, sequences: nBest ?? 0, spans: spans, hasLabel: model.sequenceLabels != nil)
      if force { return try tagAround(model, writer) }
      if !model.inputColumns.isEmpty { return try tagRecords(model, writer) }
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
          if let tokens = record.unrankedTokens {
            warn(
              "line \(count): --n-best goes with at most \(Model.maximumTokens) tokens; of its \(tokens) the best tags "
                + "are written")
          }
          output += record.text
        }
        try Terminal.output.write(output)
      }
    }
  }

  /// Of a model that reads further columns: the input is a file as its own data is, without tags.
  private func tagRecords(_ model: Model, _ writer: RecordWriter) throws {
    if logits { throw SeqError.usage("--logits goes with models that read lines", remedy: "leave it out") }
    var waiting: [Record] = []
    func write() throws(SeqError) {
      var output = ""
      for prediction in model.predict(records: waiting, options: writer.options) {
        output += try writer.record(prediction)
      }
      waiting.removeAll(keepingCapacity: true)
      try Terminal.output.write(output)
    }
    try readRecords(path: file, options: model.config.data.reading, wanting: .text) { record throws(SeqError) in
      waiting.append(record)
      if waiting.count == 1024 { try write() }
    }
    try write()
  }

  /// Tags texts some of whose tags are given.
  private func tagAround(_ model: Model, _ writer: RecordWriter) throws(SeqError) {
    guard model.task == .tagging else {
      throw .usage("--force goes with a tagger; this model is a classifier", remedy: "leave it out")
    }
    guard model.inputColumns.isEmpty else {
      throw .usage(
        "--force goes with models that read tokens alone; this one reads further columns of its data",
        remedy: "fit one without inputs of the kind column")
    }
    guard model.takesTags else {
      throw .usage(
        "--force goes with a model that was trained in the scheme that it writes",
        remedy: "fit one without data.scheme, or bring the file into that scheme: seqtool convert --scheme")
    }
    var input = try GivenTagsInput(
      file, format: format, tags: model.labels, hasLabels: model.sequenceLabels != nil, batch: model.windowTexts)
    while true {
      let texts = try input.next()
      if texts.isEmpty { return }
      var output = ""
      for prediction in model.tag(texts, options: writer.options) { output += try writer.record(prediction) }
      try Terminal.output.write(output)
    }
  }

  /// The records of some lines; the model's threads write them.
  private func records(_ lines: [String], _ model: Model, _ writer: RecordWriter) throws(SeqError) -> [WrittenRecord] {
    if logits {
      return try model.logits(lines) { rows throws(SeqError) in WrittenRecord(text: try writer.record(logits: rows)) }
    }
    return try model.predict(lines, options: writer.options) { prediction throws(SeqError) in
      WrittenRecord(
        text: try writer.record(prediction), cutTokens: prediction.isCut ? prediction.tokenCount : nil,
        unrankedTokens: nBest != nil && prediction.sequences.isEmpty && !prediction.tokens.isEmpty
          ? prediction.tokenCount : nil)
    }
  }
}

/// A line's record as it is written.
private struct WrittenRecord: Sendable {
  var text: String
  /// The line's tokens, if only the first were read.
  var cutTokens: Int?
  /// The line's tokens, if they are too many to search for several tag sequences.
  var unrankedTokens: Int?
}
