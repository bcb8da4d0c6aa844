import ArgumentParser
import SeqCore
import SequenceToolkit

struct Tag: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Classify or tag the texts of a file, or lines: a Unix filter.",
    discussion: """
      It writes one record for each record that it reads, in the same order and
      format. A table keeps its columns and gets one more for the answer, a JSON
      object keeps its members, a sentence in columns keeps its lines. Existing
      columns stay: next to a column "label", the answer is in "predicted".

      The format follows from the file's name, or from --from. Files of other
      names and standard input are read as lines. A classifier then writes one
      label per line, and an empty line for an empty line. A tagger writes one
      token and its tag per line, and an empty line after each record; if it
      also labels each text, it writes "# label = X" before the tokens.

      EXAMPLES
        seqtool tag < lines.txt
        seqtool tag reviews.csv > answers.csv
        seqtool tag reviews.csv --text body --probabilities --to jsonl
        seqtool tag corpus.conllu > tagged.conllu
        zcat big.jsonl.gz | seqtool tag --from jsonl
        echo "Kowalczyk" | seqtool tag --model models/names --top 3
        seqtool tag --to jsonl --spans --n-best 3 requests.txt
        echo "fly to/O paris" | seqtool tag --force --to inline
      """)

  @Argument(help: "A file or folder, compressed with gzip or not, or - for standard input.", completion: .file())
  var file = "-"

  @OptionGroup var options: ModelOptions

  @Option(
    name: [.customLong("to"), .customLong("format")],
    help: ArgumentHelp(
      "The format of the output; by default that of the input. --format means the same. columns: label, or token and "
        + "tag, separated by tabs. inline: token/tag token/tag.",
      valueName: "csv|tsv|jsonl|columns|inline"))
  var format: OutputFormat?

  @OptionGroup var files: FileArguments

  @Flag(name: .shortAndLong, help: "Write the probability after each label or tag.")
  var probabilities = false

  @Option(
    help: ArgumentHelp(
      "For taggers: write where each token begins and ends in its text, counted from 0 in bytes, UTF-16 units, code "
        + "points or characters.",
      valueName: "utf8|utf16|scalar|grapheme"), transform: choice)
  var offsets: OffsetUnit?

  @Option(
    help: ArgumentHelp("For classifiers: write the k most probable labels with their probabilities.", valueName: "k"))
  var top: Int?

  @Option(
    help: ArgumentHelp(
      "For taggers: write the N most probable tag sequences with their probabilities.", valueName: "N"))
  var nBest: Int?

  @Flag(help: "For taggers: write the spans that the tags mark, each with its probability, in jsonl, csv or tsv.")
  var spans = false

  @Flag(
    help: ArgumentHelp(
      "Keep the tags that the input has, and predict the others. The input has the format of the output: columns of "
        + "tokens and tags, token/tag, or objects with tokens and tags."
    ))
  var force = false

  @Flag(help: "Write the scores before the softmax, as JSON lines, in the order of vocabulary/labels.txt.")
  var logits = false

  func validate() throws {
    if let nBest, !(1...1_000).contains(nBest) {
      throw ValidationError("--n-best: expected 1 to 1000, found \(nBest)")
    }
    let isMore = probabilities || top != nil || nBest != nil || spans || force
    if logits, isMore || offsets != nil || format == .inline {
      throw ValidationError("--logits cannot be combined with other options for the output")
    }
    if let top, top < 1 { throw ValidationError("--top: expected 1 or more, found \(top)") }
  }

  func run() throws {
    try reporting {
      let model = try options.load()
      if model.task.makesTexts {
        throw SeqError.usage("the model generates texts and cannot label them", remedy: "use seqtool generate")
      }
      let progress = RecordProgress(file, isQuiet: options.quiet, writesResults: true)
      let name: String
      if force {
        name = try tagAround(model, progress)
      } else {
        name = try tagRecords(model, progress)
      }
      progress.tell(model: try options.name(), file: name)
    }
  }

  /// - Returns: the input's name in messages.
  private func tagRecords(_ model: Model, _ progress: RecordProgress) throws(SeqError) -> String {
    let fit = FitConfig(model.config)
    let reading = try files.unanswered(file, of: fit)
    let input = RecordInput(
      path: file, options: reading, isTold: files.from != nil, size: model.windowTexts, fit: fit)
    let kind = reading.format ?? .lines
    var layout = AnswerLayout(format, for: kind, reading, isTagging: model.task.tagsTokens)
    // Several tag sequences need the sentence several times.
    if nBest != nil, case .lines(let format) = layout, !format.traits.hasTagColumn { layout = .plain(.columns) }
    let records = try recordWriter(model, layout)
    try check(layout)
    var writer = TagWriter(layout, records)
    try progress.watching { () throws(SeqError) in
      try input.forEachBatch(overlaps: options.threads != 1) { given in
        let isAsRead = !model.task.tagsTokens && given.allSatisfy { $0.tokens == nil }
        let batch = isAsRead ? given : given.map { $0.asRead(by: model.task, format: kind, layout) }
        let head = logits ? [] : writer.begin(batch, input.place)
        let begun = writer
        return { AnsweredBatch(records: batch, head: head, answers: answers(batch, model, begun, records)) }
      } take: { batch throws(SeqError) in
        var output = batch.head
        let answers = try batch.answers.get()
        output.reserveCapacity(answers.reduce(output.count) { $0 + $1.bytes.count })
        for answer in answers {
          output += answer.bytes
          note(answer, model, at: input.place(of: batch.records[answer.record]))
        }
        try Terminal.output.write(output)
        progress.add(batch.records.count)
      }
    }
    return input.name
  }

  /// The answers for some records, or an error.
  private func answers(
    _ batch: [Record], _ model: Model, _ writer: TagWriter, _ records: RecordWriter
  ) -> Result<[WrittenAnswer], SeqError> {
    do { return .success(try written(batch, model, writer, records)) } catch { return .failure(error) }
  }

  /// The answers for some records; the model's threads write them.
  private func written(
    _ batch: [Record], _ model: Model, _ writer: TagWriter, _ records: RecordWriter
  ) throws(SeqError) -> [WrittenAnswer] {
    if logits {
      return try model.logits(records: batch) { i, rows throws(SeqError) in
        WrittenAnswer(record: i, bytes: Array(try records.record(logits: rows).utf8))
      }
    }
    let (isClassifier, longTexts, ranks) = (model.task.labelsTexts, model.config.texts.longTexts, nBest != nil)
    return try model.predict(records: batch, options: records.options) { i, prediction throws(SeqError) in
      WrittenAnswer(
        record: i, bytes: try writer.bytes(batch[i], prediction),
        isCut: isClassifier && longTexts.isSurprising(prediction.tokenCount),
        isUnranked: ranks && prediction.sequences.isEmpty && !prediction.tokens.isEmpty)
    }
  }

  private func note(_ answer: WrittenAnswer, _ model: Model, at place: Place) {
    if answer.isCut { model.config.texts.longTexts.note(at: place) }
    if answer.isUnranked {
      ReadingNotes.add(
        "--n-best handles at most \(Model.maximumTokens) tokens; for this text only the best tags are written",
        at: place)
    }
  }

  private func recordWriter(_ model: Model, _ layout: AnswerLayout) throws(SeqError) -> RecordWriter {
    try RecordWriter(
      task: model.task, format: layout.ownRecords, showsProbabilities: probabilities || top != nil, offsets: offsets,
      top: top ?? 1, sequences: nBest ?? 0, spans: spans, hasLabel: model.sequenceLabels != nil,
      labels: (model.sequenceLabels ?? model.labels).count)
  }

  /// Refuses options that a layout has no place for.
  private func check(_ layout: AnswerLayout) throws(SeqError) {
    let (places, found) = (layout.places, "; \(layout.name) has no place for them")
    if offsets != nil, !places.contains(.offsets) {
      throw .usage("--offsets needs --to columns or jsonl" + found, remedy: "leave it out, or add --to jsonl")
    }
    if spans, !places.contains(.spans) {
      throw .usage("--spans needs --to jsonl, csv or tsv" + found, remedy: "add --to jsonl")
    }
    if nBest != nil, !places.contains(.sequences) {
      throw .usage("--n-best needs --to columns, inline or jsonl" + found, remedy: "add --to jsonl")
    }
    if probabilities, case .ownObjects(let format) = layout {
      throw .usage("--probabilities: \(format.rawValue) has no place for them", remedy: "add --to jsonl")
    }
    if nBest != nil, probabilities, layout.name != "jsonl" {
      throw .usage(
        "--probabilities with --n-best needs --to jsonl: each sequence has its own", remedy: "add --to jsonl")
    }
  }

  /// Tags texts in which some tags are given.
  /// - Returns: the input's name in messages.
  private func tagAround(_ model: Model, _ progress: RecordProgress) throws(SeqError) -> String {
    try checkForce(model)
    let layout = AnswerLayout(format, for: .lines, ReadingOptions(), isTagging: true)
    if case .table = layout {
      throw .usage("--force reads and writes columns, inline or jsonl", remedy: "use --to jsonl")
    }
    let writer = try recordWriter(model, layout)
    try check(layout)
    var input = try GivenTagsInput(
      file, format: layout.ownRecords, tags: model.labels, hasLabels: model.sequenceLabels != nil,
      batch: model.windowTexts)
    try progress.watching { () throws(SeqError) in
      while true {
        let texts = try input.next()
        if texts.isEmpty { return }
        var output = ""
        for prediction in model.tag(texts, options: writer.options) { output += try writer.record(prediction) }
        try Terminal.output.write(output)
        progress.add(texts.count)
      }
    }
    return input.name
  }

  private func checkForce(_ model: Model) throws(SeqError) {
    guard model.task.tagsTokens else {
      throw .usage("--force only applies to taggers; this model is a classifier", remedy: "leave it out")
    }
    guard model.featureColumns.isEmpty else {
      throw .usage(
        "--force only applies to models that read tokens alone; this one also reads other columns of its data",
        remedy: "fit one without features of the kind column")
    }
    guard model.takesTags else {
      throw .usage(
        "--force only applies to models that write the tag scheme that they were trained in",
        remedy: "fit one without data.scheme, or convert the file to that scheme: seqtool convert --scheme")
    }
  }
}

/// Records with their answers.
private struct AnsweredBatch {
  let records: [Record]
  /// The bytes before the first record.
  let head: [UInt8]
  let answers: Result<[WrittenAnswer], SeqError>
}

/// The written form of a record with its answer.
private struct WrittenAnswer: Sendable {
  /// Its number in the batch.
  var record: Int
  var bytes: [UInt8]
  /// Whether only a part of its text was read.
  var isCut = false
  /// Whether it has too many tokens for several tag sequences.
  var isUnranked = false
}

extension Record {
  /// The record as a model of a task reads it. If a record has both, a tagger reads the tokens, and other models read
  /// the text.
  fileprivate func asRead(by task: SequenceTask, format: DataFormat, _ layout: AnswerLayout) -> Record {
    var record = self
    if !task.tagsTokens {
      if record.text != nil { record.tokens = nil }
      return record
    }
    if record.tokens?.isEmpty == true, record.text != nil { record.tokens = nil }
    if case .lines = layout { record.text = nil }
    if format.traits.textsAreTokens, let text = record.text {
      record.tokens = text.split { $0 == " " || $0 == "\t" }.map(String.init)
      record.text = nil
    }
    return record
  }
}
