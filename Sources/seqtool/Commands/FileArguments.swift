import ArgumentParser
import SeqCore
import SequenceToolkit

/// How a command with a model reads a file: by the file's name, by flags, or like the model's own data.
struct FileArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The format of the input; by default it follows from the file's name: \(DataFormat.names).",
      valueName: "format"))
  var from: DataFormat?

  @Flag(help: "Stop at a byte that is invalid in the encoding; by default seqtool reads it as U+FFFD and warns.")
  var strict = false

  @OptionGroup(title: "READING") var reading: ReadingArguments

  /// How to read a file of records without answers.
  ///
  /// - Parameter file: a path, or `-` for standard input.
  /// - Throws: `.missingInput` if there is no such file, `.usage` for an unknown role of a column.
  func unanswered(_ file: String, of fit: FitConfig) throws(SeqError) -> ReadingOptions {
    if file != "-", !FileSystem.exists(file) { throw Self.missing(file) }
    if FileSystem.exists(file + "/config.json"), FileSystem.exists(file + "/vocabulary") {
      throw .missingInput(
        "is a model's folder, expected a file of texts", at: .file(file),
        remedy: "to use the model: --model \(shellQuoted(file))"
      )
    }
    // Plain lines have no further columns.
    let needsColumns = !fit.model.model.features.columns.isEmpty
    // What is plain text has nothing of the files of the fit.
    if from == nil, !needsColumns, DataFormat(of: file) == nil {
      return try options(.lines, ReadingOptions(segmentation: fit.model.tokenizer))
    }
    let config = try fit.whole()
    let told = Self.told(by: file, config).flatMap { $0.holdsTextsAlone && needsColumns ? nil : $0 }
    let usual = needsColumns ? Self.format(of: config) ?? .lines : .lines
    return try options(from ?? told ?? usual, config)
  }

  /// How to read a file of records with answers.
  /// - Parameter file: nil for the model's own test file.
  func answered(_ file: String?, of config: ExperimentConfig) throws(SeqError) -> ReadingOptions {
    // A name such as train.txt says nothing about answers.
    let told = file.flatMap { Self.told(by: $0, config) }.flatMap { $0.holdsTextsAlone ? nil : $0 }
    return try options(from ?? told ?? Self.format(of: config), config)
  }

  /// The model's own options if the format is the model's own, changed by the flags.
  private func options(_ format: DataFormat?, _ config: ExperimentConfig) throws(SeqError) -> ReadingOptions {
    let own = config.data.reading
    var options = format == Self.format(of: config) ? own : ReadingOptions(segmentation: own.segmentation)
    options.columns.features = own.columns.features
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

  /// The format that a file's name shows. A file with the extension of the training file has the same format, even if
  /// the extension suggests another one.
  private static func told(by file: String, _ config: ExperimentConfig) -> DataFormat? {
    // Two unknown extensions do not count as equal.
    guard let told = DataFormat(of: file) else { return nil }
    let isAlike = !told.holdsTextsAlone && told == DataFormat(inferredFrom: config.data.train)
    return isAlike ? format(of: config) : told
  }

  private static func format(of config: ExperimentConfig) -> DataFormat? {
    config.data.reading.format ?? DataFormat(inferredFrom: config.data.train)
  }

  /// The error for a path that does not exist; the user may have meant a text.
  private static func missing(_ file: String) -> SeqError {
    let error = FileSystem.missing(file)
    let looksLikeText = file.contains(where: \.isWhitespace) || !file.contains(where: { "./".contains($0) })
    guard looksLikeText, let found = error.diagnostics.first else { return error }
    let command = CommandLine.arguments.dropFirst().first ?? "tag"
    return .missingInput(
      found.message, at: found.place, remedy: "for a text: echo \(shellQuoted(file)) | seqtool \(command)")
  }
}
