import ArgumentParser
import SeqCore
import SequenceToolkit

/// How a command that uses a model reads a file: as its name tells, as flags say, or as the model's own data was read.
struct FileArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The format of the input; by default it follows from the file's name: \(DataFormat.names).",
      valueName: "format"))
  var from: DataFormat?

  @Flag(help: "Stop at a byte that is invalid in the encoding; by default seqtool reads it as U+FFFD and warns.")
  var strict = false

  @OptionGroup(title: "READING") var reading: ReadingArguments

  /// How a file of records is read whose answers are asked for.
  ///
  /// - Parameter file: a path, or `-` for standard input.
  /// - Throws: `.missingInput` if there is no such file, `.usage` for a column's role that there is not.
  func unanswered(_ file: String, of fit: FitConfig) throws(SeqError) -> ReadingOptions {
    if file != "-", !FileSystem.exists(file) { throw Self.missing(file) }
    if FileSystem.exists(file + "/config.json"), FileSystem.exists(file + "/vocabulary") {
      throw .missingInput(
        "is a model's folder, expected a file of texts", at: .file(file),
        remedy: "to use the model: --model \(shellQuoted(file))"
      )
    }
    // Lines do not tell what further columns say.
    let needsColumns = !fit.model.model.inputs.columns.isEmpty
    // What is plain text has nothing of the files of the fit.
    if from == nil, !needsColumns, DataFormat(of: file) == nil {
      return try options(.lines, ReadingOptions(segmentation: fit.model.tokenizer))
    }
    let config = try fit.whole()
    let told = Self.told(by: file, config).flatMap { $0.holdsTextsAlone && needsColumns ? nil : $0 }
    let usual = needsColumns ? Self.format(of: config) ?? .lines : .lines
    return try options(from ?? told ?? usual, config)
  }

  /// How a file of records is read whose answers are known.
  /// - Parameter file: nil for the model's own test file.
  func answered(_ file: String?, of config: ExperimentConfig) throws(SeqError) -> ReadingOptions {
    // A name such as train.txt tells nothing of answers.
    let told = file.flatMap { Self.told(by: $0, config) }.flatMap { $0.holdsTextsAlone ? nil : $0 }
    return try options(from ?? told ?? Self.format(of: config), config)
  }

  /// The model's own options for its own format, with what the flags say.
  private func options(_ format: DataFormat?, _ config: ExperimentConfig) throws(SeqError) -> ReadingOptions {
    let own = config.data.reading
    var options = format == Self.format(of: config) ? own : ReadingOptions(segmentation: own.segmentation)
    options.columns.inputs = own.columns.inputs
    return try self.options(format, options)
  }

  /// The options for a format, with what the flags say.
  private func options(_ format: DataFormat?, _ given: ReadingOptions) throws(SeqError) -> ReadingOptions {
    var options = given
    options.format = format
    options.naming = .flags(format: "--from", tokens: "--tokenizer")
    options.invalidBytes = strict ? .refuse : .replace
    return try reading.applied(to: options)
  }

  /// The format that a file's name tells. A file of the training file's ending is laid out as that is, which may be
  /// otherwise than the ending says.
  private static func told(by file: String, _ config: ExperimentConfig) -> DataFormat? {
    // Names that tell nothing are not alike.
    guard let told = DataFormat(of: file) else { return nil }
    let isAlike = !told.holdsTextsAlone && told == DataFormat(inferredFrom: config.data.train)
    return isAlike ? format(of: config) : told
  }

  private static func format(of config: ExperimentConfig) -> DataFormat? {
    config.data.reading.format ?? DataFormat(inferredFrom: config.data.train)
  }

  /// The error of a path that names nothing: it may be meant as a text.
  private static func missing(_ file: String) -> SeqError {
    let error = FileSystem.missing(file)
    let looksLikeText = file.contains(where: \.isWhitespace) || !file.contains(where: { "./".contains($0) })
    guard looksLikeText, let found = error.diagnostics.first else { return error }
    let command = CommandLine.arguments.dropFirst().first ?? "tag"
    return .missingInput(
      found.message, at: found.place, remedy: "for a text: echo \(shellQuoted(file)) | seqtool \(command)")
  }
}
